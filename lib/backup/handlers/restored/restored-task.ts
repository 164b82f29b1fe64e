import { Logger } from '@aws-lambda-powertools/logger';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { SessionLogin } from '../../../data/handlers/moving/postgresql-session';
import { sessionLogin } from '../../../data/handlers/moving/session-login';
import type { SqlSession } from '../../../data/handlers/moving/sql-session';
import { takeBaseline } from './baseline';
import { checkRestore, type RestoreReport } from './check-restore';
import { EvidenceStore } from './evidence';
import { Expectation } from './expectation';
import { writeHeartbeat } from './heartbeat';
import { codeAbout } from './message-code';

/** One bundle, three functions: each has the rights of its verb alone. */
const Verb = z.object({ VERB: z.enum(['beat', 'baseline', 'check']) });

const Restored = z.object({
  restoreJobId: z.string().check(z.minLength(1)),
  /** Where the copy is. */
  endpoint: z.string(),
  port: z.number(),
  database: z.string(),
  /** The moment that the copy is of. */
  recoveryPointAt: z.iso.datetime({ offset: true }),
  restoreStartedAt: z.iso.datetime({ offset: true }),
});

/** Kept back for the answer: what hangs is told before the function is cut off. */
const RESERVE_MILLISECONDS = 15_000;

/** A cluster that is available has a name and logins a little later, now and then. */
const PATIENCE = { pauseMilliseconds: 15_000, mostMilliseconds: 300_000 };

/** Findings that an answer names: a state machine carries 256 KiB. */
const MOST_NAMED = 100;

/** How the database, its evidence and the key are reached. */
export interface RestoredTaskClients {
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly connect: (login: SessionLogin) => Promise<SqlSession>;
  /**
   * The database that whoever writes heartbeats connects to, where it may not connect to the shop's.
   *
   * @default - the shop's
   */
  readonly heartbeatDatabase?: string;
  /** @default - now */
  readonly clock?: () => Date;
}

const logger = new Logger();

/** Writes a heartbeat, takes a baseline, or checks a restored copy. */
export function restoredTask(clients: RestoredTaskClients, environment: NodeJS.ProcessEnv = process.env) {
  return async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<object> => {
    const { VERB } = z.parse(Verb, environment);
    const task = { ...clients, environment, evidence: new EvidenceStore(clients.s3, clients.secrets, environment) };
    switch (VERB) {
      case 'beat':
        return beat(task);
      case 'baseline':
        return baseline(task);
      case 'check':
        return check(task, event, context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS);
    }
  };
}

interface Task extends RestoredTaskClients {
  readonly environment: NodeJS.ProcessEnv;
  readonly evidence: EvidenceStore;
}

async function beat({ connect, heartbeatDatabase, environment, evidence, clock = now }: Task): Promise<object> {
  const code = codeAbout(expectationIn(environment).cluster, await evidence.code());
  const login = await sessionLogin(environment);
  const session = await connect({ ...login, database: heartbeatDatabase ?? login.database });
  try {
    const sequence = await writeHeartbeat(session, code, clock());
    logger.info('Heartbeat', { sequence });
    return { sequence };
  } finally {
    await session.end().catch(() => {});
  }
}

async function baseline({ connect, environment, evidence, clock = now }: Task): Promise<object> {
  const code = await evidence.code();
  const session = await connect(await sessionLogin(environment));
  try {
    const { tables } = expectationIn(environment);
    const { takenAt, signed } = await takeBaseline(session, tables, code, clock);
    const key = await evidence.keepBaseline(takenAt, signed);
    logger.info('Baseline', { key });
    return { key };
  } finally {
    await session.end().catch(() => {});
  }
}

async function check(
  { connect, environment, evidence }: Task,
  event: unknown,
  deadlineMilliseconds: number,
): Promise<RestoreReport> {
  const { restoreJobId, endpoint, port, database, recoveryPointAt, restoreStartedAt } = z.parse(Restored, event);
  const copy = { DATABASE_HOST: endpoint, DATABASE_PORT: String(port), DATABASE_NAME: database };
  const recoveryPoint = new Date(recoveryPointAt);
  const report = await checkRestore({
    connect: async () => connect(await sessionLogin({ ...environment, ...copy })),
    evidence: () => evidence.read(recoveryPoint),
    expectation: expectationIn(environment),
    recoveryPoint,
    startedAt: new Date(restoreStartedAt),
    patience: PATIENCE,
    deadlineMilliseconds,
  });
  const { isRight, findings } = report;
  logger.info('Checked', { restoreJobId, isRight, findings: findings.length });
  return { ...report, findings: findings.slice(0, MOST_NAMED) };
}

function expectationIn({ EXPECTATION = '' }: NodeJS.ProcessEnv): Expectation {
  return z.parse(Expectation, JSON.parse(EXPECTATION));
}

function now(): Date {
  return new Date();
}
