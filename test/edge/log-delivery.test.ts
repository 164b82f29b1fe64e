import { type Stack } from 'aws-cdk-lib';
import { LogDeliveryPolicy } from '../../lib';
import { templateOf } from '../support/stack';

/** The policy document, with tokens as names. */
function policyOf(build: (stack: Stack) => void): string {
  const [policy] = Object.values(templateOf(build).findResources('AWS::Logs::ResourcePolicy')) as {
    Properties: { PolicyDocument: { 'Fn::Join': [string, (string | { Ref: string })[]] } };
  }[];
  const parts = policy?.Properties.PolicyDocument['Fn::Join'][1] ?? [];
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}

const LOGS = 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>';

test('lets log delivery write to the log groups of web ACLs, for this account and Region alone', () => {
  const document = policyOf((stack) => new LogDeliveryPolicy(stack, 'Delivery'));
  expect(JSON.parse(document)).toMatchObject({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `${LOGS}:log-group:aws-waf-logs-*:log-stream:*`,
        Condition: {
          StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' },
          ArnLike: { 'aws:SourceArn': `${LOGS}:*` },
        },
      },
    ],
  });
});

test('lets it write to no other log groups than those that are named', () => {
  const document = policyOf((stack) => new LogDeliveryPolicy(stack, 'Delivery', { logGroupNames: ['acme'] }));
  expect(JSON.parse(document)).toMatchObject({ Statement: [{ Resource: `${LOGS}:log-group:acme:log-stream:*` }] });
});
