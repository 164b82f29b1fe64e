import { endpointPolicy } from '../rules/endpoint-policy';
import { filterChangeProtection } from '../rules/filter-change-protection';
import { vpcFilteredEgress } from '../rules/vpc-filtered-egress';
import { attested, checkedBy, type Control } from './control';

/** Practice 9: third parties. */
export const vendors: readonly Control[] = [
  checkedBy(
    {
      id: 'VENDORS-1',
      practice: 9,
      statement: 'What leaves the network goes where somebody listed, with a purpose.',
      pci: ['1.3.2', '1.2.5', '1.2.6'],
      nist: ['SC-7(5)', 'AC-4'],
      protections: ['network.egress-allow-list', 'network.change-protection'],
    },
    vpcFilteredEgress,
    filterChangeProtection,
  ),
  checkedBy(
    {
      id: 'VENDORS-2',
      practice: 9,
      statement: 'The ways from the network to AWS lead to accounts of your own.',
      pci: ['1.3.2', '7.2.1'],
      nist: ['SC-7(10)', 'AC-4'],
    },
    endpointPolicy,
  ),
  attested(
    {
      id: 'VENDORS-3',
      practice: 9,
      statement: 'Every vendor that touches customer or card data is on a list, with what was agreed.',
      pci: ['12.8.1', '12.8.2', '12.8.5'],
      nist: ['SA-9', 'SR-6'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'medium',
      remedy: 'Go through the destinations of the store, and find the contract of each.',
    },
  ),
  attested(
    {
      id: 'VENDORS-4',
      practice: 9,
      statement: 'Every vendor that handles cards has shown that it is assessed.',
      pci: ['12.8.4'],
      nist: ['SA-9', 'SR-6'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'high',
      remedy: 'Ask the gateway for its attestation of compliance.',
    },
  ),
];
