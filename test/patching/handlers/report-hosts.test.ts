import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  type Command,
  DescribeInstancePatchStatesCommand,
  type InstancePatchState,
  ListCommandsCommand,
} from '@aws-sdk/client-ssm';
import { createHandler } from '../../../lib/patching/handlers/report-hosts';

const NOW = '2026-11-28T05:30:00Z';
const GROUP = 'acme-hosts';
const BASELINE = 'pb-0123456789abcdef0';

const idOf = (number: number): string => `i-${String(number).padStart(17, '0')}`;
const [FIRST, SECOND] = [idOf(1), idOf(2)];

const host = (id: string, over: Partial<Instance> & { group?: string } = {}): Instance => ({
  InstanceId: id,
  State: { Name: 'running' },
  LaunchTime: new Date('2026-10-01T00:00:00Z'),
  ...over,
  Tags: [{ Key: 'PatchGroup', Value: over.group ?? GROUP }],
});

const state = (id: string, over: Partial<InstancePatchState> = {}): InstancePatchState => ({
  InstanceId: id,
  PatchGroup: GROUP,
  BaselineId: BASELINE,
  Operation: 'Scan',
  OperationStartTime: new Date('2026-11-27T12:00:00Z'),
  OperationEndTime: new Date('2026-11-27T12:01:00Z'),
  MissingCount: 0,
  FailedCount: 0,
  CriticalNonCompliantCount: 0,
  SecurityNonCompliantCount: 0,
  OtherNonCompliantCount: 0,
  ...over,
});

const LACKING = { MissingCount: 3, CriticalNonCompliantCount: 1, SecurityNonCompliantCount: 3 };

interface Run extends Command {
  readonly host: string;
}

const run = (hostId: string, at: string, over: Partial<Command> = {}): Run => ({
  host: hostId,
  DocumentName: 'AWS-RunPatchBaseline',
  Parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
  RequestedDateTime: new Date(at),
  Status: 'Success',
  ...over,
});

/** As much of an account as the handler sees, with pages of one. Systems Manager ends them with an empty token. */
class Account {
  public hosts: Instance[] = [host(FIRST), host(SECOND)];
  public states: InstancePatchState[] = [state(FIRST), state(SECOND)];
  public runs: Run[] = [];
  public readonly asked: string[][] = [];
  public readonly messages: PublishCommand['input'][] = [];
  public readonly metrics: PutMetricDataCommand['input'][] = [];
  public failing?: string;

  public send = (command: object): Promise<unknown> => {
    if (command.constructor.name === this.failing) {
      return Promise.reject(new Error(`${this.failing} failed`));
    }
    return Promise.resolve(this.answer(command));
  };

  /** The values that were measured, in their order: days since the oldest scan, hosts over their limit. */
  public get measured(): (number | undefined)[] {
    return this.metrics.flatMap(({ MetricData = [] }) => MetricData).map(({ Value }) => Value);
  }

  private answer(command: object): unknown {
    if (command instanceof DescribeInstancesCommand) {
      const { Filters = [], NextToken } = command.input;
      const wanted = this.hosts.filter((each) =>
        Filters.every(({ Name, Values = [] }) =>
          Name === 'instance-state-name'
            ? Values.includes(each.State?.Name ?? '')
            : each.Tags?.some(({ Key, Value }) => Name === `tag:${Key}` && Values.includes(Value ?? '')),
        ),
      );
      const { items, token } = page(wanted, NextToken);
      return { Reservations: items.map((each) => ({ Instances: [each] })), NextToken: token };
    }
    if (command instanceof DescribeInstancePatchStatesCommand) {
      const { InstanceIds = [], NextToken } = command.input;
      this.asked.push(InstanceIds);
      if (InstanceIds.length > 50) throw new Error('ValidationException');
      const { items, token } = page(
        this.states.filter(({ InstanceId }) => InstanceIds.includes(InstanceId ?? '')),
        NextToken,
      );
      return { InstancePatchStates: items, NextToken: token ?? '' };
    }
    if (command instanceof ListCommandsCommand) {
      const { InstanceId, Filters = [], NextToken } = command.input;
      const wanted = this.runs.filter(
        (each) =>
          each.host === InstanceId &&
          Filters.every(({ key, value }) => each[key as 'DocumentName' | 'Status'] === value),
      );
      const { items, token } = page(wanted, NextToken);
      return { Commands: items, NextToken: token ?? '' };
    }
    if (command instanceof PublishCommand) {
      return this.messages.push(command.input);
    }
    if (command instanceof PutMetricDataCommand) {
      return this.metrics.push(command.input);
    }
    throw new Error(`not expected: ${command.constructor.name}`);
  }
}

