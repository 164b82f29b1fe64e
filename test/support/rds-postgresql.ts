import type pg from 'pg';
import { type DatabaseServer, type DatabaseTarget } from '../../lib/data/handlers/database-server';
import { type MasterLogin } from '../../lib/data/handlers/master-login';
import { postgresqlServer } from '../../lib/data/handlers/postgresql-server';
import { PostgresqlServer } from './postgresql';
import { TokenAuthority } from './token-authority';

/** The master user: not a superuser, as on Amazon RDS. */
export const MASTER = { username: 'clusteradmin', password: 'master-password' };

/** Name and password of somebody who is not the superuser. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/**
 * A real PostgreSQL, arranged as Amazon RDS hands one over: the master user may create roles and owns the databases, the
 * superuser is somebody else, and members of `rds_iam` are let in by token.
 */
export class RdsPostgresql {
  public static async start(): Promise<RdsPostgresql> {
    const rds = new RdsPostgresql(await PostgresqlServer.start(), await TokenAuthority.start());
    await rds.server.query('CREATE ROLE rds_iam NOLOGIN');
    await rds.server.query(`CREATE ROLE ${MASTER.username} LOGIN CREATEDB CREATEROLE PASSWORD '${MASTER.password}'`);
    await rds.server.query(`GRANT rds_iam TO ${MASTER.username} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`);
    await rds.server.query(`ALTER DATABASE postgres OWNER TO ${MASTER.username}`);
    await rds.server.query(`ALTER DATABASE template1 OWNER TO ${MASTER.username}`);
    await rds.letMasterInByPassword();
    return rds;
  }

  public readonly target: DatabaseTarget;
  /** How the handlers reach the server. */
  public readonly databaseServer: DatabaseServer;

  private constructor(
    public readonly server: PostgresqlServer,
    public readonly iam: TokenAuthority,
  ) {
    const { host, port } = server;
    this.target = { host, readerHost: host, port, database: 'shop' };
    this.databaseServer = this.databaseServerWith(() => Promise.reject(new Error('no token is expected')));
  }

  public async stop(): Promise<void> {
    await this.server.stop();
    await this.iam.stop();
  }

  /** The same, with another way to get a token. */
  public databaseServerWith(token: MasterLogin['token'], password = MASTER.password): DatabaseServer {
    const credentials = (): Promise<typeof MASTER> => Promise.resolve({ ...MASTER, password });
    return postgresqlServer(this.target, { credentials, token }, { ca: this.server.certificate });
  }

  /** The state of a server that never counts the master user among the members of `rds_iam`. */
  public async letMasterInByPassword(): Promise<void> {
    await this.server.admit(
      `hostssl all ${MASTER.username} 127.0.0.1/32 scram-sha-256`,
      `hostssl all +rds_iam 127.0.0.1/32 ${this.iam.method}`,
    );
  }

  /** The state of a server that does: administering a member is enough to count as one. */
  public async letMasterInByTokenAlone(): Promise<void> {
    await this.server.admit(`hostssl all +rds_iam 127.0.0.1/32 ${this.iam.method}`);
  }

  /** An empty database `shop`, and none of our roles. */
  public async reset(): Promise<void> {
    await this.server.query('DROP DATABASE IF EXISTS shop WITH (FORCE)');
    const roles = await this.server.query<{ rolname: string }>(
      `SELECT rolname FROM pg_roles WHERE shobj_description(oid, 'pg_authid') LIKE 'cdk-commerce-baseline%'`,
    );
    for (const { rolname } of roles) {
      await this.server.query(`DROP ROLE "${rolname}"`);
    }
    await this.server.query(`CREATE DATABASE shop OWNER ${MASTER.username}`);
  }

  /** Runs a statement in the database `shop`, as the superuser or as whoever is given. */
  public query<Row extends pg.QueryResultRow>(statement: string, as?: Login): Promise<Row[]> {
    return this.server.query<Row>(statement, { database: 'shop', ...as });
  }
}
