import pRetry from 'p-retry';
import type { SqlSession } from '../../../data/handlers/moving/sql-session';
import { openBaseline } from './baseline';
import { checkMysql } from './check-mysql';
import { checkPostgresql } from './check-postgresql';
import { checkTables } from './check-tables';
import type { Evidence } from './evidence';
import type { Expectation, RestoreFinding } from './expectation';
import { readPulse } from './heartbeat';
import { codeAbout } from './message-code';
import { openRemovals, type Removal } from './removals';

/** A copy, and what it is measured by. */
export interface RestoreCheck {
  /** Logs in to the restored database. */
  readonly connect: () => Promise<SqlSession>;
  /** How long it is tried again where that fails, and how long after each time. */
  readonly patience: { readonly pauseMilliseconds: number; readonly mostMilliseconds: number };
  readonly expectation: Expectation;
  /** Reads what the copy is measured by. */
  readonly evidence: () => Promise<Evidence>;
  /** The moment that the copy is of. */
  readonly recoveryPoint: Date;
  /** When the restore began: what is lost by then counts. */
  readonly startedAt: Date;
  readonly deadlineMilliseconds: number;
}

export interface RestoreReport {
  readonly isRight: boolean;
  /** How much would have been lost, in seconds; absent when no heartbeat tells. */
  readonly measuredRecoveryPointSeconds?: number;
  readonly findings: readonly RestoreFinding[];
}

/**
 * Asks a restored database whether it is right. Always answers by the deadline: what hangs, breaks or never comes up is a
 * finding, and a copy is right only when every check ran and found nothing.
 */
export async function checkRestore(check: RestoreCheck): Promise<RestoreReport> {
  const findings: RestoreFinding[] = [];
  const late = new AbortController();
  const state: State = { step: 'evidence', late: late.signal, findings };
  const timer = deadline(check.deadlineMilliseconds);
  const outcome = await Promise.race([run(check, state), timer.passed]);
  timer.cancel();
  if (outcome === 'late') {
    late.abort();
    const detail = `not done after ${check.deadlineMilliseconds} milliseconds`;
    findings.push({ kind: 'TimedOut', subject: state.step, detail });
  }
  // A server that hangs does not confirm the end either.
  void state.session?.end().catch(() => {});
  const report = { isRight: findings.length === 0, findings: [...findings] };
  const { measured } = state;
  return measured === undefined ? report : { ...report, measuredRecoveryPointSeconds: measured };
}

interface State {
  step: string;
  readonly late: AbortSignal;
  session?: SqlSession;
  measured?: number;
  readonly findings: RestoreFinding[];
}

async function run(check: RestoreCheck, state: State): Promise<'done'> {
  try {
    const evidence = await check.evidence();
    state.step = 'connect';
    const session = await logIn(check, state.late);
    if (state.late.aborted) {
      await session.end();
      return 'done';
    }
    state.session = session;
    await ask(check, evidence, session, state);
  } catch (error) {
    const kind = state.step === 'connect' ? 'ConnectionFailed' : 'CheckBroken';
    state.findings.push({ kind, subject: state.step, detail: codeOf(error) });
  }
  return 'done';
}

/** A first login that fails condemns no backup. */
function logIn({ connect, patience }: RestoreCheck, signal: AbortSignal): Promise<SqlSession> {
  const { pauseMilliseconds, mostMilliseconds } = patience;
  return pRetry(connect, {
    retries: Math.ceil(mostMilliseconds / pauseMilliseconds),
    minTimeout: pauseMilliseconds,
    maxRetryTime: mostMilliseconds,
    factor: 1,
    signal,
    // It stops by itself at what it takes for a mistake in the program.
    shouldRetry: () => true,
  });
}

async function ask(check: RestoreCheck, evidence: Evidence, session: SqlSession, state: State): Promise<void> {
  const { expectation, recoveryPoint, startedAt } = check;
  state.step = 'server and roles';
  const checkServer = session.dialect === 'postgresql' ? checkPostgresql : checkMysql;
  state.findings.push(...(await checkServer(session, expectation.masterUser)));
  state.step = 'heartbeat';
  const code = codeAbout(expectation.cluster, evidence.code);
  const { newest, findings } = await readPulse(session, code, recoveryPoint, expectation.heartbeatSeconds);
  state.findings.push(...findings);
  if (newest !== undefined) {
    state.measured = Math.round((startedAt.getTime() - newest.getTime()) / 1000);
    if (state.measured > expectation.recoveryPointSeconds) {
      const detail = `${state.measured} seconds would be lost, ${expectation.recoveryPointSeconds} are declared`;
      state.findings.push({ kind: 'RecoveryPointExceeded', subject: 'heartbeat', detail });
    }
  }
  state.step = 'tables';
  const removals = genuine(evidence, state.findings);
  state.findings.push(...(await askTables(check, evidence, removals, session)));
}

/** What is not signed by us excuses nothing. */
function genuine({ removals, code }: Evidence, findings: RestoreFinding[]): Removal[] {
  return removals.flatMap(([subject, signed]) => {
    const opened = openRemovals(signed, code);
    if (opened === undefined) {
      findings.push({ kind: 'RemovalsForged', subject, detail: 'its signature is not ours' });
    }
    return opened ?? [];
  });
}

async function askTables(
  { expectation, recoveryPoint }: RestoreCheck,
  evidence: Evidence,
  removals: readonly Removal[],
  session: SqlSession,
): Promise<RestoreFinding[]> {
  if (evidence.baseline === undefined) {
    return [{ kind: 'BaselineMissing', subject: 'baseline', detail: 'none is of before the recovery point' }];
  }
  const baseline = openBaseline(evidence.baseline, evidence.code);
  if (baseline === undefined) {
    return [{ kind: 'BaselineForged', subject: 'baseline', detail: 'its signature is not ours' }];
  }
  if (Date.parse(baseline.takenAt) > recoveryPoint.getTime()) {
    const detail = `taken at ${baseline.takenAt}, after the recovery point`;
    return [{ kind: 'BaselineTooYoung', subject: 'baseline', detail }];
  }
  return checkTables(session, expectation.tables, baseline, removals, recoveryPoint);
}

/** Code or class of an error. Its message may quote a row. */
function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown error';
}

function deadline(milliseconds: number): { passed: Promise<'late'>; cancel: () => void } {
  let cancel = (): void => {};
  const passed = new Promise<'late'>((resolve) => {
    const timer = setTimeout(() => resolve('late'), milliseconds);
    cancel = () => clearTimeout(timer);
  });
  return { passed, cancel };
}
