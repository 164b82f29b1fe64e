import { Stack } from 'aws-cdk-lib';
import { type Finding } from '@aws-sdk/client-inspector2';
import { NoSuchKey, type GetObjectCommand } from '@aws-sdk/client-s3';
import { createHandler } from '../../lib/patching/handlers/judge-image';
import { failure, machine, OLD, pipeline } from '../support/image-pipeline';
import { EXECUTION, type TaskDouble } from '../support/state-machine';

const NEW = '2'.repeat(64);
const NOW = new Date('2026-11-23T02:00:00Z');

/** The parts of AWS that a run changes or asks, and what they answer. */
class Aws {
  public readonly calls: string[] = [];
  public readonly records: Record<string, unknown>[] = [];
  /** What was pushed, by tag. */
  public readonly images = new Map<string, string>();
  public parameter = OLD;
  public lastGoodRun?: string;
  public build?: Error;
  public scan: (asked: number) => string | Error = () => 'ACTIVE';
  public findings: Finding[] = [];
  public ledger?: () => Promise<string>;
  public sbom: (asked: number) => string = (asked) => (asked === 1 ? 'IN_PROGRESS' : 'SUCCEEDED');
  public calendar = 'OPEN';
  /** What the stack says after it was asked to update, in turn; the last again and again. */
  public rollout = ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];
  public update?: Error;
  public updates: Record<string, unknown>[] = [];
  private running = OLD;
  private readonly asked: Record<string, number> = {};

  /** What stands behind each task state. */
  public get doubles(): Record<string, TaskDouble> {
    const describe: TaskDouble = ({ ImageIds }) => {
      const digest = this.images.get((ImageIds as { ImageTag: string }[])[0].ImageTag);
      if (digest === undefined) throw failure('Ecr.ImageNotFoundException');
      return { ImageDetails: [{ ImageDigest: digest }] };
    };
    const read: TaskDouble = () => ({ Parameter: { Value: this.parameter } });
    const put: TaskDouble = ({ Value }) => {
      this.parameter = String(Value);
      return { Version: 2 };
    };
    const judge = createHandler(
      {
        now: () => NOW,
        inspector: { send: () => Promise.resolve({ findings: this.findings }) } as never,
        s3: { send: (command: GetObjectCommand) => this.readLedger(command) } as never,
      },
      { CRITICAL_DAYS: '7', HIGH_DAYS: '30', LEDGER_BUCKET: 'evidence', LEDGER_KEY: 'ledger.json' },
    );
    const doubles: Record<string, TaskDouble> = {
      'Find image': describe,
      'Find built image': describe,
      Build: ({ EnvironmentVariablesOverride, IdempotencyToken }) => {
        if (this.build !== undefined) throw this.build;
        const [{ Value }] = EnvironmentVariablesOverride as [{ Value: string }];
        expect(IdempotencyToken).toBe(Value);
        this.images.set(Value, `sha256:${NEW}`);
        return { Build: { BuildStatus: 'SUCCEEDED' } };
      },
      'Ask for scan': () => {
        const answer = this.scan(this.count('scan'));
        if (answer instanceof Error) throw answer;
        return { ImageScanStatus: { Status: answer } };
      },
      Judge: async ({ Payload }) => ({ Payload: await judge(Payload) }),
      'Export SBOM': () => ({ ReportId: 'report-1' }),
      'Ask for sbom': () => ({ Status: this.sbom(this.count('sbom')) }),
      'Ask calendar': ({ CalendarNames }) => {
        expect(CalendarNames).toEqual(['Calendar']);
        return { State: this.calendar };
      },
      'Read promoted': read,
      'Read promoted again': read,
      'Read stack': () => this.describeStack('UPDATE_COMPLETE'),
      Promote: put,
      'Put back': put,
      'Roll out': (parameters) => {
        this.updates.push(parameters);
        if (this.update !== undefined) throw this.update;
        // CloudFormation reads the parameter when it begins.
        this.running = this.parameter;
        return { StackId: 'stack' };
      },
      'Ask for rollout': () => {
        const status = this.rollout[Math.min(this.count('rollout'), this.rollout.length) - 1];
        return this.describeStack(status);
      },
      Record: ({ Body, Key }) => {
        this.records.push({ ...(Body as object), Key });
        return {};
      },
      'Note good run': ({ Value }) => {
        this.lastGoodRun = String(Value);
        return {};
      },
    };
    return Object.fromEntries(
      Object.entries(doubles).map(([name, double]) => [
        name,
        (parameters) => {
          this.calls.push(name);
          return double(parameters);
        },
      ]),
    );
  }

  public get outcome(): unknown {
    return this.records.map(({ outcome }) => (outcome as { name: string }).name);
  }

  private async readLedger({ input }: GetObjectCommand): Promise<object> {
    if (this.ledger === undefined || `${input.Bucket}/${input.Key}` !== 'evidence/ledger.json') {
      throw new NoSuchKey({ message: 'none', $metadata: {} });
    }
    const text = await this.ledger();
    return { Body: { transformToString: () => Promise.resolve(text) } };
  }

  private describeStack(StackStatus: string): object {
    if (StackStatus.includes('ROLLBACK')) this.running = OLD;
    const Parameters = [
      { ParameterKey: 'BootstrapVersion', ParameterValue: '/cdk-bootstrap/hnb659fds/version', ResolvedValue: '30' },
      { ParameterKey: 'Size', ParameterValue: 'large' },
      { ParameterKey: 'Digest', ParameterValue: pipeline.promotedParameterName, ResolvedValue: this.running },
    ];
    return { Stacks: [{ StackStatus, Parameters }] };
  }

  private count(name: string): number {
    return (this.asked[name] = (this.asked[name] ?? 0) + 1);
  }
}

