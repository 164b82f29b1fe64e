import { type ConstructCases, type WaiverCases } from '../support/cases';
import { backup, backupWaivers } from './backup';
import { compute, computeWaivers } from './compute';
import { core, coreWaivers } from './core';
import { dataDatabase, dataDatabaseWaivers } from './data-database';
import { dataStores, dataStoresWaivers } from './data-stores';
import { edgeDistribution, edgeDistributionWaivers } from './edge-distribution';
import { edgeFirewall, edgeFirewallWaivers } from './edge-firewall';
import { encryption } from './encryption';
import { messaging, messagingWaivers } from './messaging';
import { network, networkWaivers } from './network';
import { operations } from './operations';
import { patching, patchingWaivers } from './patching';

/** How every exported construct is placed in a foreign stack. */
export const CONSTRUCTS: ConstructCases = {
  ...backup,
  ...compute,
  ...core,
  ...dataDatabase,
  ...dataStores,
  ...edgeDistribution,
  ...edgeFirewall,
  ...encryption,
  ...messaging,
  ...network,
  ...operations,
  ...patching,
};

/** How every protection is waived. */
export const WAIVERS: WaiverCases = {
  ...coreWaivers,
  ...backupWaivers,
  ...computeWaivers,
  ...networkWaivers,
  ...dataDatabaseWaivers,
  ...dataStoresWaivers,
  ...edgeFirewallWaivers,
  ...edgeDistributionWaivers,
  ...messagingWaivers,
  ...patchingWaivers,
};
