import { distributionBucketPrivate } from '../rules/distribution-bucket-private';
import { distributionHsts } from '../rules/distribution-hsts';
import { distributionHttpsOnly } from '../rules/distribution-https-only';
import { distributionMinimumTls } from '../rules/distribution-minimum-tls';
import { distributionOriginTls } from '../rules/distribution-origin-tls';
import { distributionWebAcl } from '../rules/distribution-web-acl';
import { listenerTls } from '../rules/listener-tls';
import { loadBalancerInvalidHeaders } from '../rules/load-balancer-invalid-headers';
import { targetGroupTls } from '../rules/target-group-tls';
import { vpcOriginTls } from '../rules/vpc-origin-tls';
import { webAclBlocks } from '../rules/web-acl-blocks';
import { webAclManagedRules } from '../rules/web-acl-managed-rules';
import { webAclRateLimit } from '../rules/web-acl-rate-limit';
import { attested, checkedBy, unchecked, type Control } from './control';

/** Practice 1: TLS for the site and the payments. */
export const edge: readonly Control[] = [
  checkedBy(
    {
      id: 'EDGE-1',
      practice: 1,
      statement: 'Nobody shops over an encryption that is known to be weak.',
      pci: ['4.2.1', '2.2.7', '12.3.3'],
      nist: ['SC-8', 'SC-8(1)', 'SC-13'],
    },
    distributionMinimumTls,
  ),
  checkedBy(
    {
      id: 'EDGE-2',
      practice: 1,
      statement: 'No page is served over plain HTTP, and browsers remember that.',
      pci: ['4.2.1', '6.2.4'],
      nist: ['SC-8', 'SC-8(1)', 'SC-23'],
    },
    distributionHttpsOnly,
    distributionHsts,
  ),
  checkedBy(
    {
      id: 'EDGE-3',
      practice: 1,
      statement: 'The way from CloudFront to the shop is encrypted to the end.',
      pci: ['4.2.1', '2.2.7'],
      nist: ['SC-8', 'SC-8(1)'],
    },
    distributionOriginTls,
    vpcOriginTls,
    targetGroupTls,
  ),
  checkedBy(
    {
      id: 'EDGE-4',
      practice: 1,
      statement: 'A firewall for the web stands before the shop and refuses what attacks it.',
      pci: ['6.4.2', '6.4.1'],
      nist: ['SC-7', 'SI-3', 'SI-10'],
      protections: [
        'firewall.blocking',
        'firewall.ip-reputation',
        'firewall.known-bad-inputs',
        'firewall.common-rules',
        'firewall.sql-injection',
        'firewall.anonymous-ip-list',
        'firewall.anti-ddos',
        'firewall.account-takeover',
        'firewall.account-creation-fraud',
        'firewall.bot-control',
      ],
    },
    distributionWebAcl,
    webAclManagedRules,
    webAclBlocks,
  ),
  checkedBy(
    {
      id: 'EDGE-5',
      practice: 1,
      statement: 'Whoever tries passwords, cards or the patience of the shop is slowed down.',
      pci: ['6.4.2', '8.3.4'],
      nist: ['SC-5', 'AC-7'],
      protections: ['firewall.rate-limits'],
    },
    webAclRateLimit,
  ),
  checkedBy(
    {
      id: 'EDGE-6',
      practice: 1,
      statement: 'A load balancer speaks modern TLS, and passes nothing on that could smuggle a request.',
      pci: ['4.2.1', '2.2.7', '6.2.4'],
      nist: ['SC-8', 'SC-8(1)', 'SI-10'],
    },
    listenerTls,
    loadBalancerInvalidHeaders,
  ),
  checkedBy(
    {
      id: 'EDGE-7',
      practice: 1,
      statement: 'Files behind CloudFront are read through CloudFront alone.',
      pci: ['1.4.1', '7.2.1'],
      nist: ['AC-3', 'SC-7'],
    },
    distributionBucketPrivate,
  ),
  unchecked(
    {
      id: 'EDGE-8',
      practice: 1,
      statement: 'Pages run scripts from hosts that are named, and none that was written into a page.',
      pci: ['6.4.3', '11.6.1'],
      nist: ['SI-7', 'SC-18'],
      protections: ['distribution.named-scripts'],
    },
    {
      why: 'A policy names hosts; which are right only the shop knows, and a rule that knows none would object to every shop.',
      severity: 'medium',
      remedy: 'Name the hosts of scripts in the content security policy; read the policy of the distribution.',
    },
  ),
  attested(
    {
      id: 'EDGE-9',
      practice: 1,
      statement: 'Every script of the payment page is listed, with a reason, and somebody notices when it changes.',
      pci: ['6.4.3', '11.6.1'],
      nist: ['SI-7', 'CM-8'],
    },
    {
      who: 'who runs the shop',
      every: 'P7D',
      severity: 'high',
      remedy: 'List the scripts of the checkout and compare them with what browsers load.',
    },
  ),
];