const finding = (days: number, properties: Partial<Finding> = {}): Finding =>
  ({
    findingArn: `finding-${days}`,
    severity: 'CRITICAL',
    status: 'ACTIVE',
    firstObservedAt: new Date(NOW.getTime() - days * 86_400_000),
    packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-1' },
    resources: [{ details: { awsEcrContainerImage: { repositoryName: 'shop', imageHash: `sha256:${NEW}` } } }],
    ...properties,
  }) as Finding;

const run = async (aws: Aws, id = '2026-11-23T02:00:00Z'): Promise<string> =>
  (await machine.execute({ id, trigger: 'schedule' }, aws.doubles)).status;

const aws = (changes: Partial<Aws> = {}): Aws => Object.assign(new Aws(), changes);

test('builds, scans, lists what is in it, promotes and rolls out, and records that it did', async () => {
  const world = aws();
  expect(await run(world)).toBe('succeeded');
  expect(world.calls.filter((name) => !name.startsWith('Ask for'))).toEqual([
    ...['Find image', 'Build', 'Find built image', 'Judge', 'Export SBOM', 'Ask calendar', 'Read promoted'],
    ...['Read stack', 'Promote', 'Roll out', 'Read promoted again', 'Record', 'Note good run'],
  ]);
  expect(world.parameter).toBe(NEW);
  expect(world.outcome).toEqual(['Promoted']);
  expect(world.records[0].Key).toMatch(RegExp(`^patching/images/Foreign/patched-[0-9a-f]{64}/${EXECUTION}\\.json$`));
  expect(world.lastGoodRun).toBe(`Promoted ${EXECUTION}`);
});

test('updates the stack with its own template, and keeps every parameter as it is', async () => {
  const world = aws();
  await run(world);
  expect(world.updates).toEqual([
    {
      StackName: 'Shop',
      UsePreviousTemplate: true,
      Parameters: ['BootstrapVersion', 'Size', 'Digest'].map((ParameterKey) => ({
        ParameterKey,
        UsePreviousValue: true,
      })),
      Capabilities: expect.arrayContaining(['CAPABILITY_NAMED_IAM']) as unknown,
      ClientRequestToken: expect.stringMatching(/^patched-/) as unknown,
    },
  ]);
});

