import { loadBalancerDeletionProtection } from '../rules/load-balancer-deletion-protection';
import { securityGroupEgress } from '../rules/security-group-egress';
import { securityGroupIngress } from '../rules/security-group-ingress';
import { serviceNoExec } from '../rules/service-no-exec';
import { servicePrivate } from '../rules/service-private';
import { subnetNoPublicAddresses } from '../rules/subnet-no-public-addresses';
import { taskNoCapabilities } from '../rules/task-no-capabilities';
import { taskReadOnlyRoot } from '../rules/task-read-only-root';
import { taskUnprivilegedUser } from '../rules/task-unprivileged-user';
import { vpcDefaultSecurityGroup } from '../rules/vpc-default-security-group';
import { checkedBy, unchecked, type Control } from './control';

/** Practice 5: who reaches what. */
export const network: readonly Control[] = [
  checkedBy(
    {
      id: 'NETWORK-1',
      practice: 5,
      statement: 'Nothing in the network is reached from the internet but by HTTP and HTTPS.',
      pci: ['1.3.1', '1.4.2', '1.2.5'],
      nist: ['SC-7', 'AC-4'],
      cis: ['5.2', '5.3'],
    },
    securityGroupIngress,
  ),
  checkedBy(
    {
      id: 'NETWORK-2',
      practice: 5,
      statement: 'Nothing in the network gets a public address, or may talk to everything.',
      pci: ['1.3.2', '1.4.2'],
      nist: ['SC-7', 'AC-4'],
    },
    securityGroupEgress,
    subnetNoPublicAddresses,
    servicePrivate,
  ),
  checkedBy(
    {
      id: 'NETWORK-3',
      practice: 5,
      statement: 'The security group that comes with the network lets nothing through.',
      pci: ['1.2.5', '2.2.1'],
      nist: ['SC-7', 'CM-6'],
      cis: ['5.4'],
    },
    vpcDefaultSecurityGroup,
  ),
  checkedBy(
    {
      id: 'NETWORK-4',
      practice: 5,
      statement: 'A container has no way to more than it needs: it cannot change its programs, and has no privileges.',
      pci: ['2.2.4', '2.2.6', '7.2.5'],
      nist: ['CM-7', 'AC-6'],
      protections: ['workload.read-only-root', 'workload.unprivileged-user'],
    },
    taskReadOnlyRoot,
    taskUnprivilegedUser,
    taskNoCapabilities,
  ),
  checkedBy(
    {
      id: 'NETWORK-5',
      practice: 5,
      statement: 'Nobody opens a shell in the running shop.',
      pci: ['7.2.5', '2.2.4'],
      nist: ['AC-3', 'CM-7'],
    },
    serviceNoExec,
  ),
  checkedBy(
    {
      id: 'NETWORK-6',
      practice: 5,
      statement: 'The load balancer cannot be deleted by one call.',
      pci: ['6.5.1'],
      nist: ['CM-3'],
      protections: ['load-balancer.deletion-protection'],
    },
    loadBalancerDeletionProtection,
  ),
  unchecked(
    {
      id: 'NETWORK-7',
      practice: 5,
      statement: 'The shop runs in two Availability Zones at least.',
      pci: ['12.10.1'],
      nist: ['CP-10', 'SC-6'],
      protections: ['storefront-service.second-zone'],
    },
    {
      why: 'How many tasks run is decided by scaling at run time; the number in a template is where it begins.',
      severity: 'low',
      remedy: 'Let the service run two tasks at least.',
    },
  ),
];
