/** How a digit of 3-2-1-1-0 stands; `in part` is what somebody can still undo, or nobody looks at. */
export type Standing = 'yes' | 'in part' | 'cannot tell' | 'no';

/** A digit of 3-2-1-1-0, and what the templates show of it. */
export interface Digit {
  readonly standing: Standing;
  readonly says: readonly string[];
}

/** The better one of what is certain decides a digit; where nothing is, one of which nothing can be told. */
const BEST: readonly Standing[] = ['yes', 'in part', 'cannot tell', 'no'];

/** The digit of which `parts` are certain, each by itself; `doubts` say why there may be more of them. */
export function digitOf(parts: readonly Standing[], says: readonly string[], doubts: Iterable<string>): Digit {
  const open = [...doubts];
  const standing = BEST.find((each) => parts.includes(each)) ?? 'no';
  return standing === 'no' && open.length > 0
    ? { standing: 'cannot tell', says: [...says, ...open] }
    : { standing, says };
}
