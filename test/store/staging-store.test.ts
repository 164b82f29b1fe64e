import { rmSync } from 'node:fs';
import { type DefinedStore } from '../../lib/app';
import { readStore, resourcesOf, type PlacedResource } from '../../lib/cli/store-assembly';
import { WAIVER_METADATA } from '../../lib/core/waiver-metadata';
import { leftByAws } from '../../lib/cli/teardown/left-by-aws';
import { planTeardown } from '../../lib/cli/teardown/plan';
import { assemblyOf } from '../support/assembly';
import { APPLICATIONS, storeOf } from '../support/stores';
import { copyOf, DISPOSABLE, rehearsalOf } from '../support/staging';

/** With everything that costs and protects: what a rehearsal has to leave behind. */
const production = storeOf({ tier: 'regulated', packs: [] });
const outfitters = storeOf({ id: 'outfitters', application: APPLICATIONS.woocommerce, packs: [] });

interface Written {
  readonly protection: string;
  readonly reason: string;
}

const waived: string[] = [];
const stores: Readonly<Record<string, DefinedStore>> = {
  production,
  staging: copyOf(production),
  firewalled: rehearsalOf(storeOf({ id: 'walled', packs: [] }), { tier: 'regulated' }),
  outfitters: rehearsalOf(outfitters),
};
const directory = assemblyOf(stores, (built) => {
  for (const { node } of built.staging.node.findAll()) {
    const waivers = node.metadata.filter(({ type }) => type === WAIVER_METADATA).map(({ data }) => data as Written);
    waived.push(...waivers.filter(({ reason }) => reason === DISPOSABLE.reason).map(({ protection }) => protection));
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

const ofType = (store: string, type: string): PlacedResource[] =>
  resourcesOf(readStore(directory, store)).filter((resource) => resource.type === type);

describe.each(['acme-staging', 'walled-staging', 'outfitters-staging'])('the disposable store %s', (name) => {
  const store = readStore(directory, name);
  const own = (resources: readonly PlacedResource[]): PlacedResource[] =>
    resources.filter(({ stack }) => stack.part !== undefined);

  test('keeps nothing, in no stack', () => {
    expect(planTeardown(store).stays.filter(({ stack }) => stack !== 'commerce-account')).toEqual([]);
  });

  test('is protected against deletion nowhere', () => {
    expect(
      store.stacks.filter(({ part, terminationProtection }) => part !== undefined && terminationProtection),
    ).toEqual([]);
    const lifted = planTeardown(store).steps.flatMap(({ commands }) => commands);
    expect(lifted.filter((command) => /protection/.test(command) && !/commerce-account/.test(command))).toEqual([]);
  });

  test('empties every bucket and repository before it goes, and locks no object', () => {
    const buckets = own(resourcesOf(store)).filter(({ type }) => type === 'AWS::S3::Bucket');
    const emptied = own(resourcesOf(store)).filter(({ type }) => type === 'Custom::S3AutoDeleteObjects');
    expect(buckets.length).toBeGreaterThanOrEqual(2);
    expect(emptied).toHaveLength(buckets.length);
    expect(buckets.filter(({ properties }) => 'ObjectLockConfiguration' in properties)).toEqual([]);
    const repositories = own(resourcesOf(store)).filter(({ type }) => type === 'AWS::ECR::Repository');
    expect(repositories.map(({ properties }) => properties.EmptyOnDelete)).toEqual([true]);
  });

  test('takes its backups with it, and waits for its keys no longer than KMS demands', () => {
    const clusters = own(resourcesOf(store)).filter(({ type }) => type === 'AWS::RDS::DBCluster');
    expect(
      clusters.map(({ properties }) => [properties.DeleteAutomatedBackups, properties.BackupRetentionPeriod]),
    ).toEqual([[true, 1]]);
    const keys = own(resourcesOf(store)).filter(({ type }) => /^AWS::KMS::(Key|ReplicaKey)$/.test(type));
    expect(keys.length).toBeGreaterThan(7);
    expect(new Set(keys.map(({ properties }) => properties.PendingWindowInDays))).toEqual(new Set([7]));
  });

  test('has no plan, no vault and no stack for them', () => {
    expect(store.stacks.filter(({ part = '' }) => ['Recovery', 'OffsiteVault'].includes(part))).toEqual([]);
    expect(own(resourcesOf(store)).filter(({ type }) => type.startsWith('AWS::Backup::'))).toEqual([]);
  });

  test('says what AWS leaves all the same: keys that wait to be deleted, and logs nobody made', () => {
    const left = leftByAws(store).map(({ what }) => what);
    expect(left).toEqual(expect.arrayContaining([expect.stringMatching(/^Keys, until 7 days/)]));
    expect(left.join()).not.toContain('Automated backups');
  });
});

test('production beside it keeps all of it', () => {
  expect(planTeardown(readStore(directory, 'acme-production')).stays.length).toBeGreaterThan(40);
  expect(ofType('acme-production', 'Custom::S3AutoDeleteObjects')).toEqual([]);
  expect(ofType('acme-production', 'AWS::RDS::DBCluster')[0].properties).toMatchObject({ BackupRetentionPeriod: 35 });
});

test('one waiver gives up what stands against deletion, written down at each place', () => {
  expect([...new Set(waived)].sort()).toEqual([
    'database.backup',
    'database.deletion-protection',
    'load-balancer.deletion-protection',
    'log-store.lock',
    'network.change-protection',
    'object-store.backup',
    'stack.retention',
    'storefront-service.second-zone',
  ]);
});

test('a copy is masked before the stack of the shop is deployed, by a resource that waits for it', () => {
  const [gate] = ofType('acme-staging', 'Custom::MaskedCopy');
  expect(gate?.stack.part).toBe('DatabaseAccess');
  const { stacks } = readStore(directory, 'acme-staging');
  const application = stacks.find(({ part }) => part === 'Application');
  const access = stacks.find(({ part }) => part === 'DatabaseAccess');
  expect(application?.dependencies).toContain(access?.id);
  expect(ofType('outfitters-staging', 'Custom::MaskedCopy')).toEqual([]);
});

test('every behaviour asks for the login, and no answer is to be listed; production does neither', () => {
  const robots = (store: string): string[] =>
    ofType(store, 'AWS::CloudFront::ResponseHeadersPolicy').map(({ properties }) =>
      JSON.stringify(properties).includes('"X-Robots-Tag"') ? 'unlisted' : 'listed',
    );
  expect(new Set(robots('outfitters-staging'))).toEqual(new Set(['unlisted']));
  expect(robots('acme-production')).not.toContain('unlisted');
  const code = (store: string): string => JSON.stringify(ofType(store, 'AWS::CloudFront::Function')[0]?.properties);
  expect(code('acme-staging')).toContain('www-authenticate');
  expect(code('acme-production')).not.toContain('www-authenticate');
});

test('no template of staging names anything of production but its account', () => {
  const text = JSON.stringify(resourcesOf(readStore(directory, 'acme-staging')).map(({ properties }) => properties));
  expect(text).not.toContain('acme-production');
});

test('a rehearsal that is not disposable is backed up as production is', () => {
  const kept = assemblyOf({ kept: rehearsalOf(production, { disposable: undefined }) });
  const parts = readStore(kept).stacks.map(({ part }) => part);
  rmSync(kept, { recursive: true });
  expect(parts).toEqual(expect.arrayContaining(['Recovery', 'OffsiteVault']));
});
