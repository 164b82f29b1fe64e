import type { ProtectionId } from './protection';

/**
 * What the rule packs say when a protection is dropped: the adapter between our protections and rules we did not write.
 * A waiver acknowledges exactly these. Names as `rulesNamed` takes them; an empty list means that no shipped pack sees
 * the difference. Proven in test/nag/waivers.test.ts, which drops each protection and compares the findings.
 */
const FINDINGS_OF_DROPPING: Readonly<Record<ProtectionId, readonly string[]>> = {
  'stack.retention': [],
  'log-store.lock': [],
  'network.flow-logs': ['AwsSolutions-VPC7', 'VPCFlowLogsEnabled'],
  'network.dns-query-logs': [],
  'network.egress-allow-list': [],
  'network.change-protection': [],
  'load-balancer.deletion-protection': ['ELBDeletionProtectionEnabled'],
  'shop-image.digest': [],
  'storefront-service.second-zone': [],
  'workload.read-only-root': [],
  'workload.unprivileged-user': [],
  'generated-secret.rotation': ['AwsSolutions-SMG4', 'SecretsManagerRotationEnabled'],
  'firewall.blocking': [],
  'firewall.ip-reputation': [],
  'firewall.known-bad-inputs': [],
  'firewall.common-rules': [],
  'firewall.sql-injection': [],
  'firewall.anonymous-ip-list': [],
  'firewall.rate-limits': [],
  'firewall.anti-ddos': [],
  'firewall.account-takeover': [],
  'firewall.account-creation-fraud': [],
  'firewall.bot-control': [],
  'distribution.named-scripts': [],
  'staging.login': [],
  'database.deletion-protection': ['AwsSolutions-RDS10', 'RDSInstanceDeletionProtectionEnabled'],
  'database.backup': [],
  'object-store.backup': [],
  'shared-files.backup': ['EFSInBackupPlan'],
  'backup-schedule.offsite-copy': [],
  'offsite-vault.compliance-lock': [],
  'vulnerability-scanning.inspector': [],
  'order-mail.tls': [],
  'order-mail.dmarc': [],
};

/** The rules that object when `protection` is dropped. */
export function findingsOfDropping(protection: ProtectionId): readonly string[] {
  return FINDINGS_OF_DROPPING[protection];
}
