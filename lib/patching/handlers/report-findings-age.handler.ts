import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { createHandler } from './report-findings-age';

// Inspector allows few requests a second, and a large account has many pages.
const patient = { maxAttempts: 8, retryMode: 'adaptive' };

export const handler = createHandler({
  inspector: new Inspector2Client(patient),
  s3: new S3Client(),
  cloudWatch: new CloudWatchClient(),
  sns: new SNSClient(),
  now: () => new Date(),
});