/** Ends before anything is promoted: what is wrong, how the run is recorded, and what is not even asked. */
const REFUSED: readonly [what: string, changes: Partial<Aws>, outcome: string, never: string][] = [
  [
    'a build that fails',
    { build: failure('States.TaskFailed', '{"CurrentPhase":"PRE_BUILD"}') },
    'BuildFailed',
    'Ask for scan',
  ],
  [
    'a test that fails',
    { build: failure('States.TaskFailed', '{"CurrentPhase":"BUILD"}') },
    'BuildFailed',
    'Ask for scan',
  ],
  ['a build that takes too long', { build: failure('States.Timeout') }, 'BuildFailed', 'Ask for scan'],
  ['a scan that failed', { scan: () => 'FAILED' }, 'ScanMissing', 'Judge'],
  ['an image that cannot be scanned', { scan: () => 'UNSUPPORTED_IMAGE' }, 'ScanMissing', 'Judge'],
  ['the scan of ECR alone', { scan: () => 'COMPLETE' }, 'ScanMissing', 'Judge'],
  ['a scan that nobody may read', { scan: () => failure('Ecr.AccessDeniedException') }, 'ScanMissing', 'Judge'],
  ['a scan that never begins', { scan: () => failure('Ecr.ScanNotFoundException') }, 'ScanOverdue', 'Judge'],
  ['a scan that never ends', { scan: () => 'PENDING' }, 'ScanOverdue', 'Judge'],
  ['an old finding', { findings: [finding(8)] }, 'ScanRefused', 'Export SBOM'],
  [
    'a finding of unknown age',
    { findings: [finding(1, { firstObservedAt: undefined })] },
    'ScanRefused',
    'Export SBOM',
  ],
  [
    'a ledger that nobody may read',
    { ledger: () => Promise.reject(failure('AccessDenied')) },
    'ScanUnread',
    'Export SBOM',
  ],
  ['a ledger that nobody understands', { ledger: () => Promise.resolve('[]') }, 'ScanUnread', 'Export SBOM'],
  ['no bill of materials', { sbom: () => 'FAILED' }, 'SbomFailed', 'Ask calendar'],
  ['a bill of materials that never comes', { sbom: () => 'IN_PROGRESS' }, 'SbomFailed', 'Ask calendar'],
];

test.each(REFUSED)('promotes nothing after %s', async (_, changes, outcome, never) => {
  const world = aws(changes);
  expect(await run(world)).toBe('failed');
  expect(world.outcome).toEqual([outcome]);
  expect(world.calls).not.toContain(never);
  expect(world.calls).not.toContain('Promote');
  expect(world.parameter).toBe(OLD);
  expect(world.lastGoodRun).toBeUndefined();
});

test('waits until Inspector has heard of the image and has scanned it', async () => {
  const answers = [failure('Ecr.ScanNotFoundException'), 'PENDING', 'ACTIVE'];
  const world = aws({ scan: (asked) => answers[asked - 1] });
  expect(await run(world)).toBe('succeeded');
  expect(world.calls.filter((name) => name === 'Ask for scan')).toHaveLength(3);
});

