import { type ConstructCases, type WaiverCases } from '../support/cases';
import { core, coreWaivers } from './core';
import { encryption } from './encryption';
import { messaging } from './messaging';

/** How every exported construct is placed in a foreign stack. */
export const CONSTRUCTS: ConstructCases = { ...core, ...encryption, ...messaging };

/** How every protection is waived. */
export const WAIVERS: WaiverCases = { ...coreWaivers };
