import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { acknowledge, acknowledgeWildcards } from '../../lib/core/acknowledge';
import { ServiceRole } from '../../lib/core/service-role';
import { lines, review } from '../support/review';

const because = 'A test of the helper itself';
const findingsOf = (build: (stack: Stack) => unknown, rule: RegExp): string[] =>
  lines(review(build)).filter((line) => rule.test(line));

test('explains a finding on one construct, and leaves the same rule on its neighbour', () => {
  const findings = findingsOf((stack) => {
    acknowledge(new Bucket(stack, 'Explained'), { rules: ['AwsSolutions-S1'], because });
    new Bucket(stack, 'Neighbour');
  }, /AwsSolutions-S1 /);
  expect(findings).toEqual(['AwsSolutions-S1 at Foreign/Neighbour/Resource']);
});

test('keeps the reason and the place for the reviewer', () => {
  const { acknowledged } = review((stack) => {
    acknowledge(new Bucket(stack, 'Explained'), { rules: ['AwsSolutions-S1'], because });
  });
  expect(acknowledged).toEqual([
    expect.objectContaining({ rule: 'AwsSolutions-S1', reason: because, acknowledgedAt: 'Foreign/Explained' }),
  ]);
});

test('is stale, and an error, once nothing answers to it', () => {
  const findings = findingsOf(
    (stack) => acknowledge(new CfnOutput(stack, 'Fixed', { value: '' }), { rules: ['AwsSolutions-S1'], because }),
    /AwsSolutions-S1 /,
  );
  expect(findings).toEqual(['stale acknowledgement of AwsSolutions::AwsSolutions-S1 at Foreign/Fixed']);
});

describe('wildcards', () => {
  const role = (stack: Stack): ServiceRole =>
    new ServiceRole(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  test('are explained by the text of the finished template, references included', () => {
    const findings = findingsOf((stack) => {
      const bucket = new Bucket(stack, 'Bucket');
      const reader = role(stack);
      bucket.grantRead(reader);
      acknowledgeWildcards(reader, {
        matching: [/^s3:(GetObject|GetBucket|List)\*$/, /^<Bucket\w+\.Arn>\/\*$/],
        because,
      });
    }, /IAM5/);
    expect(findings).toEqual([]);
  });

  test('are explained by the resource as the statement names it', () => {
    const findings = findingsOf((stack) => {
      const bucket = new Bucket(stack, 'Bucket');
      const [uploads, others] = ['uploads/*', 'others/*'].map((prefix) => bucket.arnForObjects(prefix));
      const reader = role(stack);
      reader.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [uploads, others] }));
      acknowledgeWildcards(reader, { matching: [uploads], because });
    }, /IAM5/);
    expect(findings).toEqual([expect.stringMatching(/Resource::<Bucket\w+\.Arn>\/others\/\*\]/)]);
  });

  test('stay findings when they are not listed', () => {
    const findings = findingsOf((stack) => {
      const reader = role(stack);
      reader.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:Get*'], resources: ['*'] }));
      acknowledgeWildcards(reader, { matching: ['s3:Get*'], because });
    }, /IAM5/);
    expect(findings).toEqual(['AwsSolutions-IAM5[Resource::*] at Foreign/Role/Permissions/Resource']);
  });

  describe('on every resource', () => {
    const allowing = (actions: string[]): string[] =>
      findingsOf((stack) => {
        const reader = role(stack);
        actions.forEach((action) =>
          reader.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: ['*'] })),
        );
        acknowledgeWildcards(reader, { matching: ['*'], actions: ['xray:PutTraceSegments'], because });
        acknowledgeWildcards(reader, {
          matching: ['*'],
          actions: ['ecr:GetAuthorizationToken'],
          because: 'A second reason',
        });
      }, /IAM5/);

    test('are explained by all reasons together', () => {
      expect(allowing(['xray:PutTraceSegments', 'ecr:GetAuthorizationToken'])).toEqual([]);
    });

    test('become findings again when somebody grants more on them', () => {
      expect(allowing(['xray:PutTraceSegments', 's3:GetObject'])).toEqual([
        'AwsSolutions-IAM5[Resource::*] at Foreign/Role/Permissions/Resource',
      ]);
    });
  });

  test('of another construct stay findings', () => {
    const findings = findingsOf((stack) => {
      const statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })];
      const reader = role(stack);
      new ManagedPolicy(stack, 'Other', { statements, roles: [reader] });
      acknowledgeWildcards(reader, { matching: ['*'], actions: ['s3:GetObject'], because });
    }, /IAM5/);
    expect(findings).toEqual(['AwsSolutions-IAM5[Resource::*] at Foreign/Other/Resource']);
  });
});
