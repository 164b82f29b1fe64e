import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createHandler } from './report-hosts';

// Systems Manager allows few requests a second, and shares them with the console and the agents.
const patient = { maxAttempts: 8, retryMode: 'adaptive' };

export const handler = createHandler({
  ec2: new EC2Client(patient),
  ssm: new SSMClient(patient),
  cloudWatch: new CloudWatchClient(),
  sns: new SNSClient(),
  now: () => new Date(),
});
