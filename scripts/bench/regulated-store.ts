import { App } from 'aws-cdk-lib';
import medusa from '../../config/medusa';
import { buildStores, defineStore, RULE_PACK_NAMES } from '../../lib/app';

// The largest store there is, under every rule pack.
buildStores(new App(), { medusa: defineStore({ ...medusa, packs: RULE_PACK_NAMES }) });
