import { Duration, TimeZone } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { StorefrontJob } from '../../lib';
import { image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { templateOf } from '../support/stack';

const schedule = ScheduleExpression.cron({ minute: '15', hour: '3', timeZone: TimeZone.ASIA_MANILA });
const template = templateOf(
  (stack) => void new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image, schedule }),
);
const taskDefinition = { Ref: Match.stringLikeRegexp('^JobTaskDefinition') };

test('starts the job by the clock of a time zone, in private subnets, for an hour and no longer', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(15 3 * * ? *)',
    ScheduleExpressionTimezone: 'Asia/Manila',
    State: 'ENABLED',
    Target: {
      Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'Arn'] },
      EcsParameters: {
        LaunchType: 'FARGATE',
        PlatformVersion: 'LATEST',
        TaskDefinitionArn: taskDefinition,
        NetworkConfiguration: {
          AwsvpcConfiguration: Match.objectLike({
            AssignPublicIp: 'DISABLED',
            SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^JobTaskSecurityGroup'), 'GroupId'] }],
          }),
        },
      },
      RetryPolicy: { MaximumEventAgeInSeconds: Duration.hours(1).toSeconds(), MaximumRetryAttempts: 10 },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^JobClockNotStarted'), 'Arn'] } },
    },
  });
});

test('may start that job, hand it its two roles and keep what failed, and nothing else', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
        Match.objectLike({
          Action: 'iam:PassRole',
          Resource: [
            { 'Fn::GetAtt': [Match.stringLikeRegexp('^JobTaskTaskRole'), 'Arn'] },
            { 'Fn::GetAtt': [Match.stringLikeRegexp('^JobTaskExecutionRole'), 'Arn'] },
          ],
        }),
        Match.objectLike({ Action: 'ecs:RunTask', Resource: taskDefinition }),
        Match.objectLike({ Action: 'sqs:SendMessage' }),
      ]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('^JobClockRole') }],
  });
});

test('starts nothing without a schedule', () => {
  templateOf(
    (stack) => void new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image }),
  ).resourceCountIs('AWS::Scheduler::Schedule', 0);
});
