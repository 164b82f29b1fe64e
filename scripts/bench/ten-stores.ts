import { App } from 'aws-cdk-lib';
import medusa from '../../config/medusa';
import { buildStores, defineStore, RULE_PACK_NAMES } from '../../lib/app';

// Ten of the largest, in one app.
const stores = Array.from({ length: 10 }, (_, index) =>
  defineStore({ ...medusa, id: `acme${index}`, packs: RULE_PACK_NAMES }),
);
buildStores(new App({ context: { store: 'all' } }), Object.fromEntries(stores.map((store) => [store.id, store])));
