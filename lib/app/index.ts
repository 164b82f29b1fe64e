/**
 * The door for merchants: a store as typed configuration. Everything a configuration is made of, such as `Dns`,
 * `Application` or `Waiver`, comes from the package's main entry.
 */
export { buildStores } from './build-stores';
export { defineStore, type DefinedStore } from './define-store';
export { RULE_PACK_NAMES, type RulePackName } from './rule-pack-names';
export { STAGING_CHOICES, type StagingDifferences, stagingOf } from './staging-of';
export { type StoreConfig } from './store-config';
export { type Tier, TIERS } from './tier-names';
