import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { DatabaseSource } from '../../lib';
import { buildStores, type DefinedStore } from '../../lib/app';
import { compareWithLock } from '../../lib/compliance/guard/compare';
import { type GuardFinding } from '../../lib/compliance/guard/guard-finding';
import { renderLock } from '../../lib/compliance/guard/stateful-lock';
import { updatedLock } from '../../lib/compliance/guard/update-lock';
import { change, lockOf, recorded, type Build } from '../support/guard';
import { TODAY } from '../support/stack';
import { storeOf } from '../support/stores';

const packs = [] as const;

const build =
  (...stores: DefinedStore[]): Build =>
  (app) => {
    app.node.setContext('store', 'all');
    buildStores(app, Object.fromEntries(stores.map((store) => [`${store.id}-${store.environment}`, store])));
  };

const acme = storeOf({ packs });
const restored = storeOf({ packs, database: { source: DatabaseSource.snapshot('before-the-flood'), generation: 2 } });

const brief = ({ kind, type, path: where }: GuardFinding): string => `${kind} ${type} ${where}`;

/** The cluster among `findings`. */
const cluster = (findings: readonly GuardFinding[]): GuardFinding | undefined =>
  findings.find(({ type }) => type === 'AWS::RDS::DBCluster');

describe('a store', () => {
  test('is locked with all that must not be lost, and is clean on its own lock', () => {
    const { stacks } = lockOf(build(storeOf({ packs, tier: 'regulated' })));
    const types = new Set(
      Object.values(stacks).flatMap(({ resources }) => Object.values(resources).map(({ type }) => type)),
    );
    expect([...types]).toEqual(
      expect.arrayContaining([
        'AWS::ECR::Repository',
        'AWS::ElastiCache::ReplicationGroup',
        'AWS::KMS::Key',
        'AWS::KMS::ReplicaKey',
        'AWS::Logs::LogGroup',
        'AWS::RDS::DBCluster',
        'AWS::S3::Bucket',
      ]),
    );
    expect(change(build(acme), build(acme))).toEqual({ findings: [], unrecorded: [], elsewhere: [] });
  });

  test('in staging may be destroyed, and is left out', () => {
    const staging = storeOf({ packs, environment: 'staging' });
    const { stacks, disposable } = recorded(build(staging));
    expect(Object.keys(stacks).filter((key) => key.includes('acme-staging'))).toEqual([]);
    expect(disposable).toEqual(['acme-staging']);
  });

  test('that -c store did not choose is not missed; when the app is whole, it is', () => {
    const lock = lockOf(build(acme, storeOf({ packs, id: 'beta' })));
    const record = recorded(build(acme));
    const { findings, elsewhere } = compareWithLock(lock, record);
    expect(findings).toEqual([]);
    expect(elsewhere.every((key) => key.includes('/beta-production'))).toBe(true);
    expect(elsewhere).not.toEqual([]);
    const [left] = compareWithLock(lock, record, true).findings;
    expect(left.consequence).toMatch(/^Its stack has left the app\. CDK deletes no stack by itself/);
  });

  test('that is not chosen stays in a lock that is updated', () => {
    const lock = lockOf(build(acme, storeOf({ packs, id: 'beta' })));
    const decision = { date: '2026-11-23', owner: '', reason: '' };
    expect(updatedLock(lock, recorded(build(acme)), decision)).toEqual(lock);
  });

  test('restored into a new generation leaves the old database behind: a decision that has to be recorded', () => {
    const { findings } = change(build(acme), build(restored));
    const left = cluster(findings);
    expect(left).toMatchObject({ kind: 'removed' });
    expect(left?.consequence).toMatch(
      /leaves it behind.*made anew under the logical id DatabaseClusterG2: CloudFormation neither/,
    );
    const decision = { date: '2026-11-23', owner: 'ops@acme.example', reason: 'Restored after the flood' };
    const lock = updatedLock(lockOf(build(acme)), recorded(build(restored)), decision);
    expect(lock.history).toMatchObject([decision]);
    expect(compareWithLock(lock, recorded(build(restored))).findings).toEqual([]);
  });

  test('whose snapshot is dropped from its configuration would have an empty database', () => {
    const dropped = storeOf({ packs, database: { generation: 2 } });
    const { findings } = change(build(restored), build(dropped));
    const lost = findings.find(({ property }) => property === 'SnapshotIdentifier');
    expect(lost).toMatchObject({ kind: 'replaced', type: 'AWS::RDS::DBCluster', was: 'before-the-flood' });
    expect(lost?.consequence).toContain('makes another DBCluster, an empty one,');
  });

  test('in another Region is another store, and the first one is not looked after any more', () => {
    const moved = storeOf({ packs, workload: { account: '111122223333', region: 'eu-west-3' } });
    expect(change(build(acme), build(moved)).findings.map(brief)).toContainEqual(
      expect.stringMatching(/^removed AWS::RDS::DBCluster acme-production\/Data\//),
    );
  });
});

describe('beside an app', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'app-'));
  const home = process.cwd();
  const validation = process.env.CDK_VALIDATION;

  beforeEach(() => {
    process.chdir(directory);
    process.env.CDK_VALIDATION = 'false';
  });
  afterEach(() => {
    process.chdir(home);
    process.env.CDK_VALIDATION = validation;
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const synth = (store: DefinedStore): void => {
    const app = new App({ context: TODAY, analyticsReporting: false });
    buildStores(app, { acme: store });
    app.synth();
  };

  test('a lock stops the synthesis that would lose something, with no pack at all', () => {
    const lock = renderLock(lockOf(build(acme)));
    expect(() => synth(restored)).not.toThrow();
    writeFileSync('stateful.lock.json', lock);
    expect(() => synth(acme)).not.toThrow();
    expect(() => synth(restored)).toThrow(
      /AWS::RDS::DBCluster DatabaseCluster of acme-production-data \(.+\) would be removed.+guard --update/s,
    );
  });
});
