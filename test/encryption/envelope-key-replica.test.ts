import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, EnvelopeKeyReplica } from '../../lib';
import { TODAY } from '../support/stack';

const app = new App({ context: TODAY });
const home = new Stack(app, 'Home', { env: { account: '111122223333', region: 'eu-central-1' } });
const away = new Stack(app, 'Away', { env: { account: '111122223333', region: 'eu-west-1' } });
const primaryKey = new DataKey(home, 'Key', { dataClass: DataClass.APPLICATION });
new EnvelopeKeyReplica(away, 'Replica', { primaryKey });
const template = Template.fromStack(away);

test('follows its primary from another Region, by a reference that does not tie the stacks together', () => {
  template.hasResourceProperties('AWS::KMS::ReplicaKey', {
    PrimaryKeyArn: { 'Fn::GetStackOutput': Match.objectLike({ Region: 'eu-central-1', StackName: 'Home' }) },
  });
});

test('is retained, and has a policy of its own in its own Region', () => {
  template.hasResource('AWS::KMS::ReplicaKey', {
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: {
      PendingWindowInDays: 30,
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'NoDeletion' })]) },
    },
  });
});
