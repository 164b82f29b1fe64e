import { CfnOutput } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AlertTopics, StorefrontJob } from '../../lib';
import { image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { templateOf } from '../support/stack';

test('says with which command it runs on demand', () => {
  const template = templateOf((stack) => {
    const { runTaskCommand } = new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image });
    new CfnOutput(stack, 'Run', { value: runTaskCommand });
  });
  const { Value } = template.findOutputs('Run').Run as { Value: { 'Fn::Join': [string, unknown[]] } };
  const text = Value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : '…')).join('');
  expect(text).toBe(
    'aws ecs run-task --region … --cluster … --task-definition … --launch-type FARGATE --network-configuration ' +
      "'awsvpcConfiguration={subnets=[subnet-0123456789abcdea0,subnet-0123456789abcdea1],securityGroups=[…]}'",
  );
});

test('tells somebody, on the next working day, when it fails or cannot be started', () => {
  const template = templateOf((stack) => {
    const alerts = new AlertTopics(stack, 'Alerts');
    new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image, alerts });
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      detail: {
        clusterArn: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'Arn'] }],
        group: [Match.stringLikeRegexp('^family:ForeignJobTaskDefinition')],
        lastStatus: ['STOPPED'],
        $or: [{ containers: { exitCode: [{ 'anything-but': [0] }] } }, { stopCode: ['TaskFailedToStart'] }],
      },
    },
    Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AlertsNotice') } })],
  });
});

test('runs before no rollout that does not wait for it', () => {
  const template = templateOf(
    (stack) => void new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image }),
  );
  template.resourceCountIs('Custom::JobBeforeRollout', 0);
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 0);
});
