import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { JobLedger, StorefrontCluster, StorefrontJob, StorefrontWorker } from '../../lib';
import { JOBS_METADATA, type JobStatement } from '../../lib/core/job-metadata';
import { image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { concrete, isAllowed, type Statement } from '../support/policy-evaluator';
import { refusal } from '../support/refusal';
import { foreignStack } from '../support/stack';

/** A worker and a job, and a ledger for both. */
function shop(stack: Stack): JobLedger {
  const network = existingNetwork(stack);
  const cluster = new StorefrontCluster(stack, 'Cluster', { network });
  const worker = new StorefrontWorker(stack, 'Worker', { network, cluster, image, command: ['work'] });
  const migrations = new StorefrontJob(stack, 'Migrations', { network, cluster, image });
  return new JobLedger(stack, 'Jobs', { network, runnable: { Worker: worker, Migrations: migrations } });
}

const stack = foreignStack();
const ledger = shop(stack);
ledger.grantRun(Role.fromRoleName(stack, 'Support', 'support'));
const template = Template.fromStack(stack);

interface Policy {
  readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };
}

const [policy] = Object.values(
  template.findResources('AWS::IAM::ManagedPolicy', { Properties: { Roles: ['support'] } }),
) as unknown as Policy[];
const identity = concrete<Statement[]>(policy.Properties.PolicyDocument.Statement);

/** What a statement with that name allows, as the template has it. */
const resourcesOf = (action: string): unknown =>
  identity.filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource ?? []);

test('what is written is encrypted, kept for 13 months, and stays when the stack goes', () => {
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 400, KmsKeyId: Match.anyValue() },
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test('whoever may run commands adds to the ledger, and can neither read, change nor end it', () => {
  const actions = identity.flatMap(({ Action }) => Action);
  expect([...actions].sort()).toEqual([
    'cloudformation:DescribeStacks',
    'ecs:DescribeTasks',
    'ecs:RunTask',
    'ecs:StopTask',
    'ecs:TagResource',
    'iam:PassRole',
    'logs:CreateLogStream',
    'logs:FilterLogEvents',
    'logs:GetLogEvents',
    'logs:PutLogEvents',
  ]);
  expect(resourcesOf('logs:PutLogEvents')).not.toEqual(resourcesOf('logs:GetLogEvents'));
});

test('only the task definitions of the store, in its cluster, with an id of the ledger', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: ['support'],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'ecs:RunTask',
          Resource: [
            { Ref: Match.stringLikeRegexp('^WorkerTaskDefinition') },
            { Ref: Match.stringLikeRegexp('^MigrationsTaskDefinition') },
          ],
          Condition: {
            ArnEquals: { 'ecs:cluster': { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Arn'] } },
            Null: { 'aws:RequestTag/commerce-baseline:job-run': 'false' },
          },
        }),
        Match.objectLike({
          Action: 'iam:PassRole',
          Resource: ['Worker', 'Migrations'].flatMap((id) =>
            ['TaskRole', 'ExecutionRole'].map((role) => ({
              'Fn::GetAtt': [Match.stringLikeRegexp(`^${id}Task${role}`), 'Arn'],
            })),
          ),
          Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
        }),
        Match.objectLike({
          Action: 'ecs:StopTask',
          Condition: { Null: { 'aws:ResourceTag/commerce-baseline:job-run': 'false' } },
        }),
      ]),
    },
  });
});

test('a task is not tagged afterwards', () => {
  const call = { principal: 'arn:aws:iam::111122223333:role/support', action: 'ecs:TagResource', identity };
  const resource = (resourcesOf('ecs:TagResource') as string[])[0].replace('*', '0f1e2d');
  const root = [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: '*' }] as Statement[];
  expect(isAllowed({ ...call, resource, context: { 'ecs:CreateAction': 'RunTask' } }, root)).toBe(true);
  expect(isAllowed({ ...call, resource }, root)).toBe(false);
});

test('says in the assembly what can be run, and in an output where', () => {
  const statements = stack.node.metadata.find(({ type }) => type === JOBS_METADATA)!.data as JobStatement[];
  const [worker, migrations] = stack.resolve(statements) as JobStatement[];
  expect(worker).toMatchObject({ name: 'Worker', command: ['work'], ends: false });
  expect(migrations).toMatchObject({ name: 'Migrations', ends: true });
  const { Value } = template.findOutputs(worker.output)[worker.output] as {
    Value: { 'Fn::Join': [string, unknown[]] };
  };
  const text = Value['Fn::Join'][1].map((part) =>
    typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', ''),
  );
  expect(JSON.parse(text.join(''))).toEqual({
    cluster: expect.stringContaining('Fn::GetAtt:[Cluster') as string,
    taskDefinition: expect.stringContaining('Ref:WorkerTaskDefinition') as string,
    container: 'shop',
    subnets: ['subnet-0123456789abcdea0', 'subnet-0123456789abcdea1'],
    securityGroups: [expect.stringContaining('WorkerTaskSecurityGroup')],
    logGroup: expect.stringContaining('Ref:WorkerTaskLogs') as string,
    streamPrefix: 'task',
    ledger: expect.stringContaining('Ref:JobsLogs') as string,
    policy: expect.stringContaining('Ref:JobsRun') as string,
  });
});

test.each([
  ['nothing', []],
  ['processes of two clusters', ['One', 'Other']],
])('%s has no ledger', (_, ids) => {
  const foreign = foreignStack();
  const network = existingNetwork(foreign);
  const jobs = ids.map((id) => [id, new StorefrontJob(foreign, id, { network, image })] as const);
  expect(() => new JobLedger(foreign, 'Jobs', { network, runnable: Object.fromEntries(jobs) })).toThrow(
    refusal(['ClusterNotOne'], 'must be of one cluster'),
  );
});
