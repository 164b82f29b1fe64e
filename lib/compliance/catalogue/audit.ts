import { bucketAccessLogs } from '../rules/bucket-access-logs';
import { databaseAuditLogs } from '../rules/database-audit-logs';
import { distributionAccessLogs } from '../rules/distribution-access-logs';
import { functionLogGroup } from '../rules/function-log-group';
import { loadBalancerAccessLogs } from '../rules/load-balancer-access-logs';
import { logGroupRetention } from '../rules/log-group-retention';
import { templateReadable } from '../rules/template-readable';
import { vpcDnsQueryLogs } from '../rules/vpc-dns-query-logs';
import { vpcFlowLogs } from '../rules/vpc-flow-logs';
import { webAclLogs } from '../rules/web-acl-logs';
import { attested, checkedBy, unchecked, type Control } from './control';

/** Practice 8: audits. */
export const audit: readonly Control[] = [
  checkedBy(
    {
      id: 'AUDIT-1',
      practice: 8,
      statement: 'Every request to the shop, and what the firewall refused, is written down.',
      pci: ['10.2.1', '10.2.2'],
      nist: ['AU-2', 'AU-3', 'AU-12'],
    },
    distributionAccessLogs,
    webAclLogs,
    loadBalancerAccessLogs,
  ),
  checkedBy(
    {
      id: 'AUDIT-2',
      practice: 8,
      statement: 'Every connection in the network, and every name that is looked up, is written down.',
      pci: ['10.2.1', '11.5.1'],
      nist: ['AU-2', 'AU-12', 'SI-4'],
      cis: ['3.7'],
      protections: ['network.flow-logs', 'network.dns-query-logs'],
    },
    vpcFlowLogs,
    vpcDnsQueryLogs,
  ),
  checkedBy(
    {
      id: 'AUDIT-3',
      practice: 8,
      statement: 'What the database notes about logins and statements is kept elsewhere.',
      pci: ['10.2.1', '10.3.3'],
      nist: ['AU-2', 'AU-9(2)'],
    },
    databaseAuditLogs,
  ),
  checkedBy(
    {
      id: 'AUDIT-4',
      practice: 8,
      statement: 'Who read or changed a file is written down.',
      pci: ['10.2.1'],
      nist: ['AU-2', 'AU-12'],
    },
    bucketAccessLogs,
  ),
  checkedBy(
    {
      id: 'AUDIT-5',
      practice: 8,
      statement: 'Logs are kept for a year at least, also those of functions.',
      pci: ['10.5.1'],
      nist: ['AU-11'],
    },
    logGroupRetention,
    functionLogGroup,
  ),
  unchecked(
    {
      id: 'AUDIT-6',
      practice: 8,
      statement: 'Logs cannot be changed or deleted for a year.',
      pci: ['10.3.2', '10.3.4', '10.5.1'],
      nist: ['AU-9', 'AU-11'],
      protections: ['log-store.lock'],
    },
    {
      why: 'Which bucket holds evidence no template says; ours are locked, and a test of the construct holds that.',
      severity: 'medium',
      remedy:
        'Turn the object lock on when the bucket is created: it can be turned on later, but not for what is there already.',
    },
  ),
  checkedBy(
    {
      id: 'AUDIT-7',
      practice: 8,
      statement: 'What is reviewed is what is deployed: nothing in a template is made up at deployment.',
      pci: ['6.5.1', '2.2.1'],
      nist: ['CM-3', 'CM-6'],
    },
    templateReadable,
  ),
  attested(
    {
      id: 'AUDIT-8',
      practice: 8,
      statement: 'Somebody from outside tries to break in.',
      pci: ['11.4.2', '11.4.3', '11.4.1'],
      nist: ['CA-8'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'high',
      remedy: 'Order a penetration test, and mend what it finds.',
    },
  ),
  attested(
    {
      id: 'AUDIT-9',
      practice: 8,
      statement: 'An approved vendor scans what is reached from the internet.',
      pci: ['11.3.2'],
      nist: ['RA-5'],
    },
    { who: 'owner of the shop', every: 'P3M', severity: 'high', remedy: 'Order an ASV scan, and mend what it finds.' },
  ),
  attested(
    {
      id: 'AUDIT-10',
      practice: 8,
      statement: 'Somebody looks through the vulnerabilities that are found inside.',
      pci: ['11.3.1', '11.3.1.1'],
      nist: ['RA-5'],
    },
    {
      who: 'platform engineer',
      every: 'P3M',
      severity: 'medium',
      remedy: 'Read the scanner of images and functions; decide on each finding.',
    },
  ),
  attested(
    {
      id: 'AUDIT-11',
      practice: 8,
      statement: 'What could go wrong has been written down, and how likely it is.',
      pci: ['12.3.1'],
      nist: ['RA-3'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'medium',
      remedy: 'Write the targeted risk analysis, or renew it.',
    },
  ),
  attested(
    {
      id: 'AUDIT-12',
      practice: 8,
      statement: 'Somebody knows where card data is, and that it is nowhere else.',
      pci: ['12.5.2', '12.5.1'],
      nist: ['CM-8', 'PM-5'],
    },
    {
      who: 'owner of the shop',
      every: 'P1Y',
      severity: 'high',
      remedy: 'Confirm the scope: systems, flows, people and vendors.',
    },
  ),
];
