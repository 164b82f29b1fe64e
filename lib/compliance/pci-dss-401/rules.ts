import { type Rule } from '../rule';
import { alarmTellsSomebody } from '../rules/alarm-tells-somebody';
import { analyticsClusterAuthenticates } from '../rules/analytics-cluster-authenticates';
import { apiAccessLogging } from '../rules/api-access-logging';
import { apiDomainMinimumTls } from '../rules/api-domain-minimum-tls';
import { apiMethodAuthorized } from '../rules/api-method-authorized';
import { backupVaultEncrypted } from '../rules/backup-vault-encrypted';
import { bucketAccessLogs } from '../rules/bucket-access-logs';
import { bucketEncrypted } from '../rules/bucket-encrypted';
import { bucketPublicAccess } from '../rules/bucket-public-access';
import { bucketTlsOnly } from '../rules/bucket-tls-only';
import { bucketVersioned } from '../rules/bucket-versioned';
import { buildEnvironmentWithoutCredentials } from '../rules/build-environment-without-credentials';
import { buildSourceWithoutToken } from '../rules/build-source-without-token';
import { cacheEncrypted } from '../rules/cache-encrypted';
import { cacheMinorUpgrades } from '../rules/cache-minor-upgrades';
import { classicLoadBalancerTls } from '../rules/classic-load-balancer-tls';
import { clusterEndpointNotPublic } from '../rules/cluster-endpoint-not-public';
import { clusterLogs } from '../rules/cluster-logs';
import { clusterSecretsEncrypted } from '../rules/cluster-secrets-encrypted';
import { databaseAuditLogs } from '../rules/database-audit-logs';
import { databaseEncrypted } from '../rules/database-encrypted';
import { databaseIsolated } from '../rules/database-isolated';
import { databaseMasterPassword } from '../rules/database-master-password';
import { databaseMinorUpgrades } from '../rules/database-minor-upgrades';
import { databaseNotPublic } from '../rules/database-not-public';
import { databaseTls } from '../rules/database-tls';
import { detectorEnabled } from '../rules/detector-enabled';
import { distributionAccessLogs } from '../rules/distribution-access-logs';
import { distributionHsts } from '../rules/distribution-hsts';
import { distributionHttpsOnly } from '../rules/distribution-https-only';
import { distributionMinimumTls } from '../rules/distribution-minimum-tls';
import { distributionOriginTls } from '../rules/distribution-origin-tls';
import { distributionWebAcl } from '../rules/distribution-web-acl';
import { endpointStorageEncrypted } from '../rules/endpoint-storage-encrypted';
import { fileSystemEncrypted } from '../rules/file-system-encrypted';
import { functionNoPlainSecrets } from '../rules/function-no-plain-secrets';
import { functionNotPublic } from '../rules/function-not-public';
import { functionRuntime } from '../rules/function-runtime';
import { functionUrlAuthenticated } from '../rules/function-url-authenticated';
import { iamNoUser } from '../rules/iam-no-user';
import { imageRepositoryScanned } from '../rules/image-repository-scanned';
import { instanceMetadataVersion2 } from '../rules/instance-metadata-version-2';
import { instanceProfileAttached } from '../rules/instance-profile-attached';
import { instanceWithoutPublicAddress } from '../rules/instance-without-public-address';
import { keyPolicyNamed } from '../rules/key-policy-named';
import { keyRotation } from '../rules/key-rotation';
import { listenerTls } from '../rules/listener-tls';
import { loadBalancerAccessLogs } from '../rules/load-balancer-access-logs';
import { loadBalancerInvalidHeaders } from '../rules/load-balancer-invalid-headers';
import { loadBalancerWebAcl } from '../rules/load-balancer-web-acl';
import { logGroupEncrypted } from '../rules/log-group-encrypted';
import { logGroupRetention } from '../rules/log-group-retention';
import { messageBrokerEncryptedInTransit } from '../rules/message-broker-encrypted-in-transit';
import { messageBrokerNotPublic } from '../rules/message-broker-not-public';
import { networkAclAdministrationClosed } from '../rules/network-acl-administration-closed';
import { notebookEncrypted } from '../rules/notebook-encrypted';
import { notebookWithoutDirectInternet } from '../rules/notebook-without-direct-internet';
import { policyDecryptsNamedKeys } from '../rules/policy-decrypts-named-keys';
import { policyNoAdministration } from '../rules/policy-no-administration';
import { policyNoWholeService } from '../rules/policy-no-whole-service';
import { policyPassRole } from '../rules/policy-pass-role';
import { queueEncrypted } from '../rules/queue-encrypted';
import { queueTlsOnly } from '../rules/queue-tls-only';
import { replicationInstanceNotPublic } from '../rules/replication-instance-not-public';
import { resourcePolicyNamed } from '../rules/resource-policy-named';
import { restApiCacheEncrypted } from '../rules/rest-api-cache-encrypted';
import { restApiExecutionLogging } from '../rules/rest-api-execution-logging';
import { restApiWebAcl } from '../rules/rest-api-web-acl';
import { roleTrustNamed } from '../rules/role-trust-named';
import { searchDomainEncrypted } from '../rules/search-domain-encrypted';
import { searchDomainEncryptedBetweenNodes } from '../rules/search-domain-encrypted-between-nodes';
import { searchDomainInVpc } from '../rules/search-domain-in-vpc';
import { searchDomainLogs } from '../rules/search-domain-logs';
import { searchDomainRequiresHttps } from '../rules/search-domain-requires-https';
import { secretCustomerKey } from '../rules/secret-customer-key';
import { secretNotInTemplate } from '../rules/secret-not-in-template';
import { secretRotation } from '../rules/secret-rotation';
import { securityGroupEgress } from '../rules/security-group-egress';
import { securityGroupIngress } from '../rules/security-group-ingress';
import { serviceAccessFromKnownSource } from '../rules/service-access-from-known-source';
import { servicePrivate } from '../rules/service-private';
import { streamEncrypted } from '../rules/stream-encrypted';
import { subnetNoPublicAddresses } from '../rules/subnet-no-public-addresses';
import { tableEncryptedWithOwnKey } from '../rules/table-encrypted-with-own-key';
import { targetGroupTls } from '../rules/target-group-tls';
import { taskNoCapabilities } from '../rules/task-no-capabilities';
import { taskNoPlainSecrets } from '../rules/task-no-plain-secrets';
import { taskReadOnlyRoot } from '../rules/task-read-only-root';
import { taskUnprivilegedUser } from '../rules/task-unprivileged-user';
import { taskVolumeTls } from '../rules/task-volume-tls';
import { topicEncrypted } from '../rules/topic-encrypted';
import { topicTlsOnly } from '../rules/topic-tls-only';
import { trailCoversAccount } from '../rules/trail-covers-account';
import { trailEncrypted } from '../rules/trail-encrypted';
import { trailFileValidation } from '../rules/trail-file-validation';
import { trailToLogGroup } from '../rules/trail-to-log-group';
import { transferServerEncrypted } from '../rules/transfer-server-encrypted';
import { userPoolPasswordHistory } from '../rules/user-pool-password-history';
import { userPoolPasswordPolicy } from '../rules/user-pool-password-policy';
import { userPoolSecondFactor } from '../rules/user-pool-second-factor';
import { volumeEncrypted } from '../rules/volume-encrypted';
import { vpcDefaultSecurityGroup } from '../rules/vpc-default-security-group';
import { vpcFilteredEgress } from '../rules/vpc-filtered-egress';
import { vpcFlowLogs } from '../rules/vpc-flow-logs';
import { vpcOriginTls } from '../rules/vpc-origin-tls';
import { warehouseAuditLogging } from '../rules/warehouse-audit-logging';
import { warehouseEncrypted } from '../rules/warehouse-encrypted';
import { warehouseNotPublic } from '../rules/warehouse-not-public';
import { warehouseRequiresTls } from '../rules/warehouse-requires-tls';
import { warehouseRoutesThroughVpc } from '../rules/warehouse-routes-through-vpc';
import { warehouseVersionUpgrades } from '../rules/warehouse-version-upgrades';
import { webAclBlocks } from '../rules/web-acl-blocks';
import { webAclLogs } from '../rules/web-acl-logs';
import { webAclManagedRules } from '../rules/web-acl-managed-rules';

