import { GIVEN, judged, outcomeOf, type JudgedResources, type Outcome } from '../../support/rule-outcome';

const FUNCTION = 'AWS::Lambda::Function';
const ARN = { 'Fn::GetAtt': ['Judged', 'Arn'] };
const REF = { Ref: 'Judged' };
const KEPT = { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-central-1:111122223333:failures' } };

/** A function, and what calls it. */
const called = (by: JudgedResources, properties: object = {}): JudgedResources => judged(FUNCTION, properties, by);
const beside = (Type: string, Properties: object): JudgedResources => ({ Caller: { Type, Properties } });
const rule = (...arns: readonly unknown[]): JudgedResources =>
  beside('AWS::Events::Rule', { Targets: arns.map((Arn, place) => ({ Arn, Id: `Target${place}` })) });
const subscription = (Protocol: string): JudgedResources =>
  beside('AWS::SNS::Subscription', { Protocol, Endpoint: ARN, TopicArn: 'arn:topic' });
const config = (properties: object): JudgedResources => ({
  Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { Qualifier: '$LATEST', ...properties } },
});
const destination = {
  DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:111122223333:failures' } },
};
const notifying = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: ARN }] };
const alias = {
  Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: REF, FunctionVersion: '1', Name: 'live' } },
};

test.each<[about: string, outcome: Outcome, resources: JudgedResources]>([
  ['called by a rule, with a queue', 'compliant', called(rule(ARN), KEPT)],
  [
    'called by a rule, with a destination',
    'compliant',
    called({ ...rule(ARN), ...config({ FunctionName: REF, ...destination }) }),
  ],
  [
    'called by a rule, with a destination of successes',
    'objection',
    called({
      ...rule(ARN),
      ...config({
        FunctionName: REF,
        DestinationConfig: { OnSuccess: { Destination: 'arn:aws:sns:eu-central-1:111122223333:done' } },
      }),
    }),
  ],
  [
    'called by a rule, and another function has a destination',
    'objection',
    called({ ...rule(ARN), ...config({ FunctionName: 'other', ...destination }) }),
  ],
  ['called by a rule, with nothing', 'objection', called(rule('arn:aws:sqs:eu-central-1:111122223333:other', ARN))],
  ['called by a rule through an alias', 'objection', called({ ...rule({ Ref: 'Live' }), ...alias })],
  ['called by a topic', 'objection', called(subscription('lambda'))],
  ['called by a schedule', 'objection', called(beside('AWS::Scheduler::Schedule', { Target: { Arn: ARN } }))],
  ['called by a log group', 'objection', called(beside('AWS::Logs::SubscriptionFilter', { DestinationArn: ARN }))],
  ['called by a bucket', 'objection', called(beside('AWS::S3::Bucket', { NotificationConfiguration: notifying }))],
  [
    'called by a bucket, as CDK writes it',
    'objection',
    called(
      beside('Custom::S3BucketNotifications', {
        NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: ARN }] },
      }),
    ),
  ],
  ['called by nobody that does not wait', 'silent', called(rule('arn:aws:sqs:eu-central-1:111122223333:other'))],
  ['with a queue that nobody knows', 'undecidable', called(rule(ARN), { DeadLetterConfig: GIVEN })],
  [
    'whose destination a parameter names',
    'undecidable',
    called({
      ...rule(ARN),
      ...config({ FunctionName: REF, DestinationConfig: { OnFailure: { Destination: GIVEN } } }),
    }),
  ],
  [
    'whose destination may be that of another',
    'undecidable',
    called({ ...rule(ARN), ...config({ FunctionName: GIVEN, ...destination }) }),
  ],
])('a function %s: %s', (_, outcome, resources) => {
  expect(outcomeOf('function-failures-kept', resources)).toBe(outcome);
});

test.each<[about: string, outcome: Outcome, resources: JudgedResources]>([
  ['a rule whose target nobody knows', 'undecidable', judged('AWS::Events::Rule', { Targets: [{ Arn: GIVEN }] })],
  ['a rule whose targets are known', 'silent', judged('AWS::Events::Rule', { Targets: [{ Arn: 'arn:x' }] })],
  [
    'mail to an address that a parameter names',
    'silent',
    judged('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: GIVEN }),
  ],
])('%s: %s, and its doubt is no doubt of a function', (_, outcome, resources) => {
  const Function = { Type: FUNCTION, Properties: {} };
  expect(outcomeOf('function-failures-kept', { ...resources, Function })).toBe(outcome);
  const turned = { Judged: Function, Caller: resources.Judged ?? Function };
  expect(outcomeOf('function-failures-kept', turned)).toBe('silent');
});
