import { tagsOf } from '../../../compliance/rules/support/tags';
import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import type { TemplateGraph } from '../../../compliance/template-graph/template-graph';
import { DATA_CLASS_TAG } from '../../../core/tag-names';
import { told } from './told';

/** Resources of one stack, type and kind of data. */
export interface ScopeLine {
  readonly stack: string;
  readonly type: string;
  /** The kind of data, by the resource's tag; nothing where it has none. */
  readonly dataClass?: string;
  readonly count: number;
}

/** What is in scope: every resource is counted once. */
export function scopeOf(graph: TemplateGraph): ScopeLine[] {
  const lines = new Map<string, ScopeLine>();
  for (const resource of graph.resources()) {
    const { type, stack } = resource;
    const dataClass = dataClassOf(resource);
    const key = [stack.name, type, dataClass].join(' ');
    lines.set(key, { stack: stack.name, type, dataClass, count: (lines.get(key)?.count ?? 0) + 1 });
  }
  return [...lines.values()].sort(
    (one, other) => compare(one.stack, other.stack) || compare(one.type, other.type) || other.count - one.count,
  );
}

/** The kind of data that a resource's tag says it holds. Tags come as a list, or as a map of names. */
export function dataClassOf(resource: GraphResource): string | undefined {
  return told(() => {
    const tags = tagsOf(resource);
    const listed = tags.items.find((tag) => told(() => tag.at('Key').plain) === DATA_CLASS_TAG);
    return listed?.at('Value').plain ?? tags.at(DATA_CLASS_TAG).plain;
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
