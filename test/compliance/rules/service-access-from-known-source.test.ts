import { GIVEN, judged, outcomeOf, type JudgedResources, type Outcome } from '../../support/rule-outcome';

const PERMISSION = 'AWS::Lambda::Permission';
const ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } };

function letting(Service: unknown, Action: unknown, statement: object = {}): object {
  return { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action, ...statement }] } };
}

const bucket = (Service: unknown, Action: unknown, statement: object = {}): JudgedResources =>
  judged('AWS::S3::BucketPolicy', letting(Service, Action, { Resource: 'arn:aws:s3:::shop/*', ...statement }));
const topic = (Service: unknown, statement: object = {}): JudgedResources =>
  judged('AWS::SNS::TopicPolicy', letting(Service, 'sns:Publish', { Resource: 'arn:topic', ...statement }));
const queue = (Service: unknown, statement: object = {}): JudgedResources =>
  judged('AWS::SQS::QueuePolicy', letting(Service, 'sqs:SendMessage', { Resource: 'arn:queue', ...statement }));

test.each<[about: string, outcome: Outcome, resources: JudgedResources]>([
  [
    'one distribution reads a bucket',
    'compliant',
    bucket('cloudfront.amazonaws.com', 's3:GetObject', {
      Condition: {
        StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/E1' } },
      },
    }),
  ],
  ['any distribution reads it', 'objection', bucket('cloudfront.amazonaws.com', 's3:GetObject')],
  [
    'any but one distribution reads it',
    'objection',
    bucket('cloudfront.amazonaws.com', 's3:Get*', { Condition: { ArnNotEquals: { 'aws:SourceArn': 'arn:x' } } }),
  ],
  [
    'a source has to be named, but any will do',
    'objection',
    bucket('ses.amazonaws.com', 's3:PutObject', { Condition: { Null: { 'aws:SourceAccount': false } } }),
  ],
  [
    'a trail writes where the account is in the path',
    'compliant',
    bucket('cloudtrail.amazonaws.com', 's3:PutObject', { Resource: 'arn:aws:s3:::logs/AWSLogs/111122223333/*' }),
  ],
  ['a trail writes anywhere', 'objection', bucket('cloudtrail.amazonaws.com', 's3:PutObject')],
  ['a trail looks at who owns the bucket', 'silent', bucket('cloudtrail.amazonaws.com', 's3:GetBucketAcl')],
  [
    'logs of any account are exported to it',
    'objection',
    bucket({ 'Fn::Sub': 'logs.${AWS::Region}.amazonaws.com' }, 's3:PutObject'),
  ],
  ['S3 writes access logs, of one account anyway', 'silent', bucket('logging.s3.amazonaws.com', 's3:PutObject')],
  ['a service is refused', 'silent', bucket('cloudfront.amazonaws.com', 's3:GetObject', { Effect: 'Deny' })],
  ['no service is let in', 'silent', bucket([], 's3:GetObject', { Principal: { AWS: GIVEN } })],
  [
    'under a condition that nobody knows',
    'undecidable',
    bucket('cloudfront.amazonaws.com', 's3:GetObject', { Condition: GIVEN }),
  ],
  ['a service that nobody knows', 'undecidable', bucket(GIVEN, 's3:GetObject')],
  ['any topic fills a queue', 'objection', queue('sns.amazonaws.com')],
  [
    'one rule fills it',
    'compliant',
    queue('events.amazonaws.com', { Condition: { ArnEquals: { 'aws:SourceArn': 'arn:x' } } }),
  ],
  ['alarms of one account reach a topic', 'compliant', topic('cloudwatch.amazonaws.com', { Condition: ACCOUNT })],
  ['alarms of any account reach it', 'objection', topic(['backup.amazonaws.com', 'cloudwatch.amazonaws.com'])],
  ['event rules reach it, which name no source to a topic', 'silent', topic('events.amazonaws.com')],
  [
    'one API invokes a function',
    'compliant',
    judged(PERMISSION, {
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:eu-central-1:111122223333:api/*',
    }),
  ],
  ['any bucket invokes it', 'objection', judged(PERMISSION, { Principal: 's3.amazonaws.com' })],
  ['a load balancer invokes it', 'silent', judged(PERMISSION, { Principal: 'elasticloadbalancing.amazonaws.com' })],
  ['an account invokes it', 'silent', judged(PERMISSION, { Principal: '111122223333' })],
  ['whom a parameter names invokes it', 'undecidable', judged(PERMISSION, { Principal: GIVEN })],
])('%s: %s', (_, outcome, resources) => {
  expect(outcomeOf('service-access-from-known-source', resources)).toBe(outcome);
});
