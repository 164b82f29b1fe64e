import { App } from 'aws-cdk-lib';
import medusa from '../../config/medusa';
import { buildStores, defineStore } from '../../lib/app';

// The same store under the two packs of ours as well.
buildStores(new App(), {
  medusa: defineStore({ ...medusa, packs: ['AwsSolutions', 'CommerceBaseline', 'PCI.DSS.401'] }),
});
