import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { S3Client } from '@aws-sdk/client-s3';
import { createHandler } from './judge-image';

// Inspector allows few requests a second, and a large repository has many pages.
export const handler = createHandler({
  inspector: new Inspector2Client({ maxAttempts: 8, retryMode: 'adaptive' }),
  s3: new S3Client(),
  now: () => new Date(),
});
