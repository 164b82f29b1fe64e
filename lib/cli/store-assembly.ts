import { STORE_METADATA, type StoreStatement } from '../core/store-metadata';
import { readStacks, type AssemblyResource, type AssemblyStack } from './cloud-assembly';
import { CannotRun } from './exit-code';

/** A stack that a store needs. */
export interface StoreStack extends AssemblyStack {
  /** Its part in the store (`Data`), or undefined when stores share it. */
  readonly part?: string;
}

/** A resource, and the stack it is in. */
export interface PlacedResource extends AssemblyResource {
  readonly stack: StoreStack;
}

/** A store, as the assembly describes it. */
export interface StoreAssembly {
  /** Directory of the assembly. */
  readonly directory: string;
  /** Id and environment: `acme-production`. */
  readonly name: string;
  /** The name that people know it by. */
  readonly displayName: string;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly offsiteRegion: string;
  /** Account of the vault off site, where that is another one. */
  readonly offsiteAccount?: string;
  /** Its stacks and those they depend on, each after what it depends on. */
  readonly stacks: readonly StoreStack[];
  /** Names of the other stores of the assembly. */
  readonly others: readonly string[];
}

/**
 * The store of the assembly in `directory`, or of several the one called `wanted`.
 *
 * @throws CannotRun when there is no assembly, no store, or no such store
 */
export function readStore(directory: string, wanted?: string): StoreAssembly {
  const stacks = readStacks(directory);
  const owned = stacks.flatMap((stack) => {
    const statement = stack.metadata[STORE_METADATA] as StoreStatement | undefined;
    return statement === undefined ? [] : [{ stack, statement, store: `${statement.id}-${statement.environment}` }];
  });
  const names = [...new Set(owned.map(({ store }) => store))];
  const name = choose(directory, names, wanted);
  const own = owned.filter(({ store }) => store === name);
  const { statement } = own[0];
  const parts = new Map(own.map(({ stack, statement: { part } }) => [stack.id, part]));
  return {
    directory,
    name,
    displayName: statement.name,
    environment: statement.environment,
    account: statement.account,
    region: statement.region,
    offsiteRegion: statement.offsiteRegion,
    offsiteAccount: statement.offsiteAccount,
    stacks: withDependencies(stacks, [...parts.keys()]).map((stack) => ({ ...stack, part: parts.get(stack.id) })),
    others: names.filter((other) => other !== name),
  };
}

/** The part of `store` that stands in `account`. */
export function partIn(store: StoreAssembly, account: string): StoreAssembly {
  return { ...store, stacks: store.stacks.filter((stack) => stack.account === account) };
}

/** Every resource of `store`. */
export function resourcesOf(store: StoreAssembly): PlacedResource[] {
  return store.stacks.flatMap((stack) => stack.resources.map((resource) => ({ ...resource, stack })));
}

function choose(directory: string, names: readonly string[], wanted: string | undefined): string {
  const [only, ...others] = names;
  if (only === undefined) {
    throw new CannotRun(
      `The assembly in ${directory} holds no store.`,
      'Synthesise an app that calls buildStores, or that makes a CommerceStore, of this version.',
    );
  }
  if (wanted === undefined && others.length === 0) {
    return only;
  }
  const chosen = names.find((name) => name === wanted);
  if (chosen === undefined) {
    const problem = wanted === undefined ? 'holds several stores' : `holds no store ${wanted}`;
    throw new CannotRun(`The assembly in ${directory} ${problem}.`, `Name one of ${names.join(', ')}.`);
  }
  return chosen;
}

/** The stacks called `ids` and what they depend on, each after what it depends on. */
function withDependencies(stacks: readonly AssemblyStack[], ids: readonly string[]): AssemblyStack[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const sorted = new Map<string, AssemblyStack>();
  const visit = (id: string): void => {
    const stack = byId.get(id);
    if (stack !== undefined && !sorted.has(id)) {
      stack.dependencies.forEach(visit);
      sorted.set(id, stack);
    }
  };
  ids.forEach(visit);
  return [...sorted.values()];
}
