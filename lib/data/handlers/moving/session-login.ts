import { Signer } from '@aws-sdk/rds-signer';
import * as z from 'zod/mini';
import type { SessionLogin } from './postgresql-session';

const Environment = z.object({
  DATABASE_HOST: z.string(),
  DATABASE_PORT: z.coerce.number(),
  DATABASE_NAME: z.string(),
  DATABASE_USER: z.string(),
});

/** How a function that moves data logs in: by a token of IAM, which is good for the login and for 15 minutes. */
export async function sessionLogin(environment: NodeJS.ProcessEnv): Promise<SessionLogin> {
  const { DATABASE_HOST: host, DATABASE_PORT: port, ...rest } = z.parse(Environment, environment);
  const { DATABASE_NAME: database, DATABASE_USER: username } = rest;
  const password = await new Signer({ hostname: host, port, username }).getAuthToken();
  return { host, port, database, username, password };
}