test('promotes an image with findings that are younger than their limits, or those of another image', async () => {
  const other = [{ details: { awsEcrContainerImage: { repositoryName: 'shop', imageHash: `sha256:${OLD}` } } }];
  const gone = { resources: other, packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-2' } } as Partial<Finding>;
  expect(await run(aws({ findings: [finding(7), finding(90, gone)] }))).toBe('succeeded');
});

test('a hole that the image before had too is as old as it was there', async () => {
  const before = {
    resources: [{ details: { awsEcrContainerImage: { repositoryName: 'shop', imageHash: `sha256:${OLD}` } } }],
  };
  const world = aws({ findings: [finding(0), finding(90, before as Partial<Finding>)] });
  expect(await run(world)).toBe('failed');
  expect(world.records[0].verdict).toEqual({ passed: false, over: ['CRITICAL CVE-2026-1: 90 of 7 days'] });
});

const ledger = (): Promise<string> =>
  Promise.resolve('{"shop CVE-2026-1":{"first":"2026-09-24T02:00:00.000Z","last":"2026-11-22T05:15:00.000Z"}}');

test('a hole that Inspector closed with the images before is as old as the ledger says', async () => {
  const findings = [finding(21, { severity: 'HIGH' })];
  expect(await run(aws({ findings }))).toBe('succeeded');
  const world = aws({ findings, ledger });
  expect(await run(world)).toBe('failed');
  expect(world.outcome).toEqual(['ScanRefused']);
  expect(world.records[0].verdict).toEqual({ passed: false, over: ['HIGH CVE-2026-1: 60 of 30 days'] });
});

test('before the first ledger what Inspector tells is all there is, and a hole of the ledger that is gone holds nothing', async () => {
  expect(await run(aws({ findings: [finding(7)], ledger: undefined }))).toBe('succeeded');
  expect(await run(aws({ findings: [], ledger }))).toBe('succeeded');
});

test('a freeze holds what was built, and the run is recorded as good', async () => {
  const world = aws({ calendar: 'CLOSED' });
  expect(await run(world)).toBe('succeeded');
  expect(world.outcome).toEqual(['Held']);
  expect(world.records[0]).toMatchObject({ calendar: { state: 'CLOSED' }, image: { hex: NEW } });
  expect(world.parameter).toBe(OLD);
  expect(world.lastGoodRun).toBe(`Held ${EXECUTION}`);
});

test('on the day of a critical fix the calendar is open, and the record says so', async () => {
  const world = aws({ calendar: 'OPEN' });
  await run(world, 'CVE-2026-1234');
  expect(world.records[0]).toMatchObject({
    id: 'CVE-2026-1234',
    calendar: { state: 'OPEN' },
    outcome: { name: 'Promoted' },
  });
});

const ROLLED_BACK: readonly [what: string, changes: Partial<Aws>][] = [
  [
    'that ends in a rollback',
    { rollout: ['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'] },
  ],
  ['whose rollback fails', { rollout: ['UPDATE_ROLLBACK_FAILED'] }],
  [
    'that CloudFormation refuses',
    { update: failure('CloudFormation.CloudFormationException', 'No updates are to be performed.') },
  ],
];

test.each(ROLLED_BACK)('puts the former digest back after a rollout %s', async (_, changes) => {
  const world = aws(changes);
  expect(await run(world)).toBe('failed');
  expect(world.outcome).toEqual(['RolledBack']);
  expect(world.parameter).toBe(OLD);
  expect(world.lastGoodRun).toBeUndefined();
});

test('an event that comes again builds nothing and rolls nothing out', async () => {
  const world = aws();
  await run(world, 'event-1');
  world.calls.length = 0;
  expect(await run(world, 'event-1')).toBe('succeeded');
  expect(world.calls).not.toContain('Build');
  expect(world.calls).not.toContain('Roll out');
  expect(world.outcome).toEqual(['Promoted', 'NothingNew']);
});

test('two runs of one event at once promote one image', async () => {
  const world = aws();
  expect(await Promise.all([run(world, 'event-1'), run(world, 'event-1')])).toEqual(['succeeded', 'succeeded']);
  expect(world.images.size).toBe(1);
  expect(new Set(world.updates.map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(1);
  expect(world.parameter).toBe(NEW);
});

test('a run that could not be recorded is no good run', async () => {
  const world = aws();
  const doubles: Record<string, TaskDouble> = {
    ...world.doubles,
    Record: () => {
      throw failure('S3.S3Exception');
    },
  };
  expect((await machine.execute({ id: 'one', trigger: 'schedule' }, doubles)).status).toBe('failed');
  expect(world.lastGoodRun).toBeUndefined();
});

test('the stack of the shop is another one', () => {
  expect(Stack.of(pipeline).stackName).not.toBe('Shop');
});
