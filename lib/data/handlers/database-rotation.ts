import { DatabaseError, type DatabaseServer, type DatabaseTarget } from './database-server';
import { complete, loginOf, LoginSecret, otherUser, type EngineName } from './login-secret';
import { randomText } from './random-text';
import { json, type SecretRotation } from './rotation';

/** Letters and digits of a password: 285 bits, beyond any guessing even of an unsalted hash. */
const PASSWORD_LENGTH = 48;

/**
 * Rotates a password by turns: each rotation gives the user that is *not* in use a new one. Whoever still holds the
 * password before keeps working until the rotation after this one.
 */
export function databaseRotation(
  engine: EngineName,
  server: DatabaseServer,
  target: DatabaseTarget,
  readOnlyLogins: readonly string[] = [],
): SecretRotation<LoginSecret> {
  const completed = (login: LoginSecret): Required<LoginSecret> =>
    complete(engine, target, login, readOnlyLogins.includes(loginOf(login.username)));
  return {
    format: json(LoginSecret),
    create: (current) => {
      if (current === undefined) {
        throw new DatabaseError('UnknownUser', 'the secret does not say whose password it is');
      }
      const next = { username: otherUser(current.username), password: randomText(PASSWORD_LENGTH) };
      return Promise.resolve(completed(next));
    },
    set: async (pending, current) => {
      if (pending.username === current?.username) {
        throw new DatabaseError('StaleVersion', `${pending.username} is in use; its password must not change now`);
      }
      await server.asMaster((master) => master.setPassword(pending));
    },
    test: async (pending) => {
      if (pending.url !== completed(pending).url) {
        throw new DatabaseError('StaleVersion', 'the database has moved since this version was made; rotate again');
      }
      if (!(await server.accepts(pending))) {
        throw new DatabaseError('LoginDoesNotWork', `${pending.username} is not let in with its new password`);
      }
    },
  };
}
