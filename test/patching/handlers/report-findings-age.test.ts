import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchGetAccountStatusCommand,
  type CoveredResource,
  type Finding,
  ListCoverageCommand,
  ListFindingsCommand,
} from '@aws-sdk/client-inspector2';
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { createHandler, InspectorOff } from '../../../lib/patching/handlers/report-findings-age';

/** What npm 11 wrote of a lock with three packages that have known holes. */
const NPM_AUDIT = readFileSync(path.join(__dirname, 'npm-audit.json'), 'utf8');

/** As much of an account as the handler sees, with pages of two findings. */
class Account {
  public readonly objects = new Map<string, string>();
  public readonly messages: PublishCommand['input'][] = [];
  public readonly metrics: NonNullable<PutMetricDataCommand['input']['MetricData']> = [];
  public readonly namespaces: (string | undefined)[] = [];
  public readonly checksums: (string | undefined)[] = [];
  public readonly asked: ListFindingsCommand['input'][] = [];
  public scans: Readonly<Record<string, { status: string } | undefined>> = {
    ecr: { status: 'ENABLED' },
    lambda: { status: 'ENABLED' },
  };
  public findings: Finding[] = [];
  public running: CoveredResource[] = [];
  public failing?: string;
  public written = new Date('2026-11-27T23:00:00Z');

  public send = (command: object): Promise<unknown> => {
    if (command.constructor.name === this.failing) {
      return Promise.reject(new Error(`${this.failing} failed`));
    }
    return Promise.resolve(this.answer(command));
  };

  private answer(command: object): unknown {
    if (command instanceof BatchGetAccountStatusCommand) {
      return { accounts: [{ accountId: '111122223333', resourceState: this.scans }] };
    }
    if (command instanceof ListFindingsCommand) {
      this.asked.push(command.input);
      const from = Number(command.input.nextToken ?? 0);
      const nextToken = from + 2 < this.findings.length ? String(from + 2) : undefined;
      return { findings: this.findings.slice(from, from + 2), nextToken };
    }
    if (command instanceof ListCoverageCommand) {
      const { resourceType, ecrImageInUseCount } = command.input.filterCriteria ?? {};
      const isOfImages = resourceType?.[0]?.value === 'AWS_ECR_CONTAINER_IMAGE';
      const from = Number(command.input.nextToken ?? 0);
      const nextToken = from + 1 < this.running.length ? String(from + 1) : undefined;
      const own = isOfImages && ecrImageInUseCount?.[0]?.lowerInclusive === 1 ? this.running : [];
      return { coveredResources: own.slice(from, from + 1), nextToken };
    }
    if (command instanceof GetObjectCommand) {
      const text = this.objects.get(`${command.input.Bucket}/${command.input.Key}`);
      if (text === undefined) {
        throw new NoSuchKey({ message: 'none', $metadata: {} });
      }
      return { Body: { transformToString: () => Promise.resolve(text) }, LastModified: this.written };
    }
    if (command instanceof PutObjectCommand) {
      this.checksums.push(command.input.ChecksumAlgorithm);
      this.objects.set(`${command.input.Bucket}/${command.input.Key}`, command.input.Body as string);
      return {};
    }
    if (command instanceof PublishCommand) {
      this.messages.push(command.input);
      return {};
    }
    if (command instanceof PutMetricDataCommand) {
      this.namespaces.push(command.input.Namespace);
      this.metrics.push(...(command.input.MetricData ?? []));
      return {};
    }
    throw new Error(`not expected: ${command.constructor.name}`);
  }
}

const environment = {
  BUCKET: 'evidence',
  PREFIX: 'patching/findings/acme-production/',
  NAMESPACE: 'CommerceBaseline/Patching',
  STORE: 'acme-production',
  CRITICAL_DAYS: '7',
  HIGH_DAYS: '30',
  SCANNED: 'ecr,lambda',
  SOURCES: '[]',
  SOURCES_PREFIX: 'patching/components/acme-production/',
  TOPIC: 'arn:aws:sns:eu-central-1:111122223333:notice',
};

