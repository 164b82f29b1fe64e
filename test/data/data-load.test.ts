import { type Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CustomerDatabase, DataLoad, DataMasking, DataMeasurement, MaskedColumn, MaskingPolicy } from '../../lib';
import { belongsTo, StoreEnvironment } from '../../lib/core/identity';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { foreignStack, templateOf } from '../support/stack';
import { EXECUTION, InterpretedStateMachine, type ExecutionEnd } from '../support/state-machine';

const database = (stack: Stack): CustomerDatabase =>
  new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) });
const policy = MaskingPolicy.of({ columns: [MaskedColumn.email('customer', 'email')] });

const load = templateOf((stack) => new DataLoad(stack, 'Load', { database: database(stack) }));
const measurement = templateOf((stack) => new DataMeasurement(stack, 'Measurement', { database: database(stack) }));
const masking = templateOf((stack) => new DataMasking(stack, 'Masking', { database: database(stack), policy }));

type Answers = readonly (object | Error)[];

/** Runs a state machine whose function answers so, and says what the function was asked. */
async function execute(template: Template, input: object, answers: Answers): Promise<[ExecutionEnd, unknown[]]> {
  const asked: unknown[] = [];
  const left = [...answers];
  const answer = ({ Payload }: Record<string, unknown>): object => {
    asked.push(Payload);
    const next = left.shift() ?? new Error('asked too often');
    if (next instanceof Error) {
      throw next;
    }
    return { Payload: next };
  };
  const machine = new InterpretedStateMachine(template, /Function/);
  const end = await machine.execute(input, { Load: answer, Measure: answer, Compare: answer, Mask: answer });
  return [end, asked];
}

const named = (name: string): Error => Object.assign(new Error(name), { name });

describe('a load', () => {
  const input = { dump: 'dumps/shop.sql' };
  const asking = (action: string, more = {}): unknown =>
    expect.objectContaining({ action, execution: EXECUTION, ...more });

  test('goes on until all is loaded, then measures and compares', async () => {
    const equal = { done: true, equal: true };
    const [end, asked] = await execute(load, input, [
      { done: false },
      { done: false },
      { done: true },
      { done: false },
      { done: true },
      equal,
    ]);
    expect(end.status).toBe('succeeded');
    expect(asked).toEqual([
      ...Array<unknown>(3).fill(asking('load', input)),
      ...Array<unknown>(2).fill(asking('measure')),
      asking('compare'),
    ]);
  });

  test('fails when what was loaded differs', async () => {
    const [end] = await execute(load, input, [{ done: true }, { done: true }, { done: true, equal: false }]);
    expect(end.status).toBe('failed');
  });

  test('is asked for again when the database was away', async () => {
    const [end, asked] = await execute(load, input, [
      named('ECONNRESET'),
      named('Busy'),
      { done: true },
      { done: true },
      { done: true, equal: true },
    ]);
    expect(end.status).toBe('succeeded');
    expect(asked).toHaveLength(5);
  });

  test.each(['DatabaseNotEmpty', 'DumpChanged', 'DumpDamaged', 'StatementRefused', 'RowsRefused'])(
    'ends at once with %s',
    async (name) => {
      const [end, asked] = await execute(load, input, [named(name)]);
      expect([end.status, asked.length]).toEqual(['failed', 1]);
    },
  );

  test('logs in as a migrations role of its own, by IAM', () => {
    load.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ DATABASE_USER: 'data_load', NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem' }),
      },
      Timeout: 900,
      VpcConfig: Match.objectLike({ SecurityGroupIds: Match.anyValue() }),
    });
    load.hasResourceProperties('Custom::DatabaseLogins', { Logins: [{ Name: 'data_load', Privileges: 'migrations' }] });
  });

  test('reads dumps, and writes reports alone', () => {
    const policies = load.findResources('AWS::IAM::ManagedPolicy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('LoadFunction') }] },
    });
    const text = JSON.stringify(Object.values(policies));
    expect(text).toMatch(/"s3:GetObject","Effect":"Allow","Resource":[^}]*}[^}]*dumps\/\*/);
    expect(text).toMatch(/s3:PutObject[^}]*}[^}]*reports\/\*/);
    expect(text).not.toMatch(/s3:PutObject[^}]*}[^}]*dumps\/\*/);
  });

  test('counts bytes and rows', () => {
    const metrics = Object.values(load.findResources('AWS::Logs::MetricFilter')).map(
      ({ Properties }) =>
        (Properties as { MetricTransformations: [{ MetricName: string; MetricValue: string }] })
          .MetricTransformations[0],
    );
    expect(metrics.map(({ MetricName, MetricValue }) => [MetricName, MetricValue])).toEqual([
      ['LoadedBytes', '$.bytes'],
      ['ProcessedRows', '$.rows'],
    ]);
  });
});

test('a measurement reads alone, and hands on what it is compared with', async () => {
  const reference = 'reports/former/after.json';
  const [end, asked] = await execute(measurement, { reference }, [{ done: true }, { done: true, equal: true }]);
  expect(end.status).toBe('succeeded');
  expect(asked[1]).toMatchObject({ action: 'compare', reference });
  measurement.hasResourceProperties('Custom::DatabaseLogins', {
    Logins: [{ Name: 'data_measurement', Privileges: 'readOnly' }],
  });
});

describe('a masking', () => {
  test('goes on until it is verified, with the policy of the construct', async () => {
    const [end, asked] = await execute(masking, {}, [
      { done: false, clean: false },
      { done: true, clean: true },
    ]);
    expect(end.status).toBe('succeeded');
    expect(asked[0]).toMatchObject({ plan: { columns: [{ table: 'customer', column: 'email', kind: 'email' }] } });
  });

  test('fails when somebody is left', async () => {
    const [end] = await execute(masking, {}, [{ done: true, clean: false, findings: [] }]);
    expect(end.status).toBe('failed');
  });

  test('is refused in production', () => {
    const stack = foreignStack();
    const production = database(stack);
    belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
    expect(() => new DataMasking(stack, 'Masking', { database: production, policy })).toThrow(
      refusal(['MaskingInProduction'], 'Restore a copy in a staging store'),
    );
  });
});
