import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What a store is for. Part of its identity, and of every name derived from it. */
export enum StoreEnvironment {
  /** Real customers, real orders. Nothing stateful may be destroyed. */
  PRODUCTION = 'production',
  /** A rehearsal of production without its data. */
  STAGING = 'staging',
}

/** Which store something belongs to. Immutable: it stands in every stack name and every physical name. */
export interface StoreIdentity {
  /** Short name of the store, unique in its accounts: 2 to 16 lower-case letters, digits and hyphens. */
  readonly id: string;

  /** What the store is for. */
  readonly environment: StoreEnvironment;
}

const IDENTITIES = new WeakMap<Stack, StoreIdentity>();

/** Declares that everything in `stack` belongs to the store `identity`. */
export function belongsTo(stack: Stack, identity: StoreIdentity): void {
  IDENTITIES.set(stack, identity);
}

/** The store that `construct` belongs to, or undefined in a stack that belongs to none of ours. */
export function identityOf(construct: IConstruct): StoreIdentity | undefined {
  return IDENTITIES.get(Stack.of(construct));
}