const runOn = (
  account: Account,
  now = '2026-11-28T05:15:00Z',
  settings: Record<string, string | undefined> = {},
): Promise<void> => {
  const services = { inspector: account, s3: account, cloudWatch: account, sns: account };
  return createHandler({ ...services, now: () => new Date(now) }, { ...environment, ...settings })();
};

const finding = (id: string, first: string, severity: 'CRITICAL' | 'HIGH' = 'CRITICAL'): Finding =>
  ({
    findingArn: `arn:${id}`,
    severity,
    status: 'ACTIVE',
    firstObservedAt: new Date(first),
    title: id,
    resources: [{ type: 'AWS_EC2_INSTANCE', id: 'i-1' }],
  }) as Finding;

const OLD = finding('old', '2026-11-01T00:00:00Z');
const YOUNG = finding('young', '2026-11-27T00:00:00Z');

test('reads every page, writes the table and the ledger, and measures', async () => {
  const account = new Account();
  account.findings = [YOUNG, finding('high', '2026-11-20T00:00:00Z', 'HIGH'), finding('b', '2026-11-26T00:00:00Z')];
  await runOn(account);
  expect(account.asked.map(({ nextToken }) => nextToken)).toEqual([undefined, '2']);
  const table = account.objects.get('evidence/patching/findings/acme-production/2026-11-28.csv');
  expect(table?.split('\r\n')).toHaveLength(5);
  const ledger = account.objects.get('evidence/patching/findings/acme-production/ledger.json') ?? '';
  expect(Object.keys(JSON.parse(ledger) as object)).toEqual(['i-1 young', 'i-1 high', 'i-1 b']);
  expect(account.namespaces).toEqual(['CommerceBaseline/Patching']);
  const metrics = account.metrics.map(({ MetricName, Dimensions, Value }) => [
    MetricName,
    Dimensions?.map((dimension) => dimension.Value).join(' '),
    Value,
  ]);
  expect(metrics).toEqual([
    ['OldestFindingDays', 'acme-production CRITICAL', 2],
    ['OpenFindings', 'acme-production CRITICAL', 2],
    ['OldestFindingDays', 'acme-production HIGH', 8],
    ['OpenFindings', 'acme-production HIGH', 1],
    ['FindingsOverLimit', 'acme-production', 0],
  ]);
  expect(account.messages).toEqual([]);
  // Object Lock takes nothing without.
  expect(account.checksums).toEqual(['SHA256', 'SHA256']);
});

test('asks for what is hidden too, so that the table shows it', async () => {
  const account = new Account();
  await runOn(account);
  expect(account.asked[0].filterCriteria?.findingStatus?.map(({ value }) => value)).toEqual(['ACTIVE', 'SUPPRESSED']);
});

test('tells of what is over the limit, every day again', async () => {
  const account = new Account();
  account.findings = [OLD, YOUNG];
  await runOn(account);
  await runOn(account, '2026-11-29T05:15:00Z');
  expect(account.messages.map(({ TopicArn }) => TopicArn)).toEqual([environment.TOPIC, environment.TOPIC]);
  expect(account.messages[1].Message).toMatch(
    /^1 findings[^]*- CRITICAL old in i-1: 28 days old, limit 7[^]*s3:\/\/evidence\//,
  );
  expect(account.messages[1].Message).not.toContain('young');
  expect(
    account.metrics.filter(({ MetricName }) => MetricName === 'FindingsOverLimit').map(({ Value }) => Value),
  ).toEqual([1, 1]);
});

