import { App } from 'aws-cdk-lib';
import { type CloudAssembly } from 'aws-cdk-lib/cx-api';
import demo from '../../config/demo';
import medusa from '../../config/medusa';
import staging from '../../config/staging';
import woocommerce from '../../config/woocommerce';
import {
  buildStores,
  defineStore,
  RULE_PACK_NAMES,
  type DefinedStore,
  type StoreConfig,
  type Tier,
} from '../../lib/app';
import { type AssemblyReview } from '../../lib/cli/assembly-review';
import { FLAGS, reviewApp } from './review';
import { TODAY } from './stack';
import { APPLICATIONS, appOf, storeOf } from './stores';

/** The stores of `config/`, each with every rule pack. */
export const EXAMPLES = {
  demo: defineStore({ ...demo, packs: RULE_PACK_NAMES }),
  medusa: defineStore({ ...medusa, packs: RULE_PACK_NAMES }),
  staging: defineStore({ ...staging, packs: RULE_PACK_NAMES }),
  woocommerce: defineStore({ ...woocommerce, packs: RULE_PACK_NAMES }),
};

/** What every rule pack and CDK's own validation say about the stores of `config/`, in an app with every flag. */
export function reviewExamples(): AssemblyReview {
  const context = { ...FLAGS.recommended, store: 'all' };
  return reviewApp((app) => buildStores(app, EXAMPLES), { context, builtinValidation: true });
}

/** The stores of `config/`, synthesised; nobody reviews them. */
export function synthesiseExamples(): CloudAssembly {
  const app = new App({ context: { ...TODAY, store: 'all' }, analyticsReporting: false });
  const stores = { demo, medusa, staging, woocommerce };
  buildStores(app, Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, unreviewed(store)])));
  return app.synth();
}

/** A Medusa shop of `tier`, synthesised; nobody reviews it. */
export function synthesiseTier(tier: Tier): CloudAssembly {
  return appOf({ acme: storeOf({ tier, application: APPLICATIONS.medusa, packs: [] }) }).synth();
}

function unreviewed(store: StoreConfig): DefinedStore {
  return defineStore({ ...store, packs: [] });
}
