import { type S3Endpoint } from './s3';
import { dataTask } from '../../lib/data/handlers/moving/data-task';
import { postgresqlTarget } from '../../lib/data/handlers/moving/load-targets';
import { postgresqlSession, type SessionLogin } from '../../lib/data/handlers/moving/postgresql-session';
import { type RdsPostgresql } from './rds-postgresql';

/** The bucket of every test. */
export const BUCKET = 'shop-dumps';

/** What the handlers answer, as the state machine reads it. */
export interface Answer {
  readonly done?: boolean;
  readonly bytes?: number;
  readonly totalBytes?: number;
  readonly rows?: number;
  readonly tables?: number;
  readonly equal?: boolean;
  readonly differences?: readonly { readonly table: string; readonly kind: string; readonly rows: readonly number[] }[];
}

/** Time that is up after so many questions, as the handlers count it. */
export function timeFor(batches: number): { getRemainingTimeInMillis: () => number } {
  let left = batches;
  return { getRemainingTimeInMillis: () => (left-- > 0 ? 600_000 : 0) };
}

/** The login of whoever loads, declared and given a password: as it stands after a deployment. */
export async function declareLoader(rds: RdsPostgresql): Promise<SessionLogin> {
  const username = 'data_load';
  const password = 'only-for-this-test';
  await rds.databaseServer.asMaster(async (master) => {
    await master.declare([{ name: username, privileges: 'migrations', iam: false }]);
    await master.setPassword({ username, password });
  });
  const { host, port, database } = rds.target;
  return { host, port, database, username, password };
}

/** The handler that moves data of a PostgreSQL, with a password in the place of a token. */
export function postgresqlMover(rds: RdsPostgresql, s3: S3Endpoint, login: SessionLogin): ReturnType<typeof dataTask> {
  const tls = { ca: rds.server.certificate };
  return dataTask(
    { s3: s3.client(), session: () => postgresqlSession(login, tls), target: postgresqlTarget },
    { BUCKET },
  );
}