const inImage = (digest: string, inUseCount: number): Finding => ({
  ...finding(`CVE-2026-9 ${digest}`, '2026-11-01T00:00:00Z'),
  packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-9', source: 'NVD' },
  resources: [
    {
      type: 'AWS_ECR_CONTAINER_IMAGE',
      id: digest,
      details: { awsEcrContainerImage: { repositoryName: 'acme/shop', imageHash: digest, registry: '1', inUseCount } },
    },
  ],
});
const running = (
  repository: string,
  reason: 'SUCCESSFUL' | 'SCAN_ELIGIBILITY_EXPIRED' = 'SUCCESSFUL',
): CoveredResource => ({
  resourceType: 'AWS_ECR_CONTAINER_IMAGE',
  resourceId: `arn:aws:ecr:eu-central-1:111122223333:repository/${repository}/sha256:${'b'.repeat(64)}`,
  accountId: '111122223333',
  scanType: 'PACKAGE',
  scanStatus: { statusCode: reason === 'SUCCESSFUL' ? 'ACTIVE' : 'INACTIVE', reason },
});

test('an image that was replaced, and is scanned still, is in the table and nowhere else', async () => {
  const account = new Account();
  account.findings = [inImage('sha256:aa', 0)];
  account.running = [running('other'), running('acme/shop')];
  await runOn(account);
  expect(account.messages).toEqual([]);
  expect(account.metrics.map(({ Value }) => Value)).toEqual([0, 0, 0, 0, 0]);
  const table = account.objects.get('evidence/patching/findings/acme-production/2026-11-28.csv') ?? '';
  expect(table).toContain('"CRITICAL","27","7","no","CVE-2026-9","acme/shop"');
  expect(table).toMatch(/"yes"\r\n$/);
  expect(account.objects.get('evidence/patching/findings/acme-production/ledger.json')).toContain('2026-11-01');
});

test.each([
  ['that runs', 1, [running('acme/shop')]],
  ['of a repository of which nothing runs', 0, [running('shop')]],
  ['that was replaced by one that nobody scans', 0, [running('acme/shop', 'SCAN_ELIGIBILITY_EXPIRED')]],
])('an image %s counts', async (_, inUseCount, images) => {
  const account = new Account();
  account.findings = [inImage('sha256:aa', inUseCount)];
  account.running = images;
  await runOn(account);
  expect(account.messages[0].Message).toContain('CRITICAL CVE-2026-9 in acme/shop: 27 days old');
  expect(account.metrics.map(({ Value }) => Value)).toEqual([27, 1, 0, 0, 1]);
});

test('a message names twenty and counts the rest', async () => {
  const account = new Account();
  account.findings = [...Array(23).keys()].map((index) => finding(`old-${index}`, '2026-10-01T00:00:00Z'));
  await runOn(account);
  expect(account.messages[0].Message?.match(/^- /gm)).toHaveLength(20);
  expect(account.messages[0].Message).toContain('and 3 more');
});

test('without a topic it still writes and measures', async () => {
  const account = new Account();
  account.findings = [OLD];
  await runOn(account, undefined, { TOPIC: '' });
  expect(account.messages).toEqual([]);
  expect(account.metrics).not.toEqual([]);
});

test.each([{}, { ecr: { status: 'ENABLED' } }, { ecr: { status: 'ENABLED' }, lambda: { status: 'DISABLED' } }])(
  'no findings are no good news where Inspector scans only %j',
  async (scans) => {
    const account = new Account();
    account.scans = scans;
    await expect(runOn(account)).rejects.toThrow(InspectorOff);
    expect(account.metrics).toEqual([]);
  },
);

test.each(['ListFindingsCommand', 'ListCoverageCommand', 'GetObjectCommand', 'PutObjectCommand', 'PublishCommand'])(
  'when %s fails it says nothing by its metric, so that silence is noticed',
  async (failing) => {
    const account = new Account();
    account.findings = [OLD];
    account.failing = failing;
    await expect(runOn(account)).rejects.toThrow(`${failing} failed`);
    expect(account.metrics).toEqual([]);
  },
);

test.each(['', '{"i-1 old":{"first":1}}'])('a ledger that says %p is no empty ledger: it fails', async (text) => {
  const account = new Account();
  account.objects.set('evidence/patching/findings/acme-production/ledger.json', text);
  await expect(runOn(account)).rejects.toThrow();
  expect(account.metrics).toEqual([]);
});

