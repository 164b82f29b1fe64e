import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { AwsSolutionsChecks } from 'cdk-nag';

// An app with nothing to object to; with the store "planted", also a bucket that nobody looked after.
const app = new App();
const stack = new Stack(app, 'Marketing', { env: { account: '111122223333', region: 'eu-central-1' } });
new StringParameter(stack, 'Motto', { stringValue: 'Open soon' });
if (app.node.tryGetContext('store') === 'planted') {
  new Bucket(stack, 'Pictures');
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
