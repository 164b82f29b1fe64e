import { GIVEN, judged, outcomeOf, type JudgedResources, type Outcome } from '../../support/rule-outcome';

const allowing = (Action: unknown, statement: object = {}): JudgedResources =>
  judged('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*', ...statement }] },
  });
const inline = (Action: unknown): JudgedResources =>
  judged('AWS::IAM::Role', {
    Policies: [{ PolicyName: 'Inline', PolicyDocument: { Statement: { Effect: 'Allow', Action, Resource: '*' } } }],
  });

test.each<[rule: string, about: string, outcome: Outcome, resources: JudgedResources]>([
  ['policy-no-whole-service', 'an action on everything', 'compliant', allowing('s3:GetObject')],
  [
    'policy-no-whole-service',
    'a whole service on one bucket',
    'compliant',
    allowing('s3:*', { Resource: 'arn:aws:s3:::x' }),
  ],
  ['policy-no-whole-service', 'a whole service refused', 'compliant', allowing('s3:*', { Effect: 'Deny' })],
  ['policy-no-whole-service', 'a whole service on everything', 'objection', allowing(['logs:Get*', 's3:*'])],
  ['policy-no-whole-service', 'the same, in a role', 'objection', inline('dynamodb:*')],
  [
    'policy-no-whole-service',
    'a whole service on who knows what',
    'undecidable',
    allowing('s3:*', { Resource: GIVEN }),
  ],
  [
    'policy-no-whole-service',
    'an action on who knows what',
    'compliant',
    allowing('s3:GetObject', { Resource: GIVEN }),
  ],
  ['policy-no-whole-service', 'no policy', 'silent', judged('AWS::IAM::InstanceProfile')],
  [
    'policy-decrypts-named-keys',
    'one key',
    'compliant',
    allowing('kms:Decrypt', { Resource: 'arn:aws:kms:eu-central-1:111122223333:key/x' }),
  ],
  [
    'policy-decrypts-named-keys',
    'keys of a class',
    'compliant',
    allowing('kms:Decrypt', { Condition: { StringEquals: { 'aws:ResourceTag/class': 'logs' } } }),
  ],
  [
    'policy-decrypts-named-keys',
    'any key, through one service',
    'compliant',
    allowing('kms:Decrypt', { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } } }),
  ],
  [
    'policy-decrypts-named-keys',
    'any key, for one account',
    'objection',
    allowing('kms:Decrypt', { Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } } }),
  ],
  ['policy-decrypts-named-keys', 'any key', 'objection', allowing(['kms:DescribeKey', 'kms:De*'])],
  [
    'policy-decrypts-named-keys',
    'any key of a Region',
    'objection',
    allowing('kms:Decrypt', { Resource: { 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/*' } }),
  ],
  ['policy-decrypts-named-keys', 'any key, in a role', 'objection', inline('kms:Decrypt')],
  ['policy-decrypts-named-keys', 'a look at any key', 'compliant', allowing('kms:DescribeKey')],
  ['policy-decrypts-named-keys', 'who knows which key', 'undecidable', allowing('kms:Decrypt', { Resource: GIVEN })],
  ['policy-decrypts-named-keys', 'no policy', 'silent', judged('AWS::IAM::InstanceProfile')],
])('%s: %s: %s', (rule, _, outcome, resources) => {
  expect(outcomeOf(rule, resources)).toBe(outcome);
});
