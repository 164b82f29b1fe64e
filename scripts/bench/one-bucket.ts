import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';

// The least that anybody synthesises: what it costs is the floor under every app.
new Bucket(new Stack(new App(), 'OneBucket'), 'Bucket');
