import type { Charge, Estimates } from './charge';
import { COMPUTE } from './costs/compute';
import { DATA } from './costs/data';
import { EDGE } from './costs/edge';
import { NETWORK } from './costs/network';
import { OPERATIONS } from './costs/operations';
import { reasonForFree } from './free-types';
import type { StackResources, TemplateResource } from './template';
import type { Traffic } from './traffic';

const ESTIMATES: Estimates = { ...NETWORK, ...DATA, ...COMPUTE, ...EDGE, ...OPERATIONS };

/** Types of resource that something is charged for. */
export const PRICED_TYPES: readonly string[] = Object.keys(ESTIMATES);

/** What is known of the price of a type. `unpriced`: nobody has looked it up. */
export type Knowledge = 'priced' | 'free' | 'unpriced';

/** What is known of the price of `type`. */
export function knowledgeOf(type: string): Knowledge {
  if (Object.hasOwn(ESTIMATES, type)) {
    return 'priced';
  }
  return reasonForFree(type) === undefined ? 'unpriced' : 'free';
}

/** What `resource` of `stack` is charged for in a month of `traffic`; nothing for a type that is free or unpriced. */
export function chargesOf(resource: TemplateResource, stack: StackResources, traffic: Traffic): readonly Charge[] {
  return Object.hasOwn(ESTIMATES, resource.type) ? ESTIMATES[resource.type](resource, stack, traffic) : [];
}
