import { type StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Template } from 'aws-cdk-lib/assertions';
import { CustomerDatabase, DataMasking, MaskedColumn, MaskingPolicy } from '../../lib';
import { maskTask } from '../../lib/data/handlers/masking/mask-task';
import { postgresqlSession } from '../../lib/data/handlers/moving/postgresql-session';
import { handler as report } from '../../lib/data/handlers/report-masking.handler';
import { createHandler } from '../../lib/data/handlers/start-masking.handler';
import { CloudFormationEndpoint, invocation } from '../support/cloudformation';
import { declareLoader, timeFor } from '../support/data-move';
import { existingNetwork } from '../support/network';
import { RdsPostgresql } from '../support/rds-postgresql';
import { foreignStack } from '../support/stack';
import { InterpretedStateMachine } from '../support/state-machine';

const policy = MaskingPolicy.of({
  columns: [
    MaskedColumn.email('customer', 'email'),
    MaskedColumn.name('customer', 'name'),
    MaskedColumn.phone('customer', 'phone'),
  ],
});

function templateOf(chosen = policy): Template {
  const stack = foreignStack();
  const database = new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
  new DataMasking(stack, 'Masking', { database, policy: chosen, onDeployment: true });
  return Template.fromStack(stack);
}

const template = templateOf();
const stateMachine = new InterpretedStateMachine(template, /MaskingFunction|MaskingReport/);

const cloudFormation = new CloudFormationEndpoint();
let rds: RdsPostgresql;
let mask: ReturnType<typeof maskTask>;
beforeAll(async () => {
  await cloudFormation.start();
  rds = await RdsPostgresql.start();
}, 60_000);
afterAll(() => Promise.all([cloudFormation.stop(), rds.stop()]));

beforeEach(async () => {
  cloudFormation.answers.length = 0;
  await rds.reset();
  const login = await declareLoader(rds);
  mask = maskTask(() => postgresqlSession(login, { ca: rds.server.certificate }));
  await rds.query(
    `CREATE TABLE customer (id int PRIMARY KEY, email text, name text, phone text);
     CREATE TABLE plugin (id int PRIMARY KEY, note text);
     INSERT INTO customer VALUES (1, 'maria.santos@elsewhere.example', 'Maria Santos', '+63 917 555 0101')`,
    { user: login.username, password: login.password },
  );
}, 30_000);

type Mask = (payload: unknown) => Promise<object>;

/** A deployment, from CloudFormation's request to what it is told; only Step Functions and Lambda are not AWS's. */
async function deploy(masking: Mask = (payload) => mask(payload, timeFor(Infinity))): Promise<string> {
  let input = '{}';
  const stepFunctions = {
    send: (command: StartExecutionCommand) => Promise.resolve(void (input = command.input.input ?? '')),
  };
  const start = createHandler(stepFunctions as never, {} as never, { STATE_MACHINE: 'masking' });
  const properties = { Copy: 'cluster-ABC', Policy: 'digest' };
  await start(cloudFormation.event({ RequestType: 'Create' }, properties), invocation());
  expect(cloudFormation.answers).toEqual([]);
  const { status } = await stateMachine.execute(JSON.parse(input) as object, {
    Mask: async ({ Payload }) => ({ Payload: await masking(JSON.parse(JSON.stringify(Payload))) }),
    Answer: async ({ Payload }) => ({ Payload: await report(JSON.parse(JSON.stringify(Payload))) }),
  });
  return status;
}

test('the deployment succeeds once no address, name or number is left in the copy', async () => {
  expect(await deploy()).toBe('succeeded');
  expect(cloudFormation.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  const text = JSON.stringify(await rds.query('SELECT * FROM customer'));
  expect(text).not.toMatch(/maria|santos|elsewhere|555/i);
});

test('the deployment fails on what nobody declared, and says where it is but not what', async () => {
  await rds.query(`INSERT INTO plugin VALUES (1, 'called Maria Santos back')`);
  expect(await deploy()).toBe('failed');
  const [{ Status, Reason }] = cloudFormation.answers;
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/^NotMasked: .*plugin\.note: name, 1/);
  expect(Reason).not.toMatch(/maria|santos/i);
});

test('the deployment fails when the masking does, and with its reason', async () => {
  const refused = Object.assign(new Error('column email of customer is too narrow'), { name: 'ColumnTooNarrow' });
  expect(await deploy(() => Promise.reject(refused))).toBe('failed');
  expect(cloudFormation.answers).toEqual([
    expect.objectContaining({
      Status: 'FAILED',
      Reason: expect.stringMatching(/^MaskingFailed: ColumnTooNarrow/) as string,
    }),
  ]);
});

test('an execution that somebody starts by hand tells nobody, and still fails on what is left', async () => {
  await rds.query(`INSERT INTO plugin VALUES (1, 'somebody@elsewhere.example')`);
  const { status } = await stateMachine.execute(
    {},
    {
      Mask: async ({ Payload }) => ({ Payload: await mask(JSON.parse(JSON.stringify(Payload)), timeFor(Infinity)) }),
      Answer: async ({ Payload }) => ({ Payload: await report(JSON.parse(JSON.stringify(Payload))) }),
    },
  );
  expect(status).toBe('failed');
  expect(cloudFormation.answers).toEqual([]);
});

test('another policy masks again, and so does another copy', () => {
  const gateOf = (built: Template): Record<string, unknown> =>
    Object.values(built.findResources('Custom::MaskedCopy'))[0].Properties as Record<string, unknown>;
  const more = policy.with({ columns: [MaskedColumn.freeText('plugin', 'note')] });
  expect(gateOf(templateOf(more)).Policy).not.toBe(gateOf(template).Policy);
  expect(gateOf(template).Copy).toEqual({ 'Fn::GetAtt': ['DatabaseCluster', 'DBClusterResourceId'] });
});
