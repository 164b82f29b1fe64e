import { rmSync } from 'node:fs';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import medusa from '../../../config/medusa';
import { defineStore } from '../../../lib/app';
import { CHECKS } from '../../../lib/cli/preflight/checks';
import { LiveStacks } from '../../../lib/cli/preflight/live-stacks';
import { type Probe } from '../../../lib/cli/preflight/probe';
import { readStore } from '../../../lib/cli/store-assembly';
import { assemblyOf } from '../../support/assembly';
import { denial, json, PREPARED, query, refusal } from '../../support/aws-recordings';
import { type Recordings } from '../../support/aws-server';
import { ask, awsAt, DELEGATED } from '../../support/preflight';

/** A store that sends mail through SES, so that every check has something to ask. */
const assembly = assemblyOf({ acme: defineStore({ ...medusa, packs: [] }) }, ({ acme }) => {
  new CfnEmailIdentity(acme.application, 'Mail', { emailIdentity: 'acme.example' });
});

afterAll(() => rmSync(assembly, { recursive: true }));

/** What is asked about the store, without asking it. */
function probes(): Probe[] {
  const store = readStore(assembly);
  const aws = awsAt('http://127.0.0.1:9');
  return CHECKS.flatMap((check) =>
    check({ store, aws, names: DELEGATED, live: new LiveStacks(aws), now: new Date(0) }),
  );
}

/** The operations behind the actions of all probes. */
const OPERATIONS = [...new Set(probes().flatMap(({ actions }) => actions.map((action) => action.split(':')[1])))];

