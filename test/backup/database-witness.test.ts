import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { CustomerDatabase, DataClass, DataKey, DatabaseWitness, LogStore, Restored } from '../../lib';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { foreignStack } from '../support/stack';

const OBJECTIVES = { point: Duration.hours(26), time: Duration.hours(4) };

let template: Template;
let witness: DatabaseWitness;
beforeAll(() => {
  const stack = foreignStack();
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  witness = new DatabaseWitness(stack, 'Witness', {
    database: new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) }),
    expected: [Restored.table('orders').atLeast(1)],
    objectives: OBJECTIVES,
    evidence: new LogStore(stack, 'Evidence', { key }),
  });
  template = Template.fromStack(stack);
});

/** Statements of the policies of the function with this verb, as far as they name one of these services. */
function allowed(verb: string, ...services: readonly string[]): string[] {
  const functions = template.findResources('AWS::Lambda::Function', {
    Properties: { Environment: { Variables: Match.objectLike({ VERB: verb }) } },
  });
  const [{ Properties }] = Object.values(functions) as [{ Properties: { Role: { 'Fn::GetAtt': [string] } } }];
  const role = Properties.Role['Fn::GetAtt'][0];
  const policies = template.findResources('AWS::IAM::ManagedPolicy', {
    Properties: { Roles: Match.arrayWith([{ Ref: role }]) },
  });
  return Object.values(policies)
    .flatMap((policy) => (policy.Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => `${action} ${JSON.stringify(Resource).replaceAll(/[^\w*/-]+/g, ' ')}`),
    )
    .filter((text) => services.some((service) => text.startsWith(`${service}:`)))
    .sort();
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

test('the writer of heartbeats reads the key and logs in, and reaches no evidence', () => {
  expect(allowed('beat', 's3')).toEqual([]);
  expect(allowed('beat', 'rds-db')).toEqual([expect.stringContaining('/heartbeat_writer')]);
  expect(allowed('beat', 'secretsmanager').join()).toContain('GetSecretValue');
});

test('whoever takes a baseline adds to baselines, and neither reads nor removes one', () => {
  expect(allowed('baseline', 's3')).toEqual([expect.stringMatching(/^s3:PutObject .*\/baselines\/\*/)]);
  expect(allowed('baseline', 'rds-db')).toEqual([expect.stringContaining('/restore_validator')]);
});

test('whoever checks reads baselines and removals, logs in to what is restored, and writes nothing', () => {
  expect(allowed('check', 's3')).toEqual([
    expect.stringMatching(/^s3:GetObject .*\/baselines\/\*.*\/removals\/\*/),
    expect.stringMatching(/^s3:ListBucket /),
  ]);
  expect(allowed('check', 'rds-db')).toEqual([expect.stringContaining('cluster-*/restore_validator')]);
});

test('a heartbeat is written every five minutes and a baseline is taken every day', () => {
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', State: 'ENABLED' });
});

test('both logins are declared with their privileges', () => {
  template.hasResourceProperties('Custom::DatabaseLogins', {
    Logins: [
      { Name: 'heartbeat_writer', Privileges: 'heartbeats' },
      { Name: 'restore_validator', Privileges: 'validation' },
    ],
  });
});

test('the check is in the VPC, and its function is told what is expected', () => {
  const check: Function = witness.check;
  expect(check.isBoundToVpc).toBe(true);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        VERB: 'check',
        DATABASE_USER: 'restore_validator',
        EXPECTATION: Match.serializedJson(
          Match.objectLike({
            tables: [{ schema: 'public', name: 'orders', atLeast: 1 }],
            recoveryPointSeconds: 93_600,
          }),
        ),
      }),
    },
  });
});

test('a copy of which nothing is expected would always be right', () => {
  const stack = foreignStack();
  const database = new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
  const evidence = new LogStore(stack, 'Evidence');
  expect(
    () => new DatabaseWitness(stack, 'Witness', { database, evidence, expected: [], objectives: OBJECTIVES }),
  ).toThrow(refusal(['RestoredTablesMissing'], 'name at least one table'));
});