function page<T>(all: readonly T[], from = '0'): { items: T[]; token?: string } {
  const next = Number(from) + 1;
  return { items: all.slice(Number(from), next), token: next < all.length ? String(next) : undefined };
}

const environment = {
  TAG: 'PatchGroup',
  PATCH_GROUP: GROUP,
  BASELINE,
  DOCUMENT: 'AWS-RunPatchBaseline',
  NAMESPACE: 'CommerceBaseline/Patching',
  SCAN_DAYS: '2',
  PATCH_DAYS: '7',
  TOPIC: 'arn:aws:sns:eu-central-1:111122223333:notice',
};

const runOn = (account: Account, settings: Record<string, string | undefined> = {}, now = NOW): Promise<void> =>
  createHandler(
    { ec2: account, ssm: account, cloudWatch: account, sns: account, now: () => new Date(now) },
    { ...environment, ...settings },
  )();

test('measures hosts that are scanned and lack nothing, and tells nobody', async () => {
  const account = new Account();
  account.failing = 'ListCommandsCommand';
  account.states[1] = state(SECOND, { OperationEndTime: new Date('2026-11-26T05:00:00Z') });
  await runOn(account);
  expect(account.metrics).toEqual([
    {
      Namespace: 'CommerceBaseline/Patching',
      MetricData: [
        expect.objectContaining({
          MetricName: 'OldestScanDays',
          Value: 2,
          Dimensions: [{ Name: 'PatchGroup', Value: GROUP }],
        }),
        expect.objectContaining({
          MetricName: 'HostsOverLimit',
          Value: 0,
          Dimensions: [{ Name: 'PatchGroup', Value: GROUP }],
        }),
      ],
    },
  ]);
  expect(account.messages).toEqual([]);
});

test('tells every day of a host that has stopped reporting, and of no other', async () => {
  const account = new Account();
  account.states[1] = state(SECOND, { OperationEndTime: new Date('2026-11-25T05:00:00Z') });
  await runOn(account);
  await runOn(account, {}, '2026-11-29T05:30:00Z');
  expect(account.messages.map(({ TopicArn }) => TopicArn)).toEqual([environment.TOPIC, environment.TOPIC]);
  expect(account.messages[1].Message).toMatch(
    new RegExp(`^1 hosts of the patch group ${GROUP} [^]*\n- ${SECOND}: last scanned 4 days ago, limit 2$`),
  );
  expect(account.measured).toEqual([3, 1, 4, 1]);
});

test('tells of a host that Patch Manager has never seen, and waits a day for a new one', async () => {
  const account = new Account();
  account.states = [state(FIRST)];
  account.hosts[1] = host(SECOND, { LaunchTime: new Date('2026-11-27T06:00:00Z') });
  await runOn(account);
  expect(account.messages).toEqual([]);
  await runOn(account, {}, '2026-11-28T06:00:00Z');
  expect(account.messages[0].Message).toMatch(/- i-0+2: Patch Manager has never seen it$/);
  expect(account.measured).toEqual([0, 0, 1, 1]);
});

test('a host that is stopped each night is not new each morning', async () => {
  const account = new Account();
  account.states = [state(FIRST)];
  account.hosts[1] = host(SECOND, {
    LaunchTime: new Date('2026-11-28T05:00:00Z'),
    NetworkInterfaces: [{ Attachment: { DeviceIndex: 0, AttachTime: new Date('2026-11-01T00:00:00Z') } }],
  });
  await runOn(account);
  expect(account.messages[0].Message).toContain(`- ${SECOND}: Patch Manager has never seen it`);
});

test('a scan of unknown age is over, and measured as old as its limit', async () => {
  const account = new Account();
  account.states[1] = state(SECOND, { OperationEndTime: undefined });
  await runOn(account);
  expect(account.messages[0].Message).toMatch(/- i-0+2: nobody knows when it was scanned$/);
  expect(account.measured).toEqual([2, 1]);
});

test('looks at the hosts of its own patch group that run', async () => {
  const account = new Account();
  account.hosts = [host(FIRST, { group: 'another' }), host(SECOND, { State: { Name: 'stopped' } }), host(idOf(3))];
  account.states = [state(idOf(3))];
  await runOn(account);
  expect(account.asked.flat()).toEqual([idOf(3)]);
  expect(account.measured).toEqual([0, 0]);
});

