import { App } from 'aws-cdk-lib';
import medusa from '../../config/medusa';
import { buildStores, defineStore } from '../../lib/app';

// The largest store, under the pack that most apps have already: what ours cost is counted from here.
buildStores(new App(), { medusa: defineStore({ ...medusa, packs: ['AwsSolutions'] }) });
