import { Duration, Token } from 'aws-cdk-lib';
import { Problems } from '../core/errors';

/** How a proxy shares the connections of a database. */
export interface DatabaseProxyOptions {
  /**
   * How many of the connections that the database can hold the proxy may open, in per cent: 1 to 100. The rest is for
   * migrations, reports and people.
   *
   * @default 80
   */
  readonly maxConnectionsPercent?: number;

  /**
   * How long a client may keep a connection to the proxy idle: 1 minute to 8 hours.
   *
   * @default - 30 minutes
   */
  readonly idleClientTimeout?: Duration;
}

/**
 * RDS Proxy in front of a database: it holds connections for many short-lived clients and hides a failover from them.
 *
 * Costs about 0.015 USD an hour for each capacity unit of the database, at least for eight: from 88 USD a month.
 */
export class DatabaseProxy {
  /**
   * Clients log in to the proxy with a token of IAM, and the proxy to the database with another: there is no password
   * anywhere. Read-write logins by IAM go through it. Logins with a password do not, because a proxy knows one password
   * for each user and would drop the one before; nor do migrations and reports, which would hold a connection for
   * themselves.
   *
   * @param options how the proxy shares connections
   * @throws BaselineError `MaxConnectionsPercentOutOfRange`, `IdleClientTimeoutOutOfRange`
   */
  public static withIam(options: DatabaseProxyOptions = {}): DatabaseProxy {
    const { maxConnectionsPercent = 80, idleClientTimeout = Duration.minutes(30) } = options;
    const problems = new Problems('DatabaseProxy.withIam');
    problems.require(isWithin(maxConnectionsPercent, 1, 100), {
      code: 'MaxConnectionsPercentOutOfRange',
      property: 'maxConnectionsPercent',
      value: maxConnectionsPercent,
      bound: 'be a whole number from 1 to 100',
      remedy: 'Leave it out: 80 leaves room for migrations, reports and people.',
    });
    problems.require(isWithin(idleClientTimeout.toSeconds(), 60, 28_800), {
      code: 'IdleClientTimeoutOutOfRange',
      property: 'idleClientTimeout',
      value: idleClientTimeout.toHumanString(),
      bound: 'be from 1 minute to 8 hours',
      remedy: 'Leave it out: half an hour is more than a connection pool needs.',
    });
    problems.throwIfAny();
    return new DatabaseProxy(maxConnectionsPercent, idleClientTimeout);
  }

  private constructor(
    /** @internal */
    public readonly _maxConnectionsPercent: number,
    /** @internal */
    public readonly _idleClientTimeout: Duration,
  ) {}
}

function isWithin(value: number, least: number, most: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most);
}
