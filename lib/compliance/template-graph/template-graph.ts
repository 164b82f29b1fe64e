import { CannotTell } from './cannot-tell';
import { type GraphResource } from './graph-resource';
import { GraphStack } from './graph-stack';
import { own } from './plain-object';
import { resolve } from './resolve';
import { piecesOf, pieceText } from './resolved';
import { type StackSource } from './stack-source';

/** An output of a stack that others import. */
interface Exported {
  readonly stack: GraphStack;
  readonly value: unknown;
}

/** Who refers to a resource, at one property of one type. */
interface Referrers {
  readonly byTarget: ReadonlyMap<GraphResource, readonly GraphResource[]>;
  /** What refers by a name that was given to the target, by that name. */
  readonly byName: ReadonlyMap<string, readonly GraphResource[]>;
  /** What refers to something that the template does not show. */
  readonly inDoubt: readonly GraphResource[];
}

/** The templates of an app as one graph: its resources, and what they refer to, across stacks too. */
export class TemplateGraph {
  public readonly stacks: readonly GraphStack[];
  readonly #nested = new Map<GraphResource, GraphStack>();
  readonly #byType = new Map<string, GraphResource[]>();
  readonly #referrers = new Map<string, Referrers>();
  #exports: ReadonlyMap<string, Exported> | undefined;

  public constructor(sources: readonly StackSource[]) {
    this.stacks = sources.flatMap((source) => this.stacksOf(source, undefined));
    for (const resource of this.stacks.flatMap(({ resources }) => resources)) {
      addTo(this.#byType, resource.type, resource);
    }
  }

  /** The resources of these types, in all stacks; all resources, when no type is named. */
  public resources(...types: readonly string[]): readonly GraphResource[] {
    return types.length === 0
      ? this.stacks.flatMap(({ resources }) => resources)
      : types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /**
   * The resources of `type` whose property at `path` refers to `target`: the policies of a bucket, the rules of a
   * security group.
   *
   * @throws CannotTell when there is none, but one of which the template does not show to what it refers
   */
  public referrers(target: GraphResource, type: string, ...path: readonly string[]): readonly GraphResource[] {
    const key = [type, ...path].join(' ');
    const known = this.#referrers.get(key) ?? this.indexReferrers(type, path);
    this.#referrers.set(key, known);
    const names = namesOf(target);
    const found = [
      ...(known.byTarget.get(target) ?? []),
      ...names
        .flatMap((name) => known.byName.get(name) ?? [])
        .filter(({ stack }) => sameEnvironment(stack, target.stack)),
    ];
    const doubtful = known.inDoubt.find(({ stack }) => stack.account === target.stack.account);
    if (found.length === 0 && doubtful !== undefined) {
      throw new CannotTell(
        `${doubtful.logicalId}.Properties.${path.join('.')}`,
        `${doubtful.name} may refer to it: ${doubtful.at(...path).doubt ?? 'unknown'}`,
      );
    }
    return [...new Set(found)];
  }

  /** The stack that `resource`, a nested stack, makes; nothing when its template is not in the assembly. */
  public nestedStackOf(resource: GraphResource): GraphStack | undefined {
    return this.#nested.get(resource);
  }

  /** The stack of that name in `region`, or in any Region when none is known. */
  public stackNamed(name: string, region: string | undefined): GraphStack | undefined {
    const named = this.stacks.filter((stack) => stack.name === name && stack.parent === undefined);
    return named.find((stack) => stack.region === region) ?? (region === undefined ? named[0] : undefined);
  }

  /** The output that is exported under `name` in the account and Region of `importer`. */
  public exportNamed(name: string, importer: GraphStack): Exported | undefined {
    this.#exports ??= new Map(this.stacks.flatMap((stack) => exportsOf(stack)));
    return this.#exports.get(exportKey(importer, name));
  }

  private stacksOf(source: StackSource, parent: GraphResource | undefined): GraphStack[] {
    const stack = new GraphStack(this, source, parent);
    const nested = [...source.nested].flatMap(([logicalId, inner]) => {
      const resource = stack.resource(logicalId);
      const [first, ...others] = this.stacksOf(inner, resource);
      if (first !== undefined && resource !== undefined) {
        this.#nested.set(resource, first);
      }
      return first === undefined ? [] : [first, ...others];
    });
    return [stack, ...nested];
  }

  private indexReferrers(type: string, path: readonly string[]): Referrers {
    const byTarget = new Map<GraphResource, GraphResource[]>();
    const byName = new Map<string, GraphResource[]>();
    const inDoubt: GraphResource[] = [];
    for (const referrer of this.resources(type)) {
      const value = referrer.at(...path);
      for (const { resource } of value.references) {
        addTo(byTarget, resource, referrer);
      }
      const names = value.resolved.kind === 'plain' ? [String(value.resolved.value)] : [];
      names.forEach((name) => addTo(byName, name, referrer));
      if (value.doubt !== undefined) {
        inDoubt.push(referrer);
      }
    }
    return { byTarget, byName, inDoubt };
  }
}

function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [item]);
  } else {
    list.push(item);
  }
}

/** The names that somebody gave to a resource: properties such as `BucketName`. */
function namesOf(resource: GraphResource): string[] {
  const { resolved } = resource.at();
  const keys = resolved.kind === 'map' ? Object.keys(resolved.entries).filter((key) => /Name$/.test(key)) : [];
  return keys.flatMap((key) => {
    const value = resource.at(key).resolved;
    return value.kind === 'plain' ? [String(value.value)] : [];
  });
}

function sameEnvironment(one: GraphStack, other: GraphStack): boolean {
  return one.account === other.account && one.region === other.region;
}

function exportsOf(stack: GraphStack): [string, Exported][] {
  return Object.values(stack.outputs).flatMap((output) => {
    const name = resolve(own(own(output, 'Export'), 'Name'), stack);
    const pieces = name.kind === 'absent' ? undefined : piecesOf(name);
    return pieces === undefined
      ? []
      : [
          [exportKey(stack, pieces.map(pieceText).join('')), { stack, value: own(output, 'Value') }] as [
            string,
            Exported,
          ],
        ];
  });
}

function exportKey({ account = '', region = '' }: GraphStack, name: string): string {
  return [account, region, name].join(' ');
}
