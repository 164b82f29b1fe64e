import { policyNoAdministration } from '../rules/policy-no-administration';
import { policyPassRole } from '../rules/policy-pass-role';
import { resourcePolicyNamed } from '../rules/resource-policy-named';
import { roleTrustNamed } from '../rules/role-trust-named';
import { attested, checkedBy, type Control } from './control';

/** Practice 5: who may do what. */
export const access: readonly Control[] = [
  checkedBy(
    {
      id: 'ACCESS-1',
      practice: 5,
      statement: 'No policy gives all rights over everything.',
      pci: ['7.2.1', '7.2.2'],
      nist: ['AC-6', 'AC-3'],
      cis: ['1.16'],
    },
    policyNoAdministration,
  ),
  checkedBy(
    {
      id: 'ACCESS-2',
      practice: 5,
      statement: 'Nobody gives a machine a role that was not meant for it.',
      pci: ['7.2.2', '7.2.5'],
      nist: ['AC-6(5)', 'AC-3'],
    },
    policyPassRole,
  ),
  checkedBy(
    {
      id: 'ACCESS-3',
      practice: 5,
      statement: 'Roles, queues, topics, secrets and buckets are used by whom their policies name.',
      pci: ['7.2.1', '7.3.1', '7.3.3'],
      nist: ['AC-3', 'AC-6'],
    },
    roleTrustNamed,
    resourcePolicyNamed,
  ),
  attested(
    {
      id: 'ACCESS-4',
      practice: 5,
      statement: 'Somebody looks through who may do what, and takes away what is not needed.',
      pci: ['7.2.4', '7.2.5.1'],
      nist: ['AC-2', 'AC-6(7)'],
    },
    {
      who: 'owner of the shop',
      every: 'P6M',
      severity: 'high',
      remedy: 'List roles, database logins and administrators of the shop; write down what was taken away.',
    },
  ),
];
