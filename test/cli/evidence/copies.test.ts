import { rmSync } from 'node:fs';
import demo from '../../../config/demo';
import { copiesOf } from '../../../lib/cli/evidence/model/copies';
import type { Standing } from '../../../lib/cli/evidence/model/digit';
import { readAssembly } from '../../../lib/compliance/template-graph/read-assembly';
import { TemplateGraph } from '../../../lib/compliance/template-graph/template-graph';
import { assemblyOf } from '../../support/assembly';
import {
  type Resources,
  of,
  GIVEN,
  HOME,
  vault,
  planOf,
  copiedTo,
  tested,
  judging,
  LOCK,
  DATABASE,
  SELECTION,
  WHOLE,
  OFFSITE,
  linesOf,
  lineOf,
  standings,
  whole,
} from '../../support/backed-up-app';
import { smallAssembly } from '../../support/check';
import { evidence, Folders } from '../../support/evidence';

const folders = new Folders();

afterAll(() => folders.remove());

test('says of each copy in which account, Region and vault it lies, and for how long', () => {
  const line = lineOf(WHOLE);
  expect(standings(line)).toEqual(['yes', 'yes', 'yes', 'yes', 'yes']);
  expect(line).toEqual({
    dataClass: 'customer-data',
    type: 'AWS::RDS::DBCluster',
    constructPath: 'Shop.Database',
    copies: {
      standing: 'yes',
      says: [
        'original: 111122223333, eu-central-1',
        'home: 111122223333, eu-central-1; kept 35 days',
        'away: 111122223333, eu-west-1; kept 90 days',
      ],
    },
    storage: { standing: 'yes', says: ['the service itself: any second of the last 35 days', 'AWS Backup'] },
    offsite: { standing: 'yes', says: ['away: another Region, the same account'] },
    locked: {
      standing: 'yes',
      says: [
        'home: governance, 35 days at least; liftable by backup:DeleteBackupVaultLockConfiguration',
        'away: compliance, 35 days at least; nobody lifts it after 14 days',
      ],
    },
    restored: {
      standing: 'yes',
      says: ['restored from home: cron(0 8 ? * SUN *)', 'Shop.Judge lets somebody tell AWS Backup whether it is right'],
    },
  });
});

test.each<[about: string, changes: Readonly<Record<string, object | undefined>>, standings: Standing[]]>([
  ['no selection', { Selection: undefined }, ['no', 'no', 'no', 'no', 'no']],
  ['no copy action', { Plan: planOf({}) }, ['no', 'yes', 'no', 'in part', 'yes']],
  ['a copy at home', { Plan: planOf(copiedTo(HOME.replace('home', 'other'))) }, ['yes', 'yes', 'no', 'in part', 'yes']],
  ['a copy into the same vault', { Plan: planOf(copiedTo(HOME)) }, ['no', 'yes', 'no', 'in part', 'yes']],
  ['no restore test', { Test: undefined }, ['yes', 'yes', 'yes', 'yes', 'no']],
  [
    'a test of databases that are no Aurora',
    { Tested: tested({ ProtectedResourceType: 'RDS' }) },
    ['yes', 'yes', 'yes', 'yes', 'no'],
  ],
  ['a test of buckets', { Tested: tested({ ProtectedResourceType: 'S3' }) }, ['yes', 'yes', 'yes', 'yes', 'no']],
  [
    'a test of another cluster',
    {
      Tested: tested({
        ProtectedResourceType: 'Aurora',
        ProtectedResourceArns: ['arn:aws:rds:eu-central-1:111122223333:cluster:other'],
      }),
    },
    ['yes', 'yes', 'yes', 'yes', 'no'],
  ],
  [
    'a test that an administrator could look at',
    { Judge: judging('Allow', 'backup:*') },
    ['yes', 'yes', 'yes', 'yes', 'in part'],
  ],
  [
    'a test that nobody may look at',
    { Judge: judging('Deny', 'backup:PutRestoreValidationResult') },
    ['yes', 'yes', 'yes', 'yes', 'in part'],
  ],
  ['a test that nobody looks at', { Judge: undefined }, ['yes', 'yes', 'yes', 'yes', 'in part']],
])('with %s, the digit says so', (_, changes, expected) => {
  expect(standings(lineOf(whole(changes)))).toEqual(expected);
});

test('without a plan, no copy is made up', () => {
  const { copies, storage } = lineOf(whole({ Selection: undefined }));
  expect(copies.says).toEqual(['original: 111122223333, eu-central-1']);
  expect(storage.says).toContain('no backup plan of the app selects it');
});

