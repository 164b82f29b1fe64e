import { cacheLogin } from '../rules/cache-login';
import { databaseIamLogin } from '../rules/database-iam-login';
import { databaseMasterPassword } from '../rules/database-master-password';
import { functionNoPlainSecrets } from '../rules/function-no-plain-secrets';
import { iamNoUser } from '../rules/iam-no-user';
import { secretNotInTemplate } from '../rules/secret-not-in-template';
import { secretRotation } from '../rules/secret-rotation';
import { taskNoPlainSecrets } from '../rules/task-no-plain-secrets';
import { attested, checkedBy, type Control } from './control';

/** Practice 2: passwords, expiry, second factors; of machines, too. */
export const identity: readonly Control[] = [
  attested(
    {
      id: 'IDENTITY-1',
      practice: 2,
      statement: 'Whoever administers the shop or AWS logs in with a second factor.',
      pci: ['8.4.1', '8.4.2', '8.5.1'],
      nist: ['IA-2(1)', 'IA-2(2)'],
    },
    {
      who: 'platform engineer',
      every: 'P3M',
      severity: 'critical',
      remedy: 'Turn the second factor on for every administrator of the shop, and for every user of AWS.',
    },
  ),
  attested(
    {
      id: 'IDENTITY-2',
      practice: 2,
      statement: 'Accounts that nobody used for 90 days are closed.',
      pci: ['8.2.6'],
      nist: ['AC-2(3)'],
    },
    { who: 'platform engineer', every: 'P3M', severity: 'medium', remedy: 'List last logins, and close what is idle.' },
  ),
  checkedBy(
    {
      id: 'IDENTITY-3',
      practice: 2,
      statement: 'Programs have roles that end, and no keys that do not.',
      pci: ['8.6.1', '8.6.3', '8.2.2'],
      nist: ['IA-5', 'AC-2'],
      cis: ['1.15'],
    },
    iamNoUser,
  ),
  checkedBy(
    {
      id: 'IDENTITY-4',
      practice: 2,
      statement: 'A secret between programs gets a new value regularly.',
      pci: ['8.6.3', '8.3.9'],
      nist: ['IA-5(1)', 'SC-12'],
      protections: ['generated-secret.rotation'],
    },
    secretRotation,
  ),
  checkedBy(
    {
      id: 'IDENTITY-5',
      practice: 2,
      statement: 'No secret stands where people read templates and settings.',
      pci: ['8.6.2', '3.7.2', '8.3.2'],
      nist: ['IA-5(7)', 'SC-28'],
    },
    taskNoPlainSecrets,
    functionNoPlainSecrets,
    secretNotInTemplate,
    databaseMasterPassword,
  ),
  checkedBy(
    {
      id: 'IDENTITY-6',
      practice: 2,
      statement: 'Programs can log in to the database with a token that ends.',
      pci: ['8.6.3', '7.2.5'],
      nist: ['IA-5', 'AC-3'],
    },
    databaseIamLogin,
  ),
  checkedBy(
    {
      id: 'IDENTITY-7',
      practice: 2,
      statement: 'The cache asks who is there.',
      pci: ['8.2.1', '7.3.1'],
      nist: ['IA-2', 'AC-3'],
    },
    cacheLogin,
  ),
];
