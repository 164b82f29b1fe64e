import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { postgresqlSession } from '../../data/handlers/moving/postgresql-session';
import { restoredTask } from './restored/restored-task';

export const handler = restoredTask({
  s3: new S3Client(),
  secrets: new SecretsManagerClient(),
  connect: (login) => postgresqlSession(login),
});
