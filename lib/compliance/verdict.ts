import { CannotTell } from './template-graph/cannot-tell';
import { type Value } from './template-graph/value';

/** What a rule says of one resource, or of one stack. */
export interface Verdict {
  readonly outcome: 'compliant' | 'objection' | 'undecidable' | 'not applicable';
  /** What is wrong, or why nothing can be told: at least one, unless there is nothing to say. */
  readonly reasons: readonly Reason[];
}

/** What is wrong in one place. */
export interface Reason {
  /** What is wrong here: not what the rule says in general. */
  readonly why: string;
  /** The property, from the resource; nothing when the whole resource is meant. */
  readonly location?: string;
}

/** What the rule guards is there. */
export function compliant(): Verdict {
  return { outcome: 'compliant', reasons: [] };
}

/** The rule is not about this resource. */
export function notApplicable(): Verdict {
  return { outcome: 'not applicable', reasons: [] };
}

/** The rule objects. */
export function objection(why: string, at?: Value): Verdict {
  return { outcome: 'objection', reasons: [{ why, location: at?.location }] };
}

/** The template does not show it. A rule seldom says so itself: reading an unknown value says it. */
export function undecidable(why: string, at?: Value): Verdict {
  return { outcome: 'undecidable', reasons: [{ why, location: at?.location }] };
}

/** Compliant when `holds`; otherwise objects because of `why`. */
export function unless(holds: boolean, why: string, at?: Value): Verdict {
  return holds ? compliant() : objection(why, at);
}

/**
 * All of `parts` as one verdict. An objection of one part counts even where nothing can be told of another.
 */
export function together(...parts: readonly (() => Verdict)[]): Verdict {
  const verdicts = parts.map(settled);
  for (const outcome of ['objection', 'undecidable', 'compliant'] as const) {
    const agreeing = verdicts.filter((verdict) => verdict.outcome === outcome);
    if (agreeing.length > 0) {
      return { outcome, reasons: agreeing.flatMap(({ reasons }) => reasons) };
    }
  }
  return notApplicable();
}

/** The same verdict about each of `items`, as one. No items: compliant. */
export function about<T>(items: readonly T[], judge: (item: T) => Verdict): Verdict {
  return together(compliant, ...items.map((item) => () => judge(item)));
}

/** What `judge` says; undecidable where it asks for what the template does not show. */
export function settled(judge: () => Verdict): Verdict {
  try {
    return judge();
  } catch (error) {
    if (error instanceof CannotTell) {
      return { outcome: 'undecidable', reasons: [{ why: error.why, location: error.location }] };
    }
    throw error;
  }
}