test.each<[about: string, changes: Readonly<Record<string, object>>, standings: Standing[]]>([
  ['the vault off site', { Plan: planOf(copiedTo(GIVEN)) }, ['cannot tell', 'yes', 'cannot tell', 'in part', 'yes']],
  [
    'what is selected',
    {
      Selection: of('AWS::Backup::BackupSelection', {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: { Resources: [GIVEN] },
      }),
    },
    ['cannot tell', 'cannot tell', 'cannot tell', 'cannot tell', 'cannot tell'],
  ],
  [
    'the plan of a selection',
    {
      Selection: of('AWS::Backup::BackupSelection', {
        BackupPlanId: 'plan-1',
        BackupSelection: { Resources: ['*'] },
      }),
    },
    ['cannot tell', 'cannot tell', 'cannot tell', 'cannot tell', 'cannot tell'],
  ],
  [
    'whether a selection is made',
    { Selection: { ...SELECTION, Condition: 'Given' } },
    ['cannot tell', 'cannot tell', 'cannot tell', 'cannot tell', 'cannot tell'],
  ],
  [
    'the vault that is restored from',
    {
      Test: of('AWS::Backup::RestoreTestingPlan', {
        RestoreTestingPlanName: 'weekly',
        RecoveryPointSelection: { IncludeVaults: [GIVEN] },
      }),
    },
    ['yes', 'yes', 'yes', 'yes', 'cannot tell'],
  ],
])('%s, given at deployment, is neither there nor missing', (_, changes, expected) => {
  expect(standings(lineOf(whole(changes)))).toEqual(expected);
});

test('what a condition leaves out is not there', () => {
  expect(standings(lineOf(whole({ Selection: { ...SELECTION, Condition: 'Never' } })))).toEqual(
    standings(lineOf(whole({ Selection: undefined }))),
  );
  expect(linesOf({ Database: { ...DATABASE, Condition: 'Never' } })).toEqual([]);
});

test('a stack for any place does not show whether a vault is elsewhere', () => {
  const { copies, offsite } = lineOf(WHOLE, OFFSITE, { account: undefined, region: undefined });
  expect(copies.says[0]).toBe('original: any account, any Region');
  expect(offsite).toEqual({
    standing: 'cannot tell',
    says: ['whether away is elsewhere is decided at deployment'],
  });
});

test('another account is off site, too', () => {
  const { offsite } = lineOf(
    whole({ Plan: planOf(copiedTo('arn:aws:backup:eu-central-1:444455556666:backup-vault:away')) }),
  );
  expect(offsite).toEqual({ standing: 'yes', says: ['away: the same Region, another account'] });
});

test('an instance of a cluster, a key and a vault are no rows', () => {
  const lines = linesOf({
    ...WHOLE,
    Writer: of('AWS::RDS::DBInstance', { DBClusterIdentifier: { Ref: 'Database' } }),
    Key: of('AWS::KMS::Key'),
  });
  expect(lines.map(({ constructPath }) => constructPath)).toEqual(['Shop.Database']);
});

test('the demo store: customers’ data three times, one of them elsewhere, under a lock that can be lifted', () => {
  const assembly = assemblyOf({ demo });
  const lines = copiesOf(new TemplateGraph(readAssembly(assembly)));
  rmSync(assembly, { recursive: true });
  const table = lines.map((line) => [line.dataClass, line.type, ...standings(line)]);
  expect(table).toEqual([
    ['customer-data', 'AWS::RDS::DBCluster', 'yes', 'yes', 'yes', 'in part', 'yes'],
    ['logs', 'AWS::S3::Bucket', 'no', 'no', 'no', 'no', 'no'],
    ['logs', 'AWS::S3::Bucket', 'no', 'no', 'no', 'in part', 'no'],
    ['customer-data', 'AWS::S3::Bucket', 'yes', 'yes', 'yes', 'in part', 'yes'],
  ]);
  const [database] = lines;
  expect(database.copies.says[2]).toMatch(
    /^demo-production-\w+: 111122223333, ap-northeast-1; kept 35 days and 396 days$/,
  );
});

/** The chapter of the page about an app of one stack with `resources`. */
async function chapterOf(resources: Resources): Promise<string> {
  const { page } = await evidence(folders, smallAssembly({ 'Shop.template.json': { Resources: resources } }));
  return page.slice(page.indexOf('<h2 id="copies"'), page.indexOf('<h2 id="cost"'));
}

test('the page has a table for each kind of data, and a cell for each digit', async () => {
  const chapter = await chapterOf({ ...WHOLE, Logs: of('AWS::S3::Bucket') });
  expect(chapter.match(/<h3>[^<]*/g)).toEqual(['<h3>customer-data', '<h3>data of no declared kind']);
  expect(chapter.match(/<td /g)).toHaveLength(12);
  expect(chapter).toContain('away: 111122223333, eu-west-1; kept 90 days');
  expect(chapter).toMatch(
    /data-name="0 errors"><div><span class="badge badge-good">yes<\/span><ul class="says">\s*<li>restored/,
  );
  expect(chapter).toContain('away: no stack of this app makes it, so its lock is not known');
});

test('an app without data says so in a line', async () => {
  const chapter = await chapterOf({ Topic: of('AWS::SNS::Topic') });
  expect(chapter).toContain('The templates make nothing that holds data.');
  expect(chapter).not.toContain('<table');
});

test('markup in names is text', async () => {
  const hostile = '<img src=x onerror=alert(1)>';
  const chapter = await chapterOf({
    ...WHOLE,
    Vault: vault(hostile, LOCK),
    Plan: planOf({ TargetBackupVault: hostile }),
    Database: of('AWS::RDS::DBCluster', { Tags: [{ Key: 'commerce-baseline:data-class', Value: hostile }] }),
  });
  expect(chapter).toContain('&lt;img src=x onerror=alert(1)&gt;: 111122223333');
  expect(chapter).not.toContain('<img');
});
