import pLimit from 'p-limit';
import type { Aws } from '../aws/aws';
import { isDenied, messageOf } from '../aws/errors';
import { identify } from '../aws/identity';
import { CannotRun } from '../exit-code';
import { partIn, type StoreAssembly } from '../store-assembly';
import { CHECKS } from './checks';
import { LiveStacks } from './live-stacks';
import type { NameServers } from './name-servers';
import { ok, VERDICTS, warning, type Answer, type Context, type Probe } from './probe';

/** What was asked, and what was answered. */
export interface Result extends Answer, Pick<Probe, 'check' | 'subject' | 'place'> {}

/** What a preflight found. */
export interface PreflightReport {
  readonly store: string;
  /** Who asked. */
  readonly principal: string;
  /** Worst first. */
  readonly results: readonly Result[];
}

/** How a preflight asks. */
export interface PreflightOptions {
  readonly aws: Aws;
  readonly names: NameServers;
  readonly now: Date;
  /** The only checks to make, by name; all when left out. */
  readonly checks?: readonly string[];
  /** Told after every answer. */
  readonly onAnswer?: (answered: number, of: number) => void;
}

/** Questions at a time: enough to be done in seconds, few enough that no service throttles us. */
const AT_ONCE = 24;

/**
 * Asks whether a deployment of `store` would get through.
 *
 * @throws CannotRun when AWS does not say who asks, when that is another account, or when there is no such check
 */
export async function preflight(store: StoreAssembly, options: PreflightOptions): Promise<PreflightReport> {
  const { aws, names, now, checks, onAnswer } = options;
  const { account, arn: principal } = await identify(store, aws, accountsOf(store));
  const context: Context = { store: partIn(store, account), aws, names, now, live: new LiveStacks(aws) };
  const probes = choose(
    CHECKS.flatMap((check) => check(context)),
    checks,
  );
  const limit = pLimit(AT_ONCE);
  let answered = 0;
  const results = await Promise.all(
    probes.map((probe) =>
      limit(async (): Promise<Result> => {
        const { check, subject, place } = probe;
        const answer = await ask(probe);
        onAnswer?.(++answered, probes.length);
        return { check, subject, place, ...answer };
      }),
    ),
  );
  const identity = {
    check: 'identity',
    subject: principal,
    place: 'global',
    ...ok(`Of the account ${account}.`),
  };
  return { store: store.name, principal, results: worstFirst([identity, ...unasked(store, account), ...results]) };
}

function choose(probes: readonly Probe[], checks: readonly string[] | undefined): readonly Probe[] {
  const known = new Set(probes.map(({ check }) => check));
  const unknown = (checks ?? []).filter((check) => !known.has(check));
  if (unknown.length > 0) {
    throw new CannotRun(
      `Nothing about this store is checked under the name ${unknown.join(', ')}.`,
      `Name one of ${[...known].join(', ')}.`,
    );
  }
  return checks === undefined ? probes : probes.filter(({ check }) => checks.includes(check));
}

/** Accounts in which the store has stacks. */
function accountsOf({ account, offsiteAccount }: StoreAssembly): string[] {
  return [account, ...(offsiteAccount === undefined ? [] : [offsiteAccount])];
}

/** The accounts that these credentials say nothing about. */
function unasked(store: StoreAssembly, asked: string): Result[] {
  return accountsOf(store)
    .filter((account) => account !== asked)
    .map((account) => ({
      check: 'identity',
      subject: `account ${account}`,
      place: 'global',
      ...warning(
        'Not asked: these credentials are of another account.',
        `npx commerce-baseline preflight --profile <a profile of ${account}>`,
      ),
    }));
}

async function ask(probe: Probe): Promise<Answer> {
  try {
    return await probe.ask();
  } catch (error) {
    const who = probe.actions.join(', ');
    return isDenied(error)
      ? { verdict: 'unknown', seen: `Not allowed to look: ${messageOf(error)}`, repair: `Allow ${who}, and ask again.` }
      : { verdict: 'unknown', seen: messageOf(error), repair: 'Ask again; if it stays, look for yourself.' };
  }
}

function worstFirst(results: readonly Result[]): Result[] {
  const rank = ({ verdict }: Result): number => VERDICTS.indexOf(verdict);
  return [...results].sort((one, other) => rank(one) - rank(other));
}
