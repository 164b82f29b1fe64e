import { Match } from 'aws-cdk-lib/assertions';
import { OriginFacingPrefixList } from '../../lib/compute/origin-facing-prefix-list';
import { DataClass, DataKey } from '../../lib';
import { templateOf } from '../support/stack';

const template = templateOf((stack) => {
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  new OriginFacingPrefixList(stack, 'CloudFront', { key });
});

test('is looked up while the stack is deployed, and gives up within two minutes', () => {
  template.hasResourceProperties('Custom::OriginFacingPrefixList', {
    ServiceToken: { 'Fn::GetAtt': [Match.stringLikeRegexp('^CloudFrontLookUpFunction'), 'Arn'] },
    ServiceTimeout: '120',
  });
});

test('may look up prefix lists, and do nothing else in the account', () => {
  const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
  const { Statement } = (
    policy.Properties as { PolicyDocument: { Statement: { Action: string; Resource: unknown }[] } }
  ).PolicyDocument;
  expect(Statement.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action)).toEqual([
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'ec2:DescribeManagedPrefixLists',
  ]);
});
