import { rmSync } from 'node:fs';
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import demo from '../../../config/demo';
import medusa from '../../../config/medusa';
import { defineStore } from '../../../lib/app';
import { readStore, resourcesOf } from '../../../lib/cli/store-assembly';
import { planTeardown } from '../../../lib/cli/teardown/plan';
import { KEPT_TYPES } from '../../../lib/cli/teardown/kept-types';
import { assemblyOf } from '../../support/assembly';

const both = assemblyOf({ acme: defineStore({ ...medusa, packs: [] }), demo: defineStore({ ...demo, packs: [] }) });
const disposable = assemblyOf({ acme: defineStore({ ...medusa, packs: [] }) }, ({ acme }) => {
  for (const construct of acme.data.node.findAll()) {
    if (construct instanceof CfnBucket) {
      construct.applyRemovalPolicy(RemovalPolicy.DESTROY);
    }
    if (construct instanceof CfnDBCluster) {
      construct.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
    }
  }
  new Bucket(acme.data, 'Emptied', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
});

afterAll(() => [both, disposable].forEach((directory) => rmSync(directory, { recursive: true })));

const store = readStore(both, 'acme-production');
const plan = planTeardown(store);
const resources = resourcesOf(store);
const commands = plan.steps.flatMap((step) => step.commands);
const indexOf = (part: string): number => commands.findIndex((command) => command.includes(part));

test('each stack goes before those that it depends on', () => {
  const order = plan.steps.flatMap(({ stack }) => stack ?? []);
  const ids = new Map(store.stacks.map(({ id, name }) => [id, name]));
  const early = store.stacks.flatMap(({ name, dependencies }) =>
    dependencies.map((id) => ids.get(id)!).filter((needed) => order.indexOf(name) > order.indexOf(needed)),
  );
  expect(early).toEqual([]);
  expect([...order].sort()).toEqual(store.stacks.map(({ name }) => name).sort());
});

test('what stores share goes last, and only with the last of them', () => {
  const last = plan.steps.at(-1)!;
  expect(last).toMatchObject({ stack: 'commerce-account' });
  expect(last.title).toContain('Other stores of the account use it: only with the last of them.');
  expect(plan.steps.slice(0, -1).filter(({ title }) => title.includes('Other stores'))).toEqual([]);
});

test('every resource that a template retains stands among what stays, each once', () => {
  const retained = resources.filter(({ deletionPolicy = '' }) => /^(Retain|Snapshot)/.test(deletionPolicy));
  const name = (stack: string, logicalId: string): string => `${stack} ${logicalId}`;
  expect(plan.stays.map((kept) => name(kept.stack, kept.logicalId)).sort()).toEqual(
    retained.map(({ stack, logicalId }) => name(stack.name, logicalId)).sort(),
  );
  expect(retained.length).toBeGreaterThan(40);
});

test('of each it says why it stays and how it is deleted', () => {
  const nobodyKnows = [...new Set(plan.stays.map(({ type }) => type))].filter((type) => !(type in KEPT_TYPES));
  expect(nobodyKnows).toEqual([]);
  expect(plan.stays.filter(({ remove }) => remove.length === 0)).toEqual([]);
});

test('what holds data says how to take it out', () => {
  const holders = plan.stays.filter(({ called }) =>
    /^(database|bucket|image repository|log group|secret)$/.test(called),
  );
  expect(holders.filter(({ takeOut }) => takeOut === undefined)).toEqual([]);
  expect(plan.stays.find(({ type }) => type === 'AWS::RDS::DBCluster')?.takeOut).toMatch(
    /^aws rds create-db-cluster-snapshot --region ap-southeast-1 --db-cluster-identifier acme-production-[0-9a-f]{8} /,
  );
});

test('every protection of a template is lifted', () => {
  const switches = (value: unknown): string[] =>
    Object.entries((value ?? {}) as Record<string, unknown>)
      .filter(([key, on]) => /protection/i.test(key) && [true, 'ENABLED', 'ACTIVE'].includes(on as string))
      .map(([key]) => key);
  const found = resources.flatMap(({ type, properties }) => switches(properties).map((key) => `${type} ${key}`));
  expect([...new Set(found)].sort()).toEqual([
    'AWS::NetworkFirewall::Firewall DeleteProtection',
    'AWS::NetworkFirewall::Firewall FirewallPolicyChangeProtection',
    'AWS::NetworkFirewall::Firewall SubnetChangeProtection',
    'AWS::RDS::DBCluster DeletionProtection',
    'AWS::Route53Resolver::FirewallRuleGroupAssociation MutationProtection',
  ]);
  for (const lifted of [
    '--no-delete-protection',
    '--no-firewall-policy-change-protection',
    '--no-subnet-change-protection',
    '--no-deletion-protection',
    '--mutation-protection DISABLED',
    'Key=deletion_protection.enabled,Value=false',
  ]) {
    expect(indexOf(lifted)).toBeGreaterThan(0);
  }
});

test('a protection is lifted right before what it protects goes', () => {
  const application = plan.steps.find(({ stack }) => stack === 'acme-production-application')!;
  expect(application.commands).toEqual([
    expect.stringMatching(/^aws elbv2 modify-load-balancer-attributes .* --load-balancer-arn "\$Application_\w+" /),
    `npx cdk destroy --app ${both} --exclusively acme-production/Application`,
  ]);
  const data = plan.steps.find(({ stack }) => stack === 'acme-production-data')!;
  expect(data.commands[0]).toBe(
    'aws cloudformation update-termination-protection --no-enable-termination-protection ' +
      '--region ap-southeast-1 --stack-name acme-production-data',
  );
});

test('the database goes by hand: after its stack, before its network, and leaves a last snapshot', () => {
  const order = [
    '--exclusively acme-production/Data',
    'modify-db-cluster --no-deletion-protection',
    'delete-db-instance',
    'delete-db-cluster --region',
    'delete-db-subnet-group',
    'delete-security-group',
    '--exclusively acme-production/Foundation',
  ];
  const places = order.map(indexOf);
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(places[0]).toBeGreaterThan(0);
  expect(commands[indexOf('delete-db-cluster --region')]).toContain('--final-db-snapshot-identifier');
});

test('every variable that a command uses was written down before the first stack goes, each by its own name', () => {
  const [first] = plan.steps;
  const written = first.commands.flatMap((command) => /^(\w+)=\$\(named /.exec(command)?.[1] ?? []);
  const later = [...commands, ...plan.stays.flatMap(({ remove, takeOut = '' }) => [...remove, takeOut])];
  const used = later.flatMap((command) => [...command.matchAll(/"\$([A-Z]\w+)"/g)].map(([, name]) => name));
  expect(used.filter((name) => !written.includes(name))).toEqual([]);
  expect(new Set(written).size).toBe(written.length);
});

test('what stays costs what its keys, secrets and idle instances cost', () => {
  const count = (type: string): number => plan.stays.filter((kept) => kept.type === type).length;
  const keys = count('AWS::KMS::Key') + count('AWS::KMS::ReplicaKey');
  // A regulated store: three instances of at least one capacity unit, at 0.12 an hour.
  expect(plan.monthly).toBeCloseTo(keys + 0.4 * count('AWS::SecretsManager::Secret') + 3 * 0.12 * 730);
  const priced = plan.stays.flatMap(({ price }) => price ?? []);
  expect(priced.filter(({ source }) => !source.startsWith('https://aws.amazon.com/'))).toEqual([]);
});

test('what AWS made beside the stacks is named, and how to find it', () => {
  expect(plan.leftByAws.map(({ what }) => what).sort()).toEqual([
    'Automated backups of the database, for the 35 days that they are kept',
    'Log groups of Container Insights',
    'Records in the zone by which certificates were validated',
    'Records in the zone by which certificates were validated',
    expect.stringMatching(/^Repositories that ECR made for images pulled through acme-production-[0-9a-f]{8}$/),
  ]);
});

describe('of a store whose data may go', () => {
  const { goes, stays, steps } = planTeardown(readStore(disposable));

  test('a bucket goes, and has to be empty, unless something empties it', () => {
    const buckets = goes.filter(({ type }) => type === 'AWS::S3::Bucket');
    expect(buckets.map(({ logicalId, first }) => [logicalId.slice(0, 7), first === undefined])).toEqual(
      expect.arrayContaining([
        ['MediaBu', false],
        ['Emptied', true],
      ]),
    );
    expect(stays.map(({ logicalId }) => logicalId)).not.toContain('MediaBucket');
  });

  test('a cluster goes with its stack, its protection lifted, and leaves a snapshot', () => {
    const cluster = stays.find(({ type }) => type === 'AWS::RDS::DBCluster');
    expect(cluster).toMatchObject({ fate: 'leaves a snapshot', price: { gigabyte: 0.021 } });
    const data = steps.find(({ stack }) => stack === 'acme-production-data')!;
    expect(data.commands[0]).toContain('aws rds modify-db-cluster --no-deletion-protection');
  });
});
