import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { customResource } from '../../core/handlers/custom-resource';
import { databaseRoles } from './database-roles';
import { masterLogin } from './master-login';
import { postgresqlServer } from './postgresql-server';

const secrets = new SecretsManagerClient();

export const handler = customResource(
  databaseRoles(
    'postgres',
    (target, masterSecretArn) => postgresqlServer(target, masterLogin(secrets, masterSecretArn, target)),
    { secrets, events: new EventBridgeClient() },
  ),
);
