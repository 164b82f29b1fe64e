import { S3Client } from '@aws-sdk/client-s3';
import { dataTask } from './moving/data-task';
import { mysqlTarget } from './moving/load-targets';
import { mysqlSession } from './moving/mysql-session';
import { sessionLogin } from './moving/session-login';

export const handler = dataTask({
  s3: new S3Client(),
  session: async () => mysqlSession(await sessionLogin(process.env)),
  target: mysqlTarget,
});
