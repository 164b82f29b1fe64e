import { S3Client } from '@aws-sdk/client-s3';
import { createHandler } from './objects/check-objects';

export const handler = createHandler(new S3Client());
