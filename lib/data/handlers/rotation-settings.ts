import * as z from 'zod/mini';
import type { DatabaseTarget } from './database-server';

const Environment = z.object({
  DATABASE_HOST: z.string(),
  DATABASE_READER_HOST: z.string(),
  DATABASE_PORT: z.coerce.number(),
  DATABASE_NAME: z.string(),
  MASTER_SECRET_ARN: z.string(),
  READ_ONLY_LOGINS: z.string(),
});

/** What a rotation function is told. */
export interface RotationSettings {
  readonly target: DatabaseTarget;
  readonly masterSecretArn: string;
  /** Logins that connect to the readers. */
  readonly readOnlyLogins: readonly string[];
}

/** Reads the settings of a rotation function from its environment. */
export function rotationSettings(environment: NodeJS.ProcessEnv): RotationSettings {
  const settings = z.parse(Environment, environment);
  return {
    target: {
      host: settings.DATABASE_HOST,
      readerHost: settings.DATABASE_READER_HOST,
      port: settings.DATABASE_PORT,
      database: settings.DATABASE_NAME,
    },
    masterSecretArn: settings.MASTER_SECRET_ARN,
    readOnlyLogins: settings.READ_ONLY_LOGINS.split(','),
  };
}
