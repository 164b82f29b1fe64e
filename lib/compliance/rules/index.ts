import { type Rule } from '../rule';
import { alarmTellsSomebody } from './alarm-tells-somebody';
import { backupPlanCopiesOffsite } from './backup-plan-copies-offsite';
import { backupPlanRestoreTested } from './backup-plan-restore-tested';
import { backupRetention } from './backup-retention';
import { backupVaultLocked } from './backup-vault-locked';
import { bucketAccessLogs } from './bucket-access-logs';
import { bucketEncrypted } from './bucket-encrypted';
import { bucketPublicAccess } from './bucket-public-access';
import { bucketTlsOnly } from './bucket-tls-only';
import { bucketVersioned } from './bucket-versioned';
import { cacheEncrypted } from './cache-encrypted';
import { cacheLogin } from './cache-login';
import { dataInBackupPlan } from './data-in-backup-plan';
import { databaseAuditLogs } from './database-audit-logs';
import { databaseBackupRetention } from './database-backup-retention';
import { databaseDeletionProtection } from './database-deletion-protection';
import { databaseEncrypted } from './database-encrypted';
import { databaseExtendedSupport } from './database-extended-support';
import { databaseIamLogin } from './database-iam-login';
import { databaseIsolated } from './database-isolated';
import { databaseMasterPassword } from './database-master-password';
import { databaseMinorUpgrades } from './database-minor-upgrades';
import { databaseNotPublic } from './database-not-public';
import { databaseTls } from './database-tls';
import { distributionAccessLogs } from './distribution-access-logs';
import { distributionBucketPrivate } from './distribution-bucket-private';
import { distributionHsts } from './distribution-hsts';
import { distributionHttpsOnly } from './distribution-https-only';
import { distributionMinimumTls } from './distribution-minimum-tls';
import { distributionOriginTls } from './distribution-origin-tls';
import { distributionWebAcl } from './distribution-web-acl';
import { endpointPolicy } from './endpoint-policy';
import { envelopeKeyReplicated } from './envelope-key-replicated';
import { fileSystemEncrypted } from './file-system-encrypted';
import { fileSystemPolicy } from './file-system-policy';
import { filterChangeProtection } from './filter-change-protection';
import { functionFailuresKept } from './function-failures-kept';
import { functionLogGroup } from './function-log-group';
import { functionNoPlainSecrets } from './function-no-plain-secrets';
import { functionRuntime } from './function-runtime';
import { iamNoUser } from './iam-no-user';
import { imageRepositoryImmutable } from './image-repository-immutable';
import { imageRepositoryScanned } from './image-repository-scanned';
import { imageRolloutScanned } from './image-rollout-scanned';
import { keyDeletionWindow } from './key-deletion-window';
import { keyPolicyNamed } from './key-policy-named';
import { keyRotation } from './key-rotation';
import { listenerTls } from './listener-tls';
import { loadBalancerAccessLogs } from './load-balancer-access-logs';
import { loadBalancerDeletionProtection } from './load-balancer-deletion-protection';
import { loadBalancerInvalidHeaders } from './load-balancer-invalid-headers';
import { logGroupEncrypted } from './log-group-encrypted';
import { logGroupRetention } from './log-group-retention';
import { mailDmarc } from './mail-dmarc';
import { mailTls } from './mail-tls';
import { policyDecryptsNamedKeys } from './policy-decrypts-named-keys';
import { policyNoAdministration } from './policy-no-administration';
import { policyNoWholeService } from './policy-no-whole-service';
import { policyPassRole } from './policy-pass-role';
import { queueEncrypted } from './queue-encrypted';
import { queueTlsOnly } from './queue-tls-only';
import { resourcePolicyNamed } from './resource-policy-named';
import { roleTrustNamed } from './role-trust-named';
import { secretCustomerKey } from './secret-customer-key';
import { secretNotInTemplate } from './secret-not-in-template';
import { secretRotation } from './secret-rotation';
import { securityGroupEgress } from './security-group-egress';
import { securityGroupIngress } from './security-group-ingress';
import { serviceAccessFromKnownSource } from './service-access-from-known-source';
import { serviceNoExec } from './service-no-exec';
import { servicePrivate } from './service-private';
import { serviceRollback } from './service-rollback';
import { stackTerminationProtection } from './stack-termination-protection';
import { statefulRetained } from './stateful-retained';
import { subnetNoPublicAddresses } from './subnet-no-public-addresses';
import { targetGroupTls } from './target-group-tls';
import { taskImageDigest } from './task-image-digest';
import { taskNoCapabilities } from './task-no-capabilities';
import { taskNoPlainSecrets } from './task-no-plain-secrets';
import { taskReadOnlyRoot } from './task-read-only-root';
import { taskUnprivilegedUser } from './task-unprivileged-user';
import { taskVolumeTls } from './task-volume-tls';
import { templateReadable } from './template-readable';
import { topicEncrypted } from './topic-encrypted';
import { topicTlsOnly } from './topic-tls-only';
import { vpcDefaultSecurityGroup } from './vpc-default-security-group';
import { vpcDnsQueryLogs } from './vpc-dns-query-logs';
import { vpcFilteredEgress } from './vpc-filtered-egress';
import { vpcFlowLogs } from './vpc-flow-logs';
import { vpcOriginTls } from './vpc-origin-tls';
import { webAclBlocks } from './web-acl-blocks';
import { webAclLogRedaction } from './web-acl-log-redaction';
import { webAclLogs } from './web-acl-logs';
import { webAclManagedRules } from './web-acl-managed-rules';
import { webAclRateLimit } from './web-acl-rate-limit';

