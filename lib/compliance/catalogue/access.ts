import { policyDecryptsNamedKeys } from '../rules/policy-decrypts-named-keys';
import { policyNoAdministration } from '../rules/policy-no-administration';
import { policyNoWholeService } from '../rules/policy-no-whole-service';
import { policyPassRole } from '../rules/policy-pass-role';
import { resourcePolicyNamed } from '../rules/resource-policy-named';
import { roleTrustNamed } from '../rules/role-trust-named';
import { serviceAccessFromKnownSource } from '../rules/service-access-from-known-source';
import { attested, checkedBy, unchecked, type Control } from './control';

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
  unchecked(
    {
      id: 'ACCESS-5',
      practice: 5,
      statement: 'A rehearsal of the shop is seen only by whoever has its login.',
      pci: ['6.5.3', '6.5.5'],
      nist: ['AC-3', 'SA-3(1)'],
      protections: ['staging.login'],
    },
    {
      why:
        'No template says that its distribution is a rehearsal, nor what a function at the edge asks for; ours ask, and ' +
        'a test of the construct holds that.',
      severity: 'medium',
      remedy: 'Open the address of the rehearsal without a login, and see that it is refused.',
    },
  ),
  checkedBy(
    {
      id: 'ACCESS-6',
      practice: 5,
      statement: 'No policy gives all of one service, or decryption with every key.',
      pci: ['7.2.1', '7.2.2', '7.2.5'],
      nist: ['AC-6', 'AC-3', 'SC-12'],
    },
    policyNoWholeService,
    policyDecryptsNamedKeys,
  ),
  checkedBy(
    {
      id: 'ACCESS-7',
      practice: 5,
      statement: 'No stranger comes to a bucket, a queue, a topic or a function by way of a service of AWS.',
      pci: ['7.2.5', '7.3.3'],
      nist: ['AC-3', 'AC-4'],
    },
    serviceAccessFromKnownSource,
  ),
];
