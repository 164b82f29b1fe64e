import { STORE_METADATA } from '../../core/store-metadata';
import type { GraphResource } from '../template-graph/graph-resource';
import type { GraphStack } from '../template-graph/graph-stack';
import { own } from '../template-graph/plain-object';
import { keyOf, referencesIn, settledProperty } from './settle';
import type { LockedReference, LockedResource, LockedStack, StatefulLock } from './stateful-lock';
import { decidingProperties, isRecorded, isRecordedType } from './stateful-types';

/** What an assembly holds that must not be lost. */
export interface AssemblyRecord {
  readonly stacks: StatefulLock['stacks'];
  /** Keys of all stacks, recorded or not. */
  readonly keys: ReadonlySet<string>;
  /** Any resource, recorded or not, by the key of its stack and its logical id: what a lock names may be one of them. */
  readonly find: Find;
  /** Stacks with termination protection. */
  readonly protectedStacks: ReadonlySet<string>;
  /** Stores, as `<id>-<environment>`. */
  readonly stores: ReadonlySet<string>;
  /** Those of them that may be destroyed with all that they hold, and are not recorded. */
  readonly disposable: readonly string[];
}

type Find = (stack: string, logicalId: string) => LockedResource | undefined;

/** Records what `stacks`, those of one graph, hold. */
export function recordOf(stacks: readonly GraphStack[]): AssemblyRecord {
  const find = finderIn(stacks);
  const recorded = stacks
    .filter((stack) => !isDisposable(stack))
    .map((stack): Recorded => {
      const candidates = stack.resources.filter(({ type }) => isRecordedType(type));
      const found = candidates.map(({ logicalId }) => [logicalId, find(keyOf(stack), logicalId)] as const);
      return [stack, found.filter((entry): entry is Entry => entry[1] !== undefined && isRecorded(entry[1]))];
    });
  const referenced = referencedBy(recorded, find);
  const entries = recorded.map(([stack, resources]) => [keyOf(stack), entryOf(stack, resources, referenced)] as const);
  const stores = (those: readonly GraphStack[]): Set<string> => new Set(those.flatMap((stack) => storeOf(stack) ?? []));
  return {
    stacks: Object.fromEntries(
      entries.filter(([, { resources, referenced: others }]) => Object.keys({ ...resources, ...others }).length > 0),
    ),
    keys: new Set(stacks.map(keyOf)),
    find,
    protectedStacks: new Set(stacks.filter(({ terminationProtection }) => terminationProtection).map(keyOf)),
    stores: stores(stacks),
    disposable: [...stores(stacks.filter(isDisposable))],
  };
}

/** Works a resource out once somebody asks for it: most are never asked for. */
function finderIn(stacks: readonly GraphStack[]): Find {
  const byKey = new Map(stacks.map((stack) => [keyOf(stack), stack]));
  const known = new Map<GraphResource, LockedResource>();
  return (key, logicalId) => {
    const resource = byKey.get(key)?.resource(logicalId);
    if (resource === undefined) {
      return undefined;
    }
    const found = known.get(resource) ?? lockedOf(resource);
    known.set(resource, found);
    return found;
  };
}

function entryOf(stack: GraphStack, resources: Recorded[1], referenced: Referenced): LockedStack {
  const ids = new Set(resources.map(([id]) => id));
  const others = [...(referenced.get(keyOf(stack)) ?? [])].filter(([id]) => !ids.has(id));
  return {
    path: stack.constructPath,
    store: storeOf(stack),
    terminationProtection: stack.terminationProtection === true,
    resources: Object.fromEntries(resources),
    referenced: others.length === 0 ? undefined : Object.fromEntries(others),
  };
}

/** The store that a stack belongs to. */
function storeOf(stack: GraphStack): string | undefined {
  const statement = stack.statement(STORE_METADATA);
  return statement === undefined
    ? undefined
    : `${String(own(statement, 'id'))}-${String(own(statement, 'environment'))}`;
}

/** Whether it may be destroyed with all that it holds: a stack of a store in staging. */
function isDisposable(stack: GraphStack): boolean {
  return own(stack.statement(STORE_METADATA), 'environment') === 'staging';
}

function lockedOf(resource: GraphResource): LockedResource {
  const { type, stack, condition, constructPath } = resource;
  const { resolved } = resource.at();
  const names = resolved.kind === 'map' ? Object.keys(resolved.entries) : [];
  const deciding = decidingProperties(type)?.map(({ path }) => path) ?? names;
  const values = deciding.map((path) => [path, settledProperty(resource, path)] as const);
  return {
    type,
    path: constructPath,
    properties: Object.fromEntries(values.filter(([, value]) => value !== undefined)),
    deletionPolicy: policyOf(resource, 'DeletionPolicy') ?? defaultDeletionPolicy(type, names),
    updateReplacePolicy: policyOf(resource, 'UpdateReplacePolicy') ?? 'Delete',
    condition: condition === undefined ? undefined : { [condition]: own(stack.conditions, condition) ?? null },
  };
}

/** A policy that a deployment decides counts as none. */
function policyOf(resource: GraphResource, name: string): string | undefined {
  const { resolved } = resource.attribute(name);
  return resolved.kind === 'plain' ? String(resolved.value) : undefined;
}

/** What CloudFormation does with a resource of which the template says nothing. */
function defaultDeletionPolicy(type: string, properties: readonly string[]): string {
  const isDatabase = type === 'AWS::RDS::DBCluster' || type === 'AWS::RDS::DBInstance';
  return isDatabase && !properties.includes('DBClusterIdentifier') ? 'Snapshot' : 'Delete';
}

type Entry = readonly [logicalId: string, resource: LockedResource];
type Recorded = readonly [GraphStack, readonly Entry[]];
type Referenced = ReadonlyMap<string, ReadonlyMap<string, LockedReference>>;

/** What the recorded resources stand on, by stack and logical id: what they refer to, and what that refers to. */
function referencedBy(recorded: readonly Recorded[], find: Find): Referenced {
  const found = new Map<string, Map<string, LockedReference>>();
  const visit = (home: string, properties: LockedReference['properties']): void => {
    for (const { stack = home, logicalId } of referencesIn(properties)) {
      const known = found.get(stack) ?? new Map<string, LockedReference>();
      found.set(stack, known);
      const resource = find(stack, logicalId);
      if (resource !== undefined && !known.has(logicalId)) {
        const { type, path, properties: its } = resource;
        known.set(logicalId, { type, path, properties: its });
        visit(stack, its);
      }
    }
  };
  recorded.forEach(([stack, resources]) => resources.forEach(([, { properties }]) => visit(keyOf(stack), properties)));
  return found;
}
