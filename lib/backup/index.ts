export { BackupAudit, BackupAuditProps } from './backup-audit';
export { BackupChoices } from './backup-choices';
export { BackupSchedule, BackupScheduleProps } from './backup-schedule';
export { OffsiteVault, OffsiteVaultProps } from './offsite-vault';
export { ExistingOffsiteVault, IOffsiteVault } from './offsite-vault-ref';
export { RetainedVault, RetainedVaultProps } from './retained-vault';
export { RetentionPlan } from './retention-plan';
export { AirGappedVaultOptions, Vault } from './vault';
export { ComplianceLockOptions, GovernanceLockOptions, VaultLock, VaultLockOptions } from './vault-lock';
