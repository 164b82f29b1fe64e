import { Match, type Template } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, LogStore, Network } from '../../lib';
import { templateOf } from '../support/stack';

const env = { account: '111122223333', region: 'ap-southeast-1' };

describe('in a log group of the network', () => {
  const template = templateOf((stack) => new Network(stack, 'Network'), { env });

  test('writes down every connection of the VPC each minute, with what stands behind addresses', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'VPC',
      ResourceId: { 'Fn::GetAtt': ['NetworkVpc', 'VpcId'] },
      TrafficType: 'ALL',
      MaxAggregationInterval: 60,
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: { Ref: 'NetworkFlowLogLogs' },
    });
    const [format] = formatsOf(template);
    ['pkt-srcaddr', 'pkt-dstaddr', 'flow-direction', 'traffic-path', 'tcp-flags', 'az-id', 'action'].forEach((field) =>
      expect(format).toContain(`\${${field}}`),
    );
  });

  test('keeps it for thirteen months, also when the network goes', () => {
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 400 },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('is written by a role that the flow logs of this account alone may take', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      Description: 'Writes flow logs',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111122223333' },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Join': [
                    '',
                    ['arn:', { Ref: 'AWS::Partition' }, ':ec2:ap-southeast-1:111122223333:vpc-flow-log/*'],
                  ],
                },
              },
            },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': ['NetworkFlowLogLogs', 'Arn'] },
          },
        ],
      },
      Roles: [{ Ref: Match.stringLikeRegexp('^NetworkFlowLogRole') }],
    });
  });
});

test('goes into a log store as columns, once log delivery may write there', () => {
  const template = templateOf((stack) => {
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
    new Network(stack, 'Network', { key, logs: new LogStore(stack, 'Logs', { key }) });
  });
  template.hasResource('AWS::EC2::FlowLog', {
    Properties: {
      LogDestinationType: 's3',
      LogDestination: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['LogsBucket', 'Arn'] }, '/vpc-flow-logs']] },
      DestinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
      DeliverLogsPermissionArn: Match.absent(),
    },
    DependsOn: [Match.stringLikeRegexp('^LogsBucketPolicy')],
  });
});

function formatsOf(template: Template): string[] {
  return Object.values(template.findResources('AWS::EC2::FlowLog')).map(
    ({ Properties }) => (Properties as { LogFormat: string }).LogFormat,
  );
}