test('a prepared account passes', async () => {
  const { report } = await ask(assembly);
  expect(report.results.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(report.results.length).toBeGreaterThan(60);
});

test('it asks in the Regions of the store, and nothing is changed', async () => {
  const { server } = await ask(assembly);
  expect(new Set(server.calls.map(({ region }) => region))).toEqual(
    new Set(['us-east-1', 'ap-southeast-1', 'ap-northeast-1']),
  );
  expect(server.calls.filter(({ operation }) => !/^(Get|List|Describe)/.test(operation))).toEqual([]);
});

// A probe that takes several actions hears of them one by one.
test.each([
  ['nothing', []],
  ['the stacks', ['DescribeStacks']],
  ['stacks and quotas', ['DescribeStacks', 'GetServiceQuota']],
  ['that there are trails', ['DescribeTrails']],
  ['trails and their states', ['DescribeTrails', 'GetTrailStatus']],
])('whoever may see %s hears "unknown" of the rest, and which action to allow', async (_, allowed) => {
  const refused = Object.keys(PREPARED).filter((name) => ![...allowed, 'GetCallerIdentity'].includes(name));
  const { report } = await ask(assembly, { recordings: Object.fromEntries(refused.map((name) => [name, denial])) });
  // These ask nothing else, or nobody that could refuse.
  const others = ['identity', 'CAA', 'stack', ...(allowed.length > 1 ? ['Fargate processors'] : [])];
  const asked = report.results.filter(({ check, subject }) => !others.includes(check) && !others.includes(subject));
  expect(asked.filter(({ verdict }) => verdict !== 'unknown')).toEqual([]);
  const pairs = asked.map(({ seen, repair }) => ({ refused: /perform: (\w+)$/.exec(seen)?.[1], repair }));
  expect(pairs.filter(({ refused: operation, repair }) => !repair?.includes(`:${operation}`))).toEqual([]);
});

test('every recorded operation belongs to a check', () => {
  const all = [
    ...OPERATIONS,
    'GetCallerIdentity',
    'DescribeGlobalSettings',
    'DescribeServerlessCaches',
    'DescribeDBProxies',
    'DescribeCertificate',
  ];
  expect(Object.keys(PREPARED).sort()).toEqual(all.sort());
});

test('a service that fails is unknown, with what it said', async () => {
  const { report } = await ask(assembly, {
    recordings: { DescribeTrails: (call) => refusal(call, 'InternalError', 'Try again later', 500) },
  });
  expect(report.results[0]).toMatchObject({ check: 'trail', verdict: 'unknown', seen: 'Try again later' });
});

test('what is worst comes first', async () => {
  const { report } = await ask(assembly, {
    recordings: {
      GetParameter: (call) => refusal(call, 'ParameterNotFound', ''),
      DescribeTrails: { body: '{"trailList":[]}' },
      GetAccount: denial,
    },
  });
  const verdicts = report.results.map(({ verdict }) => verdict);
  expect([...new Set(verdicts)]).toEqual(['failure', 'unknown', 'warning', 'ok']);
});

test('credentials of another account are refused before anything is asked', async () => {
  const other = query(
    'GetCallerIdentity',
    '<Arn>arn:aws:iam::999999999999:user/me</Arn><Account>999999999999</Account>',
  );
  await expect(ask(assembly, { recordings: { GetCallerIdentity: other } })).rejects.toThrow(
    'The store acme-production is of the account 111122223333; these credentials are of 999999999999',
  );
});

describe('of a store whose copies are in another account', () => {
  const apart = assemblyOf({
    acme: defineStore({ ...medusa, packs: [], offsite: { account: '444455556666', region: 'ap-northeast-1' } }),
  });
  afterAll(() => rmSync(apart, { recursive: true }));
  const callerOf = (account: string): Recordings => ({
    GetCallerIdentity: query(
      'GetCallerIdentity',
      `<Arn>arn:aws:iam::${account}:user/me</Arn><Account>${account}</Account>`,
    ),
  });

  test.each([
    ['111122223333', '444455556666', 'acme-production-data', 'acme-production-offsite-vault'],
    ['444455556666', '111122223333', 'acme-production-offsite-vault', 'acme-production-data'],
  ])('%s is asked about what stands there, and %s is named as not asked', async (account, other, own, foreign) => {
    const { report } = await ask(apart, { recordings: callerOf(account) });
    const stacks = report.results.filter(({ check }) => check === 'stack').map(({ subject }) => subject);
    expect(stacks).toContain(own);
    expect(stacks).not.toContain(foreign);
    expect(report.results.filter(({ verdict }) => verdict !== 'ok')).toEqual([
      expect.objectContaining({ subject: `account ${other}`, verdict: 'warning' }),
    ]);
  });

  test('a vault account needs the roles of AWS Backup and RDS, and what is copied switched on', async () => {
    const { report } = await ask(apart, { recordings: callerOf('444455556666') });
    const subjects = report.results.map(({ subject }) => subject);
    expect(subjects).toEqual(
      expect.arrayContaining([
        'AWSServiceRoleForBackup',
        'AWSServiceRoleForRDS',
        'Aurora in AWS Backup',
        'S3 in AWS Backup',
      ]),
    );
  });

  test('an organisation that forbids copies between accounts is a warning, with the command that allows them', async () => {
    const recordings = { DescribeGlobalSettings: json({ GlobalSettings: { isCrossAccountBackupEnabled: 'false' } }) };
    const { report } = await ask(apart, { recordings, checks: ['backup'] });
    expect(report.results.find(({ subject }) => subject === 'copies between accounts')).toMatchObject({
      verdict: 'warning',
      seen: 'Not allowed in this organisation: every copy off site fails.',
      repair: expect.stringContaining('isCrossAccountBackupEnabled=true') as string,
    });
  });
});

test('credentials that have run out are refused with what to do', async () => {
  const expired: Recordings = {
    GetCallerIdentity: (call) =>
      refusal(call, 'ExpiredToken', 'The security token included in the request is expired', 403),
  };
  await expect(ask(assembly, { recordings: expired })).rejects.toThrow(/is expired\nLog in \("aws sso login"\)/);
});

test('questions are asked side by side, and not all at once', async () => {
  const { server } = await ask(assembly, { latency: 100 });
  expect(server.calls.length).toBeGreaterThan(50);
  expect(server.mostAtOnce).toBeGreaterThan(10);
  expect(server.mostAtOnce).toBeLessThanOrEqual(60);
  // At 100 ms each, ten seconds are a hundred answers one after the other.
  expect(server.inARow).toBeLessThan(20);
});
