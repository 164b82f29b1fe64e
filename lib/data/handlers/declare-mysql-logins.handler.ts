import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { customResource } from '../../core/handlers/custom-resource';
import { databaseRoles } from './database-roles';
import { masterLogin } from './master-login';
import { mysqlServer } from './mysql-server';

const secrets = new SecretsManagerClient();

export const handler = customResource(
  databaseRoles(
    'mysql',
    (target, masterSecretArn) => mysqlServer(target, masterLogin(secrets, masterSecretArn, target)),
    {
      secrets,
      events: new EventBridgeClient(),
    },
  ),
);
