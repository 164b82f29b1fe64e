/** What may be lost, in the order of how much that is. */
export const LOSSES = ['table', 'cluster', 'key', 'region', 'account'] as const;

/** One of them. */
export type Loss = (typeof LOSSES)[number];

/** Something to do, and how to see that it worked. */
export interface Step {
  readonly title: string;
  /** What to write into the configuration, as TypeScript. */
  readonly write?: string;
  /** What to paste into a shell. */
  readonly commands?: readonly string[];
  /** What is seen when it worked. */
  readonly shows: string;
}

/** What to do after a loss, with the names of one store. */
export interface Runbook {
  readonly store: string;
  readonly loss: Loss;
  readonly title: string;
  /** What is gone for good when all goes well. */
  readonly gone: string;
  readonly steps: readonly Step[];
}
