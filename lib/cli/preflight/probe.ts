import type { Aws } from '../aws/aws';
import type { StoreAssembly } from '../store-assembly';
import type { LiveStacks } from './live-stacks';
import type { NameServers } from './name-servers';

/** How a question was answered, worst first. What could not be read is unknown, never ok. */
export const VERDICTS = ['failure', 'unknown', 'warning', 'ok'] as const;

/** One of them. */
export type Verdict = (typeof VERDICTS)[number];

/** What a probe found. */
export interface Answer {
  readonly verdict: Verdict;
  /** What was seen, as a sentence. */
  readonly seen: string;
  /** The command that repairs it, or what to do where there is no command. */
  readonly repair?: string;
}

/** One question to AWS or DNS. */
export interface Probe {
  /** Which check it belongs to: `quota`. */
  readonly check: string;
  /** What it asks about: `VPCs`. */
  readonly subject: string;
  /** Where: a Region, `global`, or `DNS`. */
  readonly place: string;
  /** The IAM actions it takes, for whoever is refused. */
  readonly actions: readonly string[];
  /** Asks. What it throws becomes an unknown. */
  ask(): Promise<Answer>;
}

/** What probes are made from. */
export interface Context {
  readonly store: StoreAssembly;
  readonly aws: Aws;
  readonly names: NameServers;
  readonly live: LiveStacks;
  readonly now: Date;
}

/** A kind of question: the probes it comes down to for a store. */
export type Check = (context: Context) => Probe[];

/** Nothing to do. */
export function ok(seen: string): Answer {
  return { verdict: 'ok', seen };
}

/** A deployment would get through, and something would be wrong with it. */
export function warning(seen: string, repair: string): Answer {
  return { verdict: 'warning', seen, repair };
}

/** A deployment would stop. */
export function failure(seen: string, repair: string): Answer {
  return { verdict: 'failure', seen, repair };
}
