import { knowledgeOf, type Knowledge } from '../../pricing/estimates';
import { reasonForFree } from '../../pricing/free-types';
import type { CostedStack } from './cost-report';

/** How often a type of resource stands in the templates. */
export interface TypeCount {
  readonly type: string;
  readonly count: number;
  /** Why it costs nothing, where that is known. */
  readonly why?: string;
}

/** The types of `stacks` of whose price this is known. */
export function typesIn(stacks: readonly CostedStack[], knowledge: Knowledge): TypeCount[] {
  const counts = new Map<string, number>();
  for (const { type } of stacks.flatMap(({ resources }) => resources)) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts]
    .filter(([type]) => knowledgeOf(type) === knowledge)
    .sort(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([type, count]) => {
      const why = reasonForFree(type);
      return why === undefined ? { type, count } : { type, count, why };
    });
}
