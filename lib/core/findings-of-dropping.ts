import type { ProtectionId } from './protection';

/**
 * What the rule packs say when a protection is dropped: the adapter between our protections and the rules of each pack.
 * A waiver acknowledges exactly these. Names as `rulesNamed` takes them; an empty list means that no pack sees the
 * difference. Proven in test/nag/waivers.test.ts, which drops each protection and compares the findings.
 */
const FINDINGS_OF_DROPPING: Readonly<Record<ProtectionId, readonly string[]>> = {
  'stack.retention': [
    'CommerceBaseline-stateful-retained',
    'CommerceBaseline-stack-termination-protection',
    'CommerceBaseline-key-deletion-window',
    'CommerceBaseline-database-backup-retention',
  ],
  'log-store.lock': [],
  'network.flow-logs': ['AwsSolutions-VPC7', 'VPCFlowLogsEnabled', 'CommerceBaseline-vpc-flow-logs'],
  'network.dns-query-logs': ['CommerceBaseline-vpc-dns-query-logs'],
  'network.egress-allow-list': ['CommerceBaseline-vpc-filtered-egress'],
  'network.change-protection': ['CommerceBaseline-filter-change-protection'],
  'load-balancer.deletion-protection': [
    'ELBDeletionProtectionEnabled',
    'CommerceBaseline-load-balancer-deletion-protection',
  ],
  'shop-image.digest': ['CommerceBaseline-task-image-digest'],
  'storefront-service.second-zone': [],
  'workload.read-only-root': ['CommerceBaseline-task-read-only-root'],
  'workload.unprivileged-user': ['CommerceBaseline-task-unprivileged-user', 'CommerceBaseline-task-no-capabilities'],
  'generated-secret.rotation': [
    'AwsSolutions-SMG4',
    'SecretsManagerRotationEnabled',
    'CommerceBaseline-secret-rotation',
  ],
  'firewall.blocking': ['CommerceBaseline-web-acl-blocks', 'CommerceBaseline-web-acl-rate-limit'],
  'firewall.ip-reputation': ['CommerceBaseline-web-acl-blocks'],
  'firewall.known-bad-inputs': ['CommerceBaseline-web-acl-blocks'],
  'firewall.common-rules': ['CommerceBaseline-web-acl-blocks'],
  'firewall.sql-injection': ['CommerceBaseline-web-acl-blocks'],
  'firewall.anonymous-ip-list': ['CommerceBaseline-web-acl-blocks'],
  'firewall.rate-limits': ['CommerceBaseline-web-acl-blocks', 'CommerceBaseline-web-acl-rate-limit'],
  'firewall.anti-ddos': ['CommerceBaseline-web-acl-blocks'],
  'firewall.account-takeover': ['CommerceBaseline-web-acl-blocks'],
  'firewall.account-creation-fraud': ['CommerceBaseline-web-acl-blocks'],
  'firewall.bot-control': ['CommerceBaseline-web-acl-blocks'],
  'distribution.named-scripts': [],
  'staging.login': [],
  'database.deletion-protection': [
    'AwsSolutions-RDS10',
    'RDSInstanceDeletionProtectionEnabled',
    'CommerceBaseline-database-deletion-protection',
  ],
  'database.backup': ['CommerceBaseline-data-in-backup-plan'],
  'object-store.backup': [],
  'shared-files.backup': ['EFSInBackupPlan', 'CommerceBaseline-data-in-backup-plan'],
  'backup-schedule.offsite-copy': ['CommerceBaseline-backup-plan-copies-offsite'],
  'backup-schedule.restore-test': ['CommerceBaseline-backup-plan-restore-tested'],
  'offsite-vault.compliance-lock': [],
  'vulnerability-scanning.inspector': [],
  'image-freshness.report': [],
  'order-mail.tls': ['CommerceBaseline-mail-tls'],
  'order-mail.dmarc': ['CommerceBaseline-mail-dmarc'],
};

/** The rules that object when `protection` is dropped. */
export function findingsOfDropping(protection: ProtectionId): readonly string[] {
  return FINDINGS_OF_DROPPING[protection];
}
