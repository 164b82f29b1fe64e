import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { keeps } from './keeps';
import type { Waiver } from './waiver';

const DISPOSALS = new WeakMap<Stack, Waiver>();

/**
 * Declares that everything in `stack` goes when the stack goes: data with its backups, keys, logs. Whatever protects it
 * against deletion is then given up too, by the same waiver, each on the construct that it is about.
 */
export function declareDisposable(stack: Stack, waiver: Waiver): void {
  if (!keeps(stack, 'stack.retention', waiver)) {
    DISPOSALS.set(stack, waiver);
  }
}

/** Why what stands where `construct` stands may go with its stack; undefined where it has to stay. */
export function disposalOf(construct: IConstruct): Waiver | undefined {
  return DISPOSALS.get(Stack.of(construct));
}
