import {
  AuroraMysqlEngineVersion,
  AuroraPostgresEngineVersion,
  DatabaseClusterEngine,
  type IClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Problems } from '../core/errors';

/** What differs between the engines, for the constructs. */
interface EngineTraits {
  /** What AWS calls the engine. */
  readonly product: string;
  /** Where the cluster listens: not the port that everybody tries first. */
  readonly port: number;
  /** Where RDS Proxy listens, which cannot be chosen. */
  readonly proxyPort: number;
  readonly proxyFamily: 'POSTGRESQL' | 'MYSQL';
  /** Whether the engine has Aurora's Backtrack, on instances of a fixed size. */
  readonly canBacktrack: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly logs: string[];
  /** Where and how a refused login shows. */
  readonly failedLogins: { readonly log: string; readonly pattern: string };
  readonly loginsHandler: string;
  readonly rotationHandler: string;
  /** Longest name of a database, in characters. */
  readonly longestDatabaseName: number;
  readonly reservedDatabaseNames: readonly string[];
}

const POSTGRESQL: EngineTraits = {
  product: 'Aurora PostgreSQL',
  port: 5433,
  proxyPort: 5432,
  proxyFamily: 'POSTGRESQL',
  canBacktrack: false,
  parameters: {
    'rds.force_ssl': '1',
    ssl_min_protocol_version: 'TLSv1.2',
    password_encryption: 'scram-sha-256',
    'rds.accepted_password_auth_method': 'scram',
    shared_preload_libraries: 'pgaudit,pg_stat_statements',
    'pgaudit.role': 'rds_pgaudit',
    // Changes of tables and of privileges. Statements that read and write hold customers' data.
    'pgaudit.log': 'ddl,role',
    log_connections: '1',
    log_disconnections: '1',
  },
  logs: ['postgresql', 'iam-db-auth-error', 'instance'],
  failedLogins: {
    log: 'postgresql',
    pattern: '?"password authentication failed" ?"PAM authentication failed"',
  },
  loginsHandler: 'declare-postgresql-logins',
  rotationHandler: 'rotate-postgresql-password',
  // PostgreSQL cuts names after 63 characters; the longest group is called <database>_migrations.
  longestDatabaseName: 52,
  reservedDatabaseNames: ['postgres', 'rdsadmin', 'template0', 'template1'],
};

const MYSQL: EngineTraits = {
  product: 'Aurora MySQL',
  port: 3307,
  proxyPort: 3306,
  proxyFamily: 'MYSQL',
  canBacktrack: true,
  parameters: {
    require_secure_transport: 'ON',
    tls_version: 'TLSv1.2,TLSv1.3',
    server_audit_logging: '1',
    // Logins, changes of tables and of privileges. Statements that read and write hold customers' data.
    server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
  },
  // The general log stays empty, since nothing turns it on: it would hold every statement.
  logs: ['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error', 'instance'],
  failedLogins: { log: 'audit', pattern: '"FAILED_CONNECT"' },
  loginsHandler: 'declare-mysql-logins',
  rotationHandler: 'rotate-mysql-password',
  longestDatabaseName: 64,
  reservedDatabaseNames: [
    'cdk_commerce_baseline',
    'information_schema',
    'innodb',
    'mysql',
    'performance_schema',
    'sys',
  ],
};

/** Which engine, on which major line. Minor versions come by themselves, in the maintenance window. */
export class DatabaseEngine {
  /**
   * Aurora PostgreSQL.
   *
   * @param line the major line: `16` or later
   * @throws BaselineError `DatabaseEngineLineInvalid`
   */
  public static auroraPostgresql(line: string): DatabaseEngine {
    // Which roles of PostgreSQL may administer others was settled in 16; our logins rely on it.
    requireLine('auroraPostgresql', line, /^(1[6-9]|[2-9]\d)$/, 'be a major line from 16 on, such as 17');
    const version = AuroraPostgresEngineVersion.of(line, line);
    return new DatabaseEngine(line, POSTGRESQL, DatabaseClusterEngine.auroraPostgres({ version }));
  }

  /**
   * Aurora MySQL.
   *
   * @param line the line of MySQL: `8.0` or later
   * @throws BaselineError `DatabaseEngineLineInvalid`
   */
  public static auroraMysql(line: string): DatabaseEngine {
    requireLine('auroraMysql', line, /^([8-9]|[1-9]\d)\.\d$/, 'be a line of MySQL from 8.0 on, such as 8.4');
    const version = AuroraMysqlEngineVersion.of(line, line);
    return new DatabaseEngine(line, MYSQL, DatabaseClusterEngine.auroraMysql({ version }));
  }

  private constructor(
    /** The major line. */
    public readonly line: string,
    /** @internal */
    public readonly _traits: EngineTraits,
    /** @internal */
    public readonly _clusterEngine: IClusterEngine,
  ) {}

  /** Which SQL it speaks: `postgresql` or `mysql`. */
  public get dialect(): string {
    return this._traits.proxyFamily.toLowerCase();
  }
}

function requireLine(factory: string, line: string, pattern: RegExp, bound: string): void {
  const problems = new Problems(`DatabaseEngine.${factory}`);
  problems.require(pattern.test(line), {
    code: 'DatabaseEngineLineInvalid',
    property: 'line',
    value: line,
    bound,
    remedy: 'Leave the minor version out: a pinned one would undo automatic security updates.',
  });
  problems.throwIfAny();
}
