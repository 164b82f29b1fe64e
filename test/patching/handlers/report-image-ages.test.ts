import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { BatchGetImageCommand, DescribeImagesCommand, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { DescribeTasksCommand, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import {
  type CoveredResource,
  type Finding,
  ListCoverageCommand,
  ListFindingsCommand,
} from '@aws-sdk/client-inspector2';
import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import { createHandler, NothingRuns } from '../../../lib/patching/handlers/report-image-ages';

const REGISTRY = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;
const SHOP = { name: 'shop', image: `${REGISTRY}/shop@${digestOf('a')}`, imageDigest: digestOf('a') };
const CACHED = { name: 'tls', image: `${REGISTRY}/public/nginx@${digestOf('b')}`, imageDigest: digestOf('b') };

const covered = (
  repository: string,
  digit: string,
  over: CoveredResource['scanStatus'] = undefined,
): CoveredResource => ({
  resourceType: 'AWS_ECR_CONTAINER_IMAGE',
  resourceId: `arn:aws:ecr:eu-central-1:111122223333:repository/${repository}/${digestOf(digit)}`,
  accountId: '111122223333',
  scanType: 'PACKAGE',
  scanStatus: over ?? { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' },
});

const finding = (id: string, first: string, digit: string): Finding =>
  ({
    findingArn: `arn:${id}`,
    severity: 'CRITICAL',
    status: 'ACTIVE',
    firstObservedAt: new Date(first),
    title: id,
    resources: [
      {
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: 'image',
        details: { awsEcrContainerImage: { repositoryName: 'shop', imageHash: digestOf(digit) } },
      },
    ],
  }) as Finding;

/** As much of an account as the handler sees, with pages of one. */
class Account {
  public tasks: Task[] = [{ taskArn: 'task/1', lastStatus: 'RUNNING', containers: [SHOP] }];
  public readonly pushed = new Map([
    [`shop ${digestOf('a')}`, '2026-11-20T00:00:00Z'],
    [`public/nginx ${digestOf('b')}`, '2026-11-10T00:00:00Z'],
  ]);
  public readonly manifests = new Map<string, string>();
  public coverage: CoveredResource[] = [covered('shop', 'a'), covered('public/nginx', 'b')];
  public findings: Finding[] = [];
  public ledger: string | undefined = '{}';
  public readonly messages: PublishCommand['input'][] = [];
  public readonly metrics: PutMetricDataCommand['input'][] = [];
  public failing?: string;

  public send = (command: object): Promise<unknown> => {
    if (command.constructor.name === this.failing) {
      return Promise.reject(new Error(`${this.failing} failed`));
    }
    return Promise.resolve(this.answer(command));
  };

  public get over(): (number | undefined)[] {
    return this.metrics.flatMap(({ MetricData = [] }) => MetricData).map(({ Value }) => Value);
  }

  private answer(command: object): unknown {
    if (command instanceof ListTasksCommand) {
      const { items, nextToken } = page(this.tasks, command.input.nextToken);
      return { taskArns: items.map(({ taskArn }) => taskArn), nextToken };
    }
    if (command instanceof DescribeTasksCommand) {
      return { tasks: this.tasks.filter(({ taskArn }) => command.input.tasks?.includes(taskArn ?? '')) };
    }
    if (command instanceof DescribeImagesCommand) {
      const { repositoryName, imageIds = [] } = command.input;
      const pushed = this.pushed.get(`${repositoryName} ${imageIds[0]?.imageDigest}`);
      if (pushed === undefined) {
        return Promise.reject(new ImageNotFoundException({ message: 'none', $metadata: {} }));
      }
      return { imageDetails: [{ imagePushedAt: new Date(pushed) }] };
    }
    if (command instanceof BatchGetImageCommand) {
      const imageManifest = this.manifests.get(command.input.imageIds?.[0]?.imageDigest ?? '');
      return imageManifest === undefined ? { images: [], failures: [{}] } : { images: [{ imageManifest }] };
    }
    if (command instanceof ListCoverageCommand) {
      const { ecrRepositoryName, resourceType } = command.input.filterCriteria ?? {};
      const own = this.coverage.filter(
        (each) =>
          each.resourceType === resourceType?.[0]?.value &&
          each.resourceId?.includes(`repository/${ecrRepositoryName?.[0]?.value}/sha256:`),
      );
      const { items, nextToken } = page(own, command.input.nextToken);
      return { coveredResources: items, nextToken };
    }
    if (command instanceof ListFindingsCommand) {
      const repository = command.input.filterCriteria?.ecrImageRepositoryName?.[0]?.value;
      const own = this.findings.filter(
        ({ resources }) => resources?.[0]?.details?.awsEcrContainerImage?.repositoryName === repository,
      );
      const { items, nextToken } = page(own, command.input.nextToken);
      return { findings: items, nextToken };
    }
    if (command instanceof GetObjectCommand) {
      const { ledger } = this;
      if (ledger === undefined || `${command.input.Bucket}/${command.input.Key}` !== 'evidence/findings/ledger.json') {
        throw new NoSuchKey({ message: 'none', $metadata: {} });
      }
      return { Body: { transformToString: () => Promise.resolve(ledger) } };
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

function page<T>(all: readonly T[], token = '0'): { items: T[]; nextToken?: string } {
  const from = Number(token);
  return { items: all.slice(from, from + 1), nextToken: from + 1 < all.length ? String(from + 1) : undefined };
}

const environment = {
  CLUSTER: 'arn:aws:ecs:eu-central-1:111122223333:cluster/acme',
  CLUSTER_NAME: 'acme',
  NAMESPACE: 'CommerceBaseline/Patching',
  ACCOUNT: '111122223333',
  AWS_REGION: 'eu-central-1',
  IMAGE_DAYS: '30',
  CRITICAL_DAYS: '7',
  HIGH_DAYS: '30',
  SCANNED: 'yes',
  LEDGER_BUCKET: 'evidence',
  LEDGER_KEY: 'findings/ledger.json',
  TOPIC: 'arn:aws:sns:eu-central-1:111122223333:notice',
};

const runOn = (
  account: Account,
  settings: Record<string, string | undefined> = {},
  now = '2026-11-28T05:45:00Z',
): Promise<void> =>
  createHandler(
    {
      ...{ ecs: account, ecr: account, inspector: account, s3: account, cloudWatch: account, sns: account },
      now: () => new Date(now),
    },
    { ...environment, ...settings },
  )();

test('reads every task, and measures the oldest image', async () => {
  const account = new Account();
  account.tasks.push({ taskArn: 'task/2', lastStatus: 'RUNNING', containers: [SHOP, CACHED] });
  await runOn(account);
  expect(account.metrics).toEqual([
    {
      Namespace: 'CommerceBaseline/Patching',
      MetricData: [
        expect.objectContaining({
          MetricName: 'OldestImageDays',
          Value: 18,
          Dimensions: [{ Name: 'Cluster', Value: 'acme' }],
        }),
        expect.objectContaining({
          MetricName: 'ImagesOverLimit',
          Value: 0,
          Dimensions: [{ Name: 'Cluster', Value: 'acme' }],
        }),
      ],
    },
  ]);
  expect(account.messages).toEqual([]);
});

test('tells of an image over its limit every day, one line for each', async () => {
  const account = new Account();
  account.tasks.push({ taskArn: 'task/2', lastStatus: 'RUNNING', containers: [SHOP, CACHED] });
  await runOn(account, {}, '2026-12-15T05:45:00Z');
  await runOn(account, {}, '2026-12-16T05:45:00Z');
  expect(account.messages.map(({ TopicArn }) => TopicArn)).toEqual([environment.TOPIC, environment.TOPIC]);
  expect(account.messages[1].Message).toMatch(/^1 images[^]*\/public\/nginx@[^]*: 36 days old, limit 30$/);
  expect(account.messages[1].Message).not.toContain('/shop@');
  expect(account.over).toEqual([35, 1, 36, 1]);
});

test('tells of findings in what runs, and not of those in what does not', async () => {
  const account = new Account();
  account.findings = [
    finding('CVE-1', '2026-11-01T00:00:00Z', 'a'),
    finding('CVE-2', '2026-11-26T00:00:00Z', 'a'),
    finding('CVE-3', '2026-11-01T00:00:00Z', 'c'),
  ];
  await runOn(account);
  expect(account.messages[0].Message).toMatch(/: CRITICAL CVE-1 for 27 days, limit 7$/);
  expect(account.over).toEqual([8, 1]);
});

test('a vulnerability that was in an earlier image of the repository is as old as there', async () => {
  const account = new Account();
  account.findings = [finding('CVE-1', '2026-11-27T00:00:00Z', 'a'), finding('CVE-1', '2026-11-01T00:00:00Z', 'c')].map(
    (each, index) => ({ ...each, findingArn: `arn:${index}` }),
  );
  await runOn(account);
  expect(account.messages[0].Message).toContain('CRITICAL CVE-1 for 27 days');
});

const LEDGER = JSON.stringify({
  'shop CVE-1': { first: '2026-09-29T00:00:00.000Z', last: '2026-11-28T05:15:00.000Z' },
  'other CVE-2': { first: '2026-09-29T00:00:00.000Z', last: '2026-11-28T05:15:00.000Z' },
});

test('a vulnerability that Inspector closed with the images before is as old as the ledger says', async () => {
  const account = new Account();
  account.findings = ['CVE-1', 'CVE-2'].map((id) => ({
    ...finding(id, '2026-11-07T00:00:00Z', 'a'),
    severity: 'HIGH',
  }));
  account.ledger = LEDGER;
  await runOn(account);
  expect(account.messages[0].Message).toMatch(/: HIGH CVE-1 for 60 days, limit 30$/);
  account.ledger = undefined;
  await runOn(account);
  account.failing = 'GetObjectCommand';
  await runOn(account, { LEDGER_BUCKET: '', LEDGER_KEY: '' });
  expect(account.messages).toHaveLength(1);
});

test.each(['', '[]', '{"shop CVE-1":{"first":1}}'])(
  'a ledger that says %p is no empty ledger: it fails',
  async (text) => {
    const account = new Account();
    account.ledger = text;
    await expect(runOn(account)).rejects.toThrow();
    expect(account.metrics).toEqual([]);
  },
);

test('finds what Inspector scanned of an image for several platforms', async () => {
  const account = new Account();
  account.coverage = [covered('shop', 'd')];
  account.manifests.set(
    digestOf('a'),
    JSON.stringify({ manifests: [{ digest: digestOf('d') }, { digest: digestOf('e') }] }),
  );
  account.findings = [finding('CVE-1', '2026-11-01T00:00:00Z', 'd')];
  await runOn(account);
  expect(account.messages[0].Message).toContain('CRITICAL CVE-1 for 27 days');
});

test.each<[string, (account: Account) => void, string]>([
  [
    'not in the registry here',
    (a) => (a.tasks = [task({ ...SHOP, image: 'nginx:1.29' })]),
    'not in ECR of this account',
  ],
  ['without a digest', (a) => (a.tasks = [task({ ...SHOP, imageDigest: undefined })]), 'ECS does not say'],
  ['gone from its repository', (a) => a.pushed.clear(), 'of unknown age'],
  ['never scanned', (a) => (a.coverage = []), 'not scanned by Inspector'],
  [
    'no longer scanned',
    (a) => (a.coverage = [covered('shop', 'a', { statusCode: 'INACTIVE', reason: 'SCAN_ELIGIBILITY_EXPIRED' })]),
    'not scanned by Inspector',
  ],
  [
    'still to be scanned',
    (a) => (a.coverage = [covered('shop', 'a', { statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN' })]),
    'not scanned by Inspector',
  ],
])('an image that is %s is over', async (_, change, reason) => {
  const account = new Account();
  change(account);
  await runOn(account);
  expect(account.messages[0].Message).toContain(reason);
  expect(account.over.at(-1)).toBe(1);
});

const task = (container: NonNullable<Task['containers']>[number]): Task => ({
  taskArn: 'task/1',
  lastStatus: 'RUNNING',
  containers: [container],
});

test('where nothing scans, the age alone is judged, and Inspector is not asked', async () => {
  const account = new Account();
  account.failing = 'ListCoverageCommand';
  await runOn(account, { SCANNED: 'no' });
  expect(account.over).toEqual([8, 0]);
});

test.each<[string, Task[]]>([
  ['nothing', []],
  ['a task that has not begun', [{ taskArn: 'task/1', lastStatus: 'PENDING', containers: [SHOP] }]],
  [
    'what AWS puts into tasks',
    [task({ name: 'aws-guardduty-agent-x1', image: 'guardduty', imageDigest: digestOf('f') })],
  ],
])('%s running is no good news', async (_, tasks) => {
  const account = new Account();
  account.tasks = tasks;
  await expect(runOn(account)).rejects.toThrow(NothingRuns);
  expect(account.metrics).toEqual([]);
});

test('a message names twenty findings and counts the rest', async () => {
  const account = new Account();
  account.findings = [...Array(23).keys()].map((index) => finding(`CVE-${index}`, '2026-10-01T00:00:00Z', 'a'));
  await runOn(account);
  expect(account.messages[0].Message?.match(/CRITICAL/g)).toHaveLength(20);
  expect(account.messages[0].Message).toContain('and 3 more');
});

test('without a topic it still measures', async () => {
  const account = new Account();
  account.pushed.clear();
  await runOn(account, { TOPIC: '' });
  expect(account.messages).toEqual([]);
  expect(account.over).toEqual([30, 1]);
});

test.each([
  'ListTasksCommand',
  'DescribeTasksCommand',
  'DescribeImagesCommand',
  'GetObjectCommand',
  'ListCoverageCommand',
  'ListFindingsCommand',
  'PublishCommand',
])('when %s fails it says nothing by its metric, so that silence is noticed', async (failing) => {
  const account = new Account();
  account.findings = [finding('CVE-1', '2026-11-01T00:00:00Z', 'a')];
  account.failing = failing;
  await expect(runOn(account)).rejects.toThrow(`${failing} failed`);
  expect(account.metrics).toEqual([]);
});

test.each([
  { IMAGE_DAYS: '0' },
  { IMAGE_DAYS: 'x' },
  { CRITICAL_DAYS: '' },
  { SCANNED: '' },
  { LEDGER_KEY: undefined },
  { ACCOUNT: '' },
  { CLUSTER: '' },
])('refuses %j', async (settings) => {
  const account = new Account();
  await expect(runOn(account, settings)).rejects.toThrow();
  expect(account.metrics).toEqual([]);
});
