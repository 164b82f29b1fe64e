import * as z from 'zod/mini';
import { alternatingUsers } from '../login-name';
import { DatabaseError, type DatabaseTarget } from './database-server';

/** The engines, as a URL and AWS's own secrets name them. */
export type EngineName = 'postgres' | 'mysql';

/** What stands in the secret of a login with a rotated password: before the first rotation, only name and password. */
export const LoginSecret = z.object({
  username: z.string(),
  password: z.string(),
  host: z.optional(z.string()),
  port: z.optional(z.number()),
  dbname: z.optional(z.string()),
  engine: z.optional(z.string()),
  url: z.optional(z.string()),
});
export type LoginSecret = z.infer<typeof LoginSecret>;

/** The same login with everything an application has to know, for the database at `target`. */
export function complete(
  engine: EngineName,
  target: DatabaseTarget,
  { username, password }: LoginSecret,
  isReadOnly: boolean,
): Required<LoginSecret> {
  const { port, database: dbname } = target;
  const host = isReadOnly ? target.readerHost : target.host;
  // Letters, digits and underscores: nothing of this has to be escaped.
  const address = `${username}:${password}@${host}:${port}/${dbname}`;
  const url = engine === 'postgres' ? `postgresql://${address}?sslmode=verify-full` : `mysql://${address}`;
  return { username, password, host, port, dbname, engine, url };
}

/** The login that one of two alternating users belongs to. */
export function loginOf(username: string): string {
  const login = username.slice(0, -2);
  if (!alternatingUsers(login).includes(username)) {
    throw new DatabaseError('UnknownUser', `${username} is not one of two alternating users`);
  }
  return login;
}

/** The user whose turn it is after `username`. */
export function otherUser(username: string): string {
  const [a, b] = alternatingUsers(loginOf(username));
  return username === a ? b : a;
}
