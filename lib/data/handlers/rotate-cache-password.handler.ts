import { setTimeout as pause } from 'node:timers/promises';
import { DescribeUsersCommand, ElastiCacheClient, ModifyUserCommand } from '@aws-sdk/client-elasticache';
import * as z from 'zod/mini';
import { randomText } from './random-text';
import { json, rotationHandler, type SecretRotation } from './rotation';
import { RotationError } from './secret-versions';
import { logIn, type ValkeyLogin } from './valkey-login';

/** The address is missing in the value that CloudFormation generated: the cache was made after its users. */
const Login = z.object({
  username: z.string().check(z.minLength(1)),
  userId: z.string().check(z.minLength(1)),
  password: z.string().check(z.minLength(16)),
  host: z.optional(z.string()),
  port: z.optional(z.number()),
  url: z.optional(z.string()),
});
type Login = z.infer<typeof Login>;

/** The cache whose users are rotated, and how its answers are got. */
export interface CacheContact {
  readonly users: ElastiCacheClient;
  readonly host: string;
  readonly port: number;
  logIn(login: ValkeyLogin): Promise<void>;
  /** Milliseconds between two looks at a user that is being changed. */
  readonly pause: number;
}

/** ElastiCache takes longer than this attempt does; the next one finds it done. */
class UserStillChanging extends Error {
  public override readonly name = 'UserStillChanging';
}

/** Looks at a user before the attempt is given up: with a pause of five seconds, three minutes. */
const LOOKS = 36;

/** A new password may reach a node a little after ElastiCache says so. */
const LOGIN_ATTEMPTS = 6;

/**
 * Rotates the password of an ElastiCache user. A user has up to two passwords: the new one is set beside the one in use,
 * which stays good until the next rotation, so a service has all that time to be deployed again.
 */
export function cachePassword(contact: CacheContact): SecretRotation<Login> {
  const { users, host, port } = contact;
  return {
    format: json(Login),
    create(current) {
      if (current === undefined) {
        throw new RotationError('ValueMissing', 'the secret does not say whose password it is');
      }
      const { username, userId } = current;
      const password = randomText(64);
      return Promise.resolve({ username, userId, password, host, port, url: urlOf(contact, username, password) });
    },
    async set(pending, current) {
      const passwords = current === undefined ? [pending.password] : [current.password, pending.password];
      await untilActive(contact, pending.userId);
      await users.send(
        new ModifyUserCommand({
          UserId: pending.userId,
          AuthenticationMode: { Type: 'password', Passwords: passwords },
        }),
      );
      await untilActive(contact, pending.userId);
    },
    async test({ username, password }) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await contact.logIn({ host, port, username, password });
        } catch (error) {
          if (attempt === LOGIN_ATTEMPTS) {
            throw error;
          }
          await pause(contact.pause);
        }
      }
    },
  };
}

/** Neither a password nor a user's name holds what a URL would read otherwise. */
function urlOf({ host, port }: CacheContact, username: string, password: string): string {
  return `rediss://${username}:${password}@${host}:${port}`;
}

/** ElastiCache refuses to change a user that it is changing. */
async function untilActive({ users, pause: between }: CacheContact, UserId: string): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const { Users } = await users.send(new DescribeUsersCommand({ UserId }));
    if (Users?.[0]?.Status === 'active') {
      return;
    }
    await pause(between);
  }
  throw new UserStillChanging(`the user ${UserId} is not active yet`);
}

const { CACHE_HOST = '', CACHE_PORT = '' } = process.env;

export const handler = rotationHandler(
  cachePassword({ users: new ElastiCacheClient(), host: CACHE_HOST, port: Number(CACHE_PORT), logIn, pause: 5_000 }),
);