/** Every rule of the control catalogue. */
export const RULES: readonly Rule[] = [
  alarmTellsSomebody,
  backupPlanCopiesOffsite,
  backupPlanRestoreTested,
  backupRetention,
  backupVaultLocked,
  bucketAccessLogs,
  bucketEncrypted,
  bucketPublicAccess,
  bucketTlsOnly,
  bucketVersioned,
  cacheEncrypted,
  cacheLogin,
  dataInBackupPlan,
  databaseAuditLogs,
  databaseBackupRetention,
  databaseDeletionProtection,
  databaseEncrypted,
  databaseExtendedSupport,
  databaseIamLogin,
  databaseIsolated,
  databaseMasterPassword,
  databaseMinorUpgrades,
  databaseNotPublic,
  databaseTls,
  distributionAccessLogs,
  distributionBucketPrivate,
  distributionHsts,
  distributionHttpsOnly,
  distributionMinimumTls,
  distributionOriginTls,
  distributionWebAcl,
  endpointPolicy,
  envelopeKeyReplicated,
  fileSystemEncrypted,
  fileSystemPolicy,
  filterChangeProtection,
  functionFailuresKept,
  functionLogGroup,
  functionNoPlainSecrets,
  functionRuntime,
  iamNoUser,
  imageRepositoryImmutable,
  imageRepositoryScanned,
  imageRolloutScanned,
  keyDeletionWindow,
  keyPolicyNamed,
  keyRotation,
  listenerTls,
  loadBalancerAccessLogs,
  loadBalancerDeletionProtection,
  loadBalancerInvalidHeaders,
  logGroupEncrypted,
  logGroupRetention,
  mailDmarc,
  mailTls,
  policyDecryptsNamedKeys,
  policyNoAdministration,
  policyNoWholeService,
  policyPassRole,
  queueEncrypted,
  queueTlsOnly,
  resourcePolicyNamed,
  roleTrustNamed,
  secretCustomerKey,
  secretNotInTemplate,
  secretRotation,
  securityGroupEgress,
  securityGroupIngress,
  serviceAccessFromKnownSource,
  serviceNoExec,
  servicePrivate,
  serviceRollback,
  stackTerminationProtection,
  statefulRetained,
  subnetNoPublicAddresses,
  targetGroupTls,
  taskImageDigest,
  taskNoCapabilities,
  taskNoPlainSecrets,
  taskReadOnlyRoot,
  taskUnprivilegedUser,
  taskVolumeTls,
  templateReadable,
  topicEncrypted,
  topicTlsOnly,
  vpcDefaultSecurityGroup,
  vpcDnsQueryLogs,
  vpcFilteredEgress,
  vpcFlowLogs,
  vpcOriginTls,
  webAclBlocks,
  webAclLogRedaction,
  webAclLogs,
  webAclManagedRules,
  webAclRateLimit,
];
