import { type Mutation } from '../compliance/rules/mutations';
import { type StackSource } from '../../lib/compliance/template-graph/stack-source';

type Resource = Record<string, unknown>;

/** What a parameter gives that nobody gives a value. */
export const UNKNOWN = { Ref: 'NobodyKnows' };

/** `sources` with `mutation` done to each resource that it is about. */
export function mutated(sources: readonly StackSource[], mutation: Mutation): StackSource[] {
  return changed(sources, mutation, (resource) => {
    if (mutation.remove) {
      return undefined;
    }
    put(resource, mutation.path, mutation.value);
    return resource;
  });
}

/** `sources` with a value that no template shows in the place that `mutation` is about. */
export function obscured(sources: readonly StackSource[], mutation: Mutation): StackSource[] {
  return changed(sources, mutation, (resource) => {
    put(resource, mutation.unknownAt ?? mutation.path, UNKNOWN);
    return resource;
  });
}

function changed(
  sources: readonly StackSource[],
  { type, containing = '' }: Mutation,
  change: (resource: Resource) => Resource | undefined,
): StackSource[] {
  return sources.map((source) => {
    const resources = Object.entries(source.template.Resources ?? {}).flatMap(([id, raw]) => {
      const meant = (raw as Resource).Type === type && JSON.stringify(raw).includes(containing);
      const resource = meant ? change(structuredClone(raw as Resource)) : raw;
      return resource === undefined ? [] : [[id, resource] as const];
    });
    return { ...source, template: { ...source.template, Resources: Object.fromEntries(resources) } };
  });
}

/** Writes `value` at `path`, and makes what is missing on the way. */
function put(resource: Resource, path: readonly (string | number)[], value: unknown): void {
  const [last, ...way] = [...path].reverse();
  const place = way.reverse().reduce<Resource>((at, step) => (at[step] ??= {}) as Resource, resource);
  if (value === undefined) {
    delete place[last ?? ''];
  } else {
    place[last ?? ''] = value;
  }
}
