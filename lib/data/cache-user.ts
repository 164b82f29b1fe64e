import { Duration } from 'aws-cdk-lib';
import { Problems } from '../core/errors';
import { CacheAccess } from './cache-access';
import { requireInterval } from './secret-rotation';

/** What a user of a `SessionCache` may do. */
export interface CacheUserOptions {
  /**
   * Which commands the user may give.
   *
   * @default CacheAccess.application()
   */
  readonly access?: CacheAccess;
}

/** What a user of a `SessionCache` may do, and how long its password lives. */
export interface CachePasswordOptions extends CacheUserOptions {
  /**
   * How long a password is used: 1 to 1000 whole days. The one before stays good until the next rotation.
   *
   * @default - 30 days
   */
  readonly rotateEvery?: Duration;
}

/** Who logs in to a `SessionCache`, and how. */
export class CacheUser {
  /**
   * Logs in with a password that is rotated: for whatever client there is. `SessionCache.allow` gives the secret.
   *
   * @param name of the user: 1 to 32 lower-case letters, digits and hyphens, beginning with a letter
   * @param options what the user may do, and how often its password changes
   * @throws BaselineError `CacheUserNameInvalid`, `RotationIntervalOutOfRange`
   */
  public static withRotatedPassword(name: string, options: CachePasswordOptions = {}): CacheUser {
    const { rotateEvery = Duration.days(30), access = CacheAccess.application() } = options;
    return new CacheUser(name, access, rotateEvery);
  }

  /**
   * Logs in with a token signed by the workload's own role, good for 15 minutes, and is thrown out after twelve hours
   * unless it logs in again: for a client that can be told to do so. There is no password.
   *
   * @param name of the user: 1 to 32 lower-case letters, digits and hyphens, beginning with a letter
   * @param options what the user may do
   * @throws BaselineError `CacheUserNameInvalid`
   */
  public static withIam(name: string, options: CacheUserOptions = {}): CacheUser {
    return new CacheUser(name, options.access ?? CacheAccess.application());
  }

  private constructor(
    /** Name of the user, unique in its cache. */
    public readonly name: string,
    /** Which commands the user may give. */
    public readonly access: CacheAccess,
    /** How long a password is used; undefined when the user logs in by IAM. */
    public readonly rotateEvery?: Duration,
  ) {
    const problems = new Problems('CacheUser');
    problems.require(/^[a-z](-?[a-z0-9]){0,31}$/.test(name) && name !== 'default', {
      code: 'CacheUserNameInvalid',
      property: 'name',
      value: name,
      bound: 'be 1 to 32 lower-case letters, digits and single hyphens, begin with a letter, and not be default',
      remedy: 'Name what logs in: shop, for example.',
    });
    if (rotateEvery !== undefined) {
      requireInterval(problems, 'rotateEvery', rotateEvery);
    }
    problems.throwIfAny();
  }

  /** @internal */
  public _isSameAs({ name, access, rotateEvery }: CacheUser): boolean {
    return (
      name === this.name &&
      access.rules === this.access.rules &&
      rotateEvery?.toMilliseconds() === this.rotateEvery?.toMilliseconds()
    );
  }
}
