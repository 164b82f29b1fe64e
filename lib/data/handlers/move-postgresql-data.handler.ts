import { S3Client } from '@aws-sdk/client-s3';
import { dataTask } from './moving/data-task';
import { postgresqlTarget } from './moving/load-targets';
import { postgresqlSession } from './moving/postgresql-session';
import { sessionLogin } from './moving/session-login';

export const handler = dataTask({
  s3: new S3Client(),
  session: async () => postgresqlSession(await sessionLogin(process.env)),
  target: postgresqlTarget,
});
