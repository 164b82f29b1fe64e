// What `MoveProcess` runs: one invocation of the handler that moves data, with a password in the place of a token.
import { S3Client } from '@aws-sdk/client-s3';
import { dataTask } from '../../lib/data/handlers/moving/data-task';
import { mysqlTarget, postgresqlTarget } from '../../lib/data/handlers/moving/load-targets';
import { mysqlSession } from '../../lib/data/handlers/moving/mysql-session';
import { postgresqlSession } from '../../lib/data/handlers/moving/postgresql-session';
import { type MoveRequest } from './data-move-process';

const request = JSON.parse(process.argv[2] ?? '') as MoveRequest;
const { login, ca, bucket: BUCKET } = request;
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const s3 = new S3Client({ endpoint: request.s3, region: 'eu-central-1', credentials, forcePathStyle: true });
const handler =
  request.engine === 'postgresql'
    ? dataTask({ s3, session: () => postgresqlSession(login, { ca }), target: postgresqlTarget }, { BUCKET })
    : dataTask({ s3, session: () => mysqlSession(login, { ca }), target: mysqlTarget }, { BUCKET });

void handler(request.event, { getRemainingTimeInMillis: () => 600_000 }).then((answer) => {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
