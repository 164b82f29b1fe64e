import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Signer } from '@aws-sdk/rds-signer';
import * as z from 'zod/mini';
import { DatabaseError, type Credentials, type DatabaseTarget } from './database-server';

/** How the master user logs in. */
export interface MasterLogin {
  /** User name and password, as RDS manages them. */
  credentials(): Promise<Credentials>;
  /** A token of IAM in the place of the password. */
  token(username: string): Promise<string>;
}

const MasterSecret = z.object({ username: z.string(), password: z.string() });

/** The master user whose password RDS keeps in the secret `secretId`. */
export function masterLogin(
  secrets: SecretsManagerClient,
  secretId: string,
  { host, port }: DatabaseTarget,
): MasterLogin {
  return {
    async credentials() {
      const { SecretString = '' } = await secrets.send(
        new GetSecretValueCommand({ SecretId: secretId, VersionStage: 'AWSCURRENT' }),
      );
      const parsed = z.safeParse(MasterSecret, jsonOf(SecretString));
      if (!parsed.success) {
        throw new DatabaseError('MasterSecretMalformed', `${secretId} holds no user name and password`);
      }
      return parsed.data;
    },
    token: (username) => new Signer({ hostname: host, port, username }).getAuthToken(),
  };
}

/**
 * Logs in as the master user: with the password, and when that is refused with a token. From PostgreSQL 16 on whoever
 * creates a role is an administrator of it, and a user that counts as a member of `rds_iam` gets in by token alone: our
 * own logins could shut the password out.
 */
export async function logInAsMaster<Connection>(
  login: MasterLogin,
  connect: (credentials: Credentials) => Promise<Connection>,
  isRefusal: (error: unknown) => boolean,
): Promise<Connection> {
  const { username, password } = await login.credentials();
  try {
    return await connect({ username, password });
  } catch (error) {
    if (!isRefusal(error)) {
      throw error;
    }
  }
  try {
    return await connect({ username, password: await login.token(username) });
  } catch (error) {
    if (!isRefusal(error)) {
      throw error;
    }
    throw new DatabaseError('MasterLoginRefused', `${username} is let in neither by password nor by IAM`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
