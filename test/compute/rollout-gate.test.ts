import { CfnResource } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StorefrontJob, StorefrontWorker } from '../../lib';
import { image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { foreignStack } from '../support/stack';

const stack = foreignStack();
const network = existingNetwork(stack);
const migrations = new StorefrontJob(stack, 'Migrations', { network, image });
new StorefrontWorker(stack, 'Worker', { network, image, cluster: migrations.cluster, before: [migrations] });
// What a database does when it lets the job in: all of it after the job was given to a worker.
const database = new SecurityGroup(stack, 'Database', { vpc: network.vpc, allowAllOutbound: false });
database.connections.allowFrom(migrations, Port.tcp(5432));
migrations.grantPrincipal.addToPrincipalPolicy(
  new PolicyStatement({ actions: ['rds-db:connect'], resources: ['arn:aws:rds-db:::dbuser:cluster-1/migrations'] }),
);
migrations.node.addDependency(new CfnResource(stack, 'Roles', { type: 'Custom::DatabaseRoles' }));
const template = Template.fromStack(stack);

const policyOf = (role: string): { Action: string | string[]; Resource: unknown }[] => {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(
    ({ Properties }) =>
      Properties as {
        Roles: { Ref: string }[];
        PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] };
      },
  );
  return policies.find(({ Roles }) => Roles[0].Ref.startsWith(role))?.PolicyDocument.Statement ?? [];
};

const textOf = (resource: unknown): string =>
  JSON.stringify(resource).replace(/\{"(?:Ref|Fn::GetAtt)":\[?"([A-Za-z:]+?)[0-9A-F]{0,8}"[^}]*\}/g, '<$1>');

test('runs the job again whenever its task definition changes, for an hour at most', () => {
  template.hasResourceProperties('Custom::JobBeforeRollout', {
    TaskDefinition: { Ref: Match.stringLikeRegexp('^MigrationsTaskDefinition') },
    ServiceTimeout: '3600',
  });
});

test('waits for rights, ways and work that are given to the job after it was made', () => {
  template.hasResource('Custom::JobBeforeRollout', {
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('^DatabasefromForeignMigrations.*5432'),
      Match.stringLikeRegexp('^MigrationsTaskSecurityGrouptoForeignDatabase.*5432'),
      Match.stringLikeRegexp('^MigrationsTaskTaskRolePermissions'),
      'Roles',
    ]),
  });
});

test('lets the state machine run, watch and stop that job alone, with its two roles', () => {
  const allowed = policyOf('MigrationsRolloutRole').map(({ Action, Resource }) => [Action, textOf(Resource)]);
  expect(allowed.slice(0, 5)).toEqual([
    ['ecs:RunTask', expect.stringContaining(':task-definition/ForeignMigrationsTaskDefinition')],
    [['ecs:DescribeTasks', 'ecs:StopTask'], expect.stringMatching(/:task\/",<MigrationsTaskCluster>,"\/\*"/)],
    ['iam:PassRole', '[<MigrationsTaskTaskRole>,<MigrationsTaskExecutionRole>]'],
    [
      ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      expect.stringContaining(':rule/StepFunctionsGetEventsForECSTaskRule'),
    ],
    ['lambda:InvokeFunction', expect.stringContaining('<MigrationsRolloutReportFunction>')],
  ]);
});

test('runs the job in that cluster alone, and passes roles to ECS alone', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'ecs:RunTask',
          Condition: { ArnEquals: { 'ecs:cluster': { 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'Arn'] } } },
        }),
        Match.objectLike({
          Action: 'iam:PassRole',
          Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
        }),
      ]),
    },
  });
});

test('lets the first function start that state machine and see how its own stack is, and no more', () => {
  const allowed = policyOf('MigrationsRolloutStartRole').map(({ Action, Resource }) => [Action, textOf(Resource)]);
  expect(allowed.slice(-2)).toEqual([
    ['states:StartExecution', '<MigrationsRolloutStateMachine>'],
    ['cloudformation:DescribeStacks', '<AWS::StackId>'],
  ]);
});

test('logs every state without what it holds, encrypted, under the prefix made for it', () => {
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    TracingConfiguration: { Enabled: true },
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/states/foreign-[0-9a-f]{8}$'),
    KmsKeyId: { 'Fn::GetAtt': ['MigrationsTaskLogsKeyKey', 'Arn'] },
  });
});

test('tells the second function where the job’s own words are', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: {
        LOG_GROUP: { Ref: Match.stringLikeRegexp('^MigrationsTaskLogs') },
        LOG_STREAM_PREFIX: 'task/shop',
      },
    },
  });
});
