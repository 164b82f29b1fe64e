import { Duration } from 'aws-cdk-lib';
import { Problems } from '../core/errors';
import { alternatingUsers, isLoginName, LONGEST_LOGIN_NAME, type Privileges } from './login-name';
import { requireInterval } from './secret-rotation';

/** How often a password changes. */
export interface RotatedPasswordOptions {
  /**
   * How long a password is used: 1 to 1000 whole days. The one before stays good until the next rotation.
   *
   * @default - 30 days
   */
  readonly rotateEvery?: Duration;
}

/**
 * A login to the database with the least privileges for its work. It logs in by IAM, with a token that is valid for 15
 * minutes, unless it has a rotated password.
 */
export class DatabaseRole {
  /**
   * Reads and writes the rows of every table, and changes no table.
   *
   * @param name name of the login: at most 30 lower-case letters, digits and underscores
   * @throws BaselineError `LoginNameInvalid`
   */
  public static readWrite(name: string): DatabaseRole {
    return new DatabaseRole(name, 'readWrite');
  }

  /**
   * Reads every table, from the readers where there are any, and writes nothing.
   *
   * @param name name of the login: at most 30 lower-case letters, digits and underscores
   * @throws BaselineError `LoginNameInvalid`
   */
  public static readOnly(name: string): DatabaseRole {
    return new DatabaseRole(name, 'readOnly');
  }

  /**
   * Creates, changes and drops tables, and reads and writes them: for whatever migrates the database before a rollout.
   *
   * @param name name of the login: at most 30 lower-case letters, digits and underscores
   * @throws BaselineError `LoginNameInvalid`
   */
  public static migrations(name: string): DatabaseRole {
    return new DatabaseRole(name, 'migrations');
  }

  /**
   * Writes heartbeats, and can neither change one nor read a table of the shop.
   *
   * @internal
   */
  public static _heartbeats(): DatabaseRole {
    return new DatabaseRole('heartbeat_writer', 'heartbeats');
  }

  /**
   * Reads every table and the heartbeats, and writes nothing: in the live database and, since roles are restored with
   * what they may, in a copy.
   *
   * @internal
   */
  public static _validation(): DatabaseRole {
    return new DatabaseRole('restore_validator', 'validation');
  }

  private constructor(
    /** Name of the login. */
    public readonly loginName: string,
    /** @internal */
    public readonly _privileges: Privileges,
    /** @internal */
    public readonly _rotateEvery?: Duration,
  ) {
    const problems = new Problems('DatabaseRole');
    problems.require(isLoginName(loginName), {
      code: 'LoginNameInvalid',
      property: 'name',
      value: loginName,
      bound: `be at most ${LONGEST_LOGIN_NAME} lower-case letters, digits and underscores that mean nothing to a database`,
      remedy: 'Call it after what logs in: shop, reports, shop_migrations.',
    });
    if (_rotateEvery !== undefined) {
      requireInterval(problems, 'rotateEvery', _rotateEvery);
    }
    problems.throwIfAny();
  }

  /**
   * The same login for an application that knows only passwords. Two users take turns: while one password is in use,
   * the other user is given the next, so that no moment is without a working one.
   *
   * @param options how often the password changes
   * @throws BaselineError `RotationIntervalOutOfRange`
   */
  public withRotatedPassword(options: RotatedPasswordOptions = {}): DatabaseRole {
    return new DatabaseRole(this.loginName, this._privileges, options.rotateEvery ?? Duration.days(30));
  }

  /** @internal */
  public get _users(): readonly string[] {
    return this._rotateEvery === undefined ? [this.loginName] : alternatingUsers(this.loginName);
  }

  /** @internal */
  public _isSameAs({ loginName, _privileges, _rotateEvery }: DatabaseRole): boolean {
    return (
      loginName === this.loginName &&
      _privileges === this._privileges &&
      _rotateEvery?.toMilliseconds() === this._rotateEvery?.toMilliseconds()
    );
  }
}
