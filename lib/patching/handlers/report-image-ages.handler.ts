import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { createHandler } from './report-image-ages';

export const handler = createHandler({
  ecs: new ECSClient(),
  ecr: new ECRClient(),
  // Inspector allows few requests a second, and a large repository has many pages.
  inspector: new Inspector2Client({ maxAttempts: 8, retryMode: 'adaptive' }),
  s3: new S3Client(),
  cloudWatch: new CloudWatchClient(),
  sns: new SNSClient(),
  now: () => new Date(),
});
