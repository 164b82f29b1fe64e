import { RDSClient } from '@aws-sdk/client-rds';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createHandler } from './hold-database-upgrades';

export const handler = createHandler({ ssm: new SSMClient(), rds: new RDSClient() });
