import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { databaseRotation } from './database-rotation';
import { masterLogin } from './master-login';
import { postgresqlServer } from './postgresql-server';
import { rotationHandler } from './rotation';
import { rotationSettings } from './rotation-settings';

const { target, masterSecretArn, readOnlyLogins } = rotationSettings(process.env);
const server = postgresqlServer(target, masterLogin(new SecretsManagerClient(), masterSecretArn, target));

export const handler = rotationHandler(databaseRotation('postgres', server, target, readOnlyLogins));
