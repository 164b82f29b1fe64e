import type { AssemblyRecord } from './record';
import { referencesIn } from './settle';
import { decidingProperties } from './stateful-types';
import { recordedIn, type LockedReference, type StatefulLock } from './stateful-lock';
import { isPlainObject } from '../template-graph/plain-object';

/** A property whose change makes CloudFormation replace a resource. */
export interface Replacement {
  readonly property: string;
  readonly was: unknown;
  readonly is: unknown;
  /** Why the value becomes another although it is written the same. */
  readonly because?: string;
  /** Whether it is replaced in any case, or under conditions that only AWS knows. */
  readonly certain: boolean;
}

/** Judges which resources of a lock would be replaced, those too that stand on a replaced one. */
export class Replacements {
  private readonly judged = new Map<string, readonly Replacement[]>();

  public constructor(
    private readonly lock: StatefulLock,
    private readonly record: AssemblyRecord,
  ) {}

  /** Why the resource would be replaced; nothing when it stays, or is gone. */
  public of(stack: string, logicalId: string): readonly Replacement[] {
    const name = `${stack} ${logicalId}`;
    const known = this.judged.get(name);
    if (known !== undefined) {
      return known;
    }
    // Who refers to itself by a detour is not replaced for that alone.
    this.judged.set(name, []);
    const was = this.lockedAs(stack, logicalId);
    const is = this.record.find(stack, logicalId);
    const found = was === undefined || is === undefined ? [] : this.judge(stack, was, is);
    this.judged.set(name, found);
    return found;
  }

  private judge(stack: string, was: LockedReference, is: LockedReference): Replacement[] {
    if (was.type !== is.type) {
      return [{ property: 'Type', was: was.type, is: is.type, certain: true }];
    }
    const names = [...new Set([...Object.keys(was.properties), ...Object.keys(is.properties)])];
    const deciding = decidingProperties(is.type) ?? names.map((path) => ({ path, effect: 'may-replace' as const }));
    return deciding
      .filter(({ effect }) => effect !== 'protects')
      .flatMap(({ path, effect }) => {
        const [before, after] = [was.properties[path], is.properties[path]];
        const change = { property: path, was: before, is: after };
        return equalValues(before, after)
          ? this.inherited(stack, before).map((cause) => ({
              ...change,
              because: cause.because,
              certain: cause.certain && effect === 'replaces',
            }))
          : [{ ...change, certain: effect === 'replaces' }];
      });
  }

  /** Whether a value that is written the same stands for another resource than before. */
  private inherited(home: string, value: unknown): { readonly because: string; readonly certain: boolean }[] {
    const causes = referencesIn(value).flatMap(({ stack = home, logicalId }) =>
      this.of(stack, logicalId).map(({ property, certain }) => ({
        because: `${logicalId} is replaced when its ${property} changes`,
        certain,
      })),
    );
    return causes.slice(0, 1);
  }

  private lockedAs(stack: string, logicalId: string): LockedReference | undefined {
    const { referenced = {} } = this.lock.stacks[stack] ?? {};
    const standing = Object.hasOwn(referenced, logicalId) ? referenced[logicalId] : undefined;
    return recordedIn(this.lock, stack, logicalId) ?? standing;
  }
}

/** Whether CloudFormation sees the same in both: `10` is `"10"`, and the order of keys does not count. */
export function equalValues(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => equalValues(element, other[index]));
  }
  if (isPlainObject(one) && isPlainObject(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => equalValues(one[key], other[key]));
  }
  return one === other || (isScalar(one) && isScalar(other) && String(one) === String(other));
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
