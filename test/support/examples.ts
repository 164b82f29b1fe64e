import demo from '../../config/demo';
import medusa from '../../config/medusa';
import woocommerce from '../../config/woocommerce';
import { buildStores, defineStore, RULE_PACK_NAMES } from '../../lib/app';
import { type AssemblyReview } from '../../lib/compliance/assembly-review';
import { FLAGS, reviewApp } from './review';

/** The stores of `config/`, each with every rule pack. */
export const EXAMPLES = {
  demo: defineStore({ ...demo, packs: RULE_PACK_NAMES }),
  medusa: defineStore({ ...medusa, packs: RULE_PACK_NAMES }),
  woocommerce: defineStore({ ...woocommerce, packs: RULE_PACK_NAMES }),
};

/** What every rule pack and CDK's own validation say about the stores of `config/`, in an app with every flag. */
export function reviewExamples(): AssemblyReview {
  const context = { ...FLAGS.recommended, store: 'all' };
  return reviewApp((app) => buildStores(app, EXAMPLES), { context, builtinValidation: true });
}