test.each([{ CRITICAL_DAYS: '0' }, { CRITICAL_DAYS: 'x' }, { SCANNED: '' }, { BUCKET: undefined }])(
  'refuses %j',
  async (settings) => {
    const account = new Account();
    await expect(runOn(account, undefined, settings)).rejects.toThrow();
    expect(account.asked).toEqual([]);
  },
);

const SOURCES = JSON.stringify([
  { name: 'wordpress', format: 'report', owner: 'platform@acme.example', days: 2 },
  { name: 'storefront', format: 'npm-audit', owner: 'web@acme.example', days: 2 },
]);
const report = (found: string): string =>
  JSON.stringify({
    components: [{ name: 'woocommerce', version: '10.4.0', owner: 'payments@acme.example' }],
    findings: [
      { component: 'woocommerce', vulnerability: 'CVE-2026-1', severity: 'CRITICAL', found, fixedIn: '10.4.1' },
    ],
  });

test('what other sources found has the limits of what Inspector found, and an owner', async () => {
  const account = new Account();
  account.findings = [YOUNG];
  account.objects.set('evidence/patching/components/acme-production/wordpress.json', report('2026-11-20T00:00:00Z'));
  account.objects.set('evidence/patching/components/acme-production/storefront.json', NPM_AUDIT);
  await runOn(account, undefined, { SOURCES });
  expect(account.messages[0].Message).toMatch(
    /^1 findings[^]*- CRITICAL CVE-2026-1 in wordpress\/woocommerce: 8 days old, limit 7, fix available: YES, owner: payments@acme.example/,
  );
  const table = account.objects.get('evidence/patching/findings/acme-production/2026-11-28.csv') ?? '';
  expect(table).toContain(
    '"CRITICAL","0","7","no","GHSA-jf85-cpcp-j695","storefront/lodash","lodash <4.17.12","YES","no","storefront/lodash/GHSA-jf85-cpcp-j695","web@acme.example","no"',
  );
  expect(account.metrics.find(({ MetricName }) => MetricName === 'FindingsOverLimit')?.Value).toBe(1);
});

test('a hole that is reported anew each day grows old', async () => {
  const account = new Account();
  const [key, settings] = ['evidence/patching/components/acme-production/storefront.json', { SOURCES }];
  account.objects.set('evidence/patching/components/acme-production/wordpress.json', report('2026-11-27T00:00:00Z'));
  account.objects.set(key, NPM_AUDIT);
  await runOn(account, '2026-11-28T05:15:00Z', settings);
  account.written = new Date('2026-12-06T23:00:00Z');
  await runOn(account, '2026-12-07T05:15:00Z', settings);
  expect(account.messages.at(-1)?.Message).toContain('GHSA-jf85-cpcp-j695 in storefront/lodash: 9 days old, limit 7');
});

test('a source that is silent is over its limit, and stops nothing else', async () => {
  const account = new Account();
  account.findings = [OLD];
  account.written = new Date('2026-11-24T23:00:00Z');
  account.objects.set('evidence/patching/components/acme-production/wordpress.json', report('2026-11-27T00:00:00Z'));
  await runOn(account, undefined, { SOURCES });
  expect(account.messages[0].Message).toMatch(/^3 findings/);
  expect(account.messages[0].Message).toContain('no new report in wordpress: 3 days old, limit 2');
  expect(account.messages[0].Message).toContain('no report in storefront: of unknown age, limit 2');
  expect(account.messages[0].Message).toContain('CRITICAL old in i-1');
  expect(account.metrics.find(({ MetricName }) => MetricName === 'FindingsOverLimit')?.Value).toBe(3);
});

test('a bucket that cannot be read is no silent source: the report fails', async () => {
  const account = new Account();
  account.failing = 'GetObjectCommand';
  await expect(runOn(account, undefined, { SOURCES })).rejects.toThrow('GetObjectCommand failed');
});