/** The rules of `PciDss401Checks`: those of the control catalogue that state an aspect of a requirement, and more for what a shop of ours does not have. */
export const PCI_DSS_401_RULES: readonly Rule[] = [
  alarmTellsSomebody,
  analyticsClusterAuthenticates,
  apiAccessLogging,
  apiDomainMinimumTls,
  apiMethodAuthorized,
  backupVaultEncrypted,
  bucketAccessLogs,
  bucketEncrypted,
  bucketPublicAccess,
  bucketTlsOnly,
  bucketVersioned,
  buildEnvironmentWithoutCredentials,
  buildSourceWithoutToken,
  cacheEncrypted,
  cacheMinorUpgrades,
  classicLoadBalancerTls,
  clusterEndpointNotPublic,
  clusterLogs,
  clusterSecretsEncrypted,
  databaseAuditLogs,
  databaseEncrypted,
  databaseIsolated,
  databaseMasterPassword,
  databaseMinorUpgrades,
  databaseNotPublic,
  databaseTls,
  detectorEnabled,
  distributionAccessLogs,
  distributionHsts,
  distributionHttpsOnly,
  distributionMinimumTls,
  distributionOriginTls,
  distributionWebAcl,
  endpointStorageEncrypted,
  fileSystemEncrypted,
  functionNoPlainSecrets,
  functionNotPublic,
  functionRuntime,
  functionUrlAuthenticated,
  iamNoUser,
  imageRepositoryScanned,
  instanceMetadataVersion2,
  instanceProfileAttached,
  instanceWithoutPublicAddress,
  keyPolicyNamed,
  keyRotation,
  listenerTls,
  loadBalancerAccessLogs,
  loadBalancerInvalidHeaders,
  loadBalancerWebAcl,
  logGroupEncrypted,
  logGroupRetention,
  messageBrokerEncryptedInTransit,
  messageBrokerNotPublic,
  networkAclAdministrationClosed,
  notebookEncrypted,
  notebookWithoutDirectInternet,
  policyDecryptsNamedKeys,
  policyNoAdministration,
  policyNoWholeService,
  policyPassRole,
  queueEncrypted,
  queueTlsOnly,
  replicationInstanceNotPublic,
  resourcePolicyNamed,
  restApiCacheEncrypted,
  restApiExecutionLogging,
  restApiWebAcl,
  roleTrustNamed,
  searchDomainEncrypted,
  searchDomainEncryptedBetweenNodes,
  searchDomainInVpc,
  searchDomainLogs,
  searchDomainRequiresHttps,
  secretCustomerKey,
  secretNotInTemplate,
  secretRotation,
  securityGroupEgress,
  securityGroupIngress,
  serviceAccessFromKnownSource,
  servicePrivate,
  streamEncrypted,
  subnetNoPublicAddresses,
  tableEncryptedWithOwnKey,
  targetGroupTls,
  taskNoCapabilities,
  taskNoPlainSecrets,
  taskReadOnlyRoot,
  taskUnprivilegedUser,
  taskVolumeTls,
  topicEncrypted,
  topicTlsOnly,
  trailCoversAccount,
  trailEncrypted,
  trailFileValidation,
  trailToLogGroup,
  transferServerEncrypted,
  userPoolPasswordHistory,
  userPoolPasswordPolicy,
  userPoolSecondFactor,
  volumeEncrypted,
  vpcDefaultSecurityGroup,
  vpcFilteredEgress,
  vpcFlowLogs,
  vpcOriginTls,
  warehouseAuditLogging,
  warehouseEncrypted,
  warehouseNotPublic,
  warehouseRequiresTls,
  warehouseRoutesThroughVpc,
  warehouseVersionUpgrades,
  webAclBlocks,
  webAclLogs,
  webAclManagedRules,
];