test('no hosts are a report of zero', async () => {
  const account = new Account();
  account.hosts = [];
  await runOn(account);
  expect(account.asked).toEqual([]);
  expect(account.measured).toEqual([0, 0]);
});

test('asks about fifty hosts at once, and misses none', async () => {
  const account = new Account();
  account.hosts = [...Array(120).keys()].map((number) => host(idOf(number)));
  account.states = account.hosts.slice(0, -1).map(({ InstanceId }) => state(InstanceId ?? ''));
  await runOn(account);
  expect(new Set(account.asked.map(({ length }) => length))).toEqual(new Set([50, 20]));
  expect(account.messages[0].Message).toMatch(/^1 hosts[^]*- i-0+119: Patch Manager has never seen it$/);
});

test('a host that lacks patches waits for its window, and is told of every day after it', async () => {
  const account = new Account();
  account.states[0] = state(FIRST, LACKING);
  account.runs = [run(FIRST, '2026-11-12T03:00:00Z'), run(FIRST, '2026-11-19T03:00:00Z')];
  // The window of the 26th began at three, and did not come to it.
  for (const day of ['26', '27', '28']) {
    const OperationEndTime = new Date(`2026-11-${day}T05:00:00Z`);
    account.states = account.states.map((each) => ({ ...each, OperationEndTime }));
    await runOn(account, {}, `2026-11-${day}T05:30:00Z`);
  }
  expect(account.messages.map(({ Message }) => Message?.split('\n')[1])).toEqual([
    `- ${FIRST}: lacks approved patches (missing 3, critical 1, security 3), last patched 8 days ago, limit 7`,
    `- ${FIRST}: lacks approved patches (missing 3, critical 1, security 3), last patched 9 days ago, limit 7`,
  ]);
  expect(account.measured).toEqual([0, 0, 0, 1, 0, 1]);
});

test.each<[string, Run]>([
  ['a scan', run(FIRST, '2026-11-26T03:00:00Z', { Parameters: { Operation: ['Scan'] } })],
  ['a run that failed', run(FIRST, '2026-11-26T03:00:00Z', { Status: 'Failed' })],
  ['a run of another document', run(FIRST, '2026-11-26T03:00:00Z', { DocumentName: 'AWS-RunShellScript' })],
  ['a run on another host', run(SECOND, '2026-11-26T03:00:00Z')],
])('%s has not patched it', async (_, other) => {
  const account = new Account();
  account.states[0] = state(FIRST, LACKING);
  account.runs = [other];
  await runOn(account);
  expect(account.messages[0].Message).toMatch(/security 3\), not patched in the last 30 days$/);
  expect(account.measured.at(-1)).toBe(1);
});

test('a message names twenty hosts and counts the rest', async () => {
  const account = new Account();
  account.hosts = [...Array(23).keys()].map((number) => host(idOf(number)));
  account.states = [];
  await runOn(account);
  expect(account.messages[0].Message?.match(/- i-/g)).toHaveLength(20);
  expect(account.messages[0].Message).toMatch(/\nand 3 more$/);
});

test('without a topic it still measures', async () => {
  const account = new Account();
  account.states = [state(FIRST)];
  await runOn(account, { TOPIC: '' });
  expect(account.messages).toEqual([]);
  expect(account.measured.at(-1)).toBe(1);
});

test.each(['DescribeInstancesCommand', 'DescribeInstancePatchStatesCommand', 'ListCommandsCommand', 'PublishCommand'])(
  'when %s fails it says nothing by its metric, so that silence is noticed',
  async (failing) => {
    const account = new Account();
    account.states[0] = state(FIRST, LACKING);
    account.failing = failing;
    await expect(runOn(account)).rejects.toThrow(`${failing} failed`);
    expect(account.metrics).toEqual([]);
  },
);

test.each([
  { TAG: '' },
  { PATCH_GROUP: '' },
  { BASELINE: '' },
  { DOCUMENT: '' },
  { SCAN_DAYS: '0' },
  { PATCH_DAYS: 'x' },
  { TOPIC: undefined },
])('refuses %j', async (settings) => {
  const account = new Account();
  await expect(runOn(account, settings)).rejects.toThrow();
  expect(account.metrics).toEqual([]);
});
