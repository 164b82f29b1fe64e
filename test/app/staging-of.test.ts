import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Size } from 'aws-cdk-lib';
import {
  Application,
  CacheTopology,
  ChangeWindow,
  DatabaseSource,
  InterfaceEndpoints,
  Mail,
  MaskingPolicy,
  MonthlyCost,
  RateLimit,
  RuleAction,
  Waiver,
  Weekday,
} from '../../lib';
import { buildStores, defineStore, type StoreConfig, stagingOf } from '../../lib/app';
import { type BaselineError } from '../../lib/core/errors';
import { ROOT } from '../support/documents';
import { appOf, BARE, DIGEST, EXISTING_NETWORK, expectRefusal, storeOf } from '../support/stores';
import { TODAY } from '../support/stack';
import { DIFFERENCES, DISPOSABLE, rehearsalOf } from '../support/staging';

const waiver = Waiver.because('Rehearsed with the door open for a day', { owner: 'platform@acme.example' });

const production = storeOf({
  tier: 'regulated',
  egress: [{ domain: 'api.stripe.com', purpose: 'payments' }],
  packs: ['AwsSolutions'],
  network: { cidr: '10.64.0.0/16' },
  database: { databaseName: 'orders', maxCapacity: 64, generation: 3, source: DatabaseSource.snapshot('before') },
  service: { cpu: 2048, memory: Size.gibibytes(4), scaling: { min: 6, max: 40 } },
  firewall: { botControl: {}, anonymousIpList: RuleAction.count(waiver) },
  mail: Mail.ses({ from: 'orders@shop.acme.example' }),
});

/** Of a task of production. */
const SIZE = { cpu: 2048, memory: production.service?.memory };

const refusalOf = (build: () => unknown): string[] => {
  try {
    build();
    return [];
  } catch (error) {
    return (error as BaselineError).message.split('\n').slice(1);
  }
};

test('is the same shop, in an environment and at hosts of its own', () => {
  const staging = rehearsalOf(production);
  const { id, application, administrators, contacts, egress, workload, offsite, packs } = production;
  expect(staging).toMatchObject({ id, application, administrators, contacts, egress, workload, offsite, packs });
  expect(staging).toMatchObject({ environment: 'staging', name: 'Acme Supplies (staging)', dns: DIFFERENCES.dns });
});

test('has nothing of production: no data, no generation, no network, no mail', () => {
  const staging = rehearsalOf(production);
  expect(staging.database).toEqual({ databaseName: 'orders', minCapacity: 0, maxCapacity: 2, readers: 0 });
  expect(staging.network).toEqual({ availabilityZones: 2, interfaceEndpoints: InterfaceEndpoints.none() });
  expect(staging.mail).toBeUndefined();
});

test('is cheaper by choices that have a name, and refuses as much for nothing', () => {
  const staging = rehearsalOf(production);
  expect(staging).toMatchObject({ tier: 'starter', proxy: false, worker: { scaling: { min: 1, max: 1 } } });
  expect(staging.service).toEqual({
    ...SIZE,
    scaling: { min: 1, max: 2 },
    withoutSecondZone: DISPOSABLE,
  });
  expect(staging.firewall).toEqual({ anonymousIpList: production.firewall?.anonymousIpList });
});

test('each choice can be made otherwise, by itself', () => {
  const cache = CacheTopology.replicated({ nodeType: 'cache.t4g.medium' });
  const staging = rehearsalOf(production, {
    name: 'Dress rehearsal',
    tier: 'regulated',
    database: { maxCapacity: 8 },
    network: { cidr: '10.65.0.0/16' },
    worker: { cpu: 256, memory: Size.mebibytes(512) },
    cache,
    firewall: { rateLimits: { login: RateLimit.byAddress(50) } },
  });
  expect(staging).toMatchObject({ name: 'Dress rehearsal', tier: 'regulated', cache });
  expect(staging.database).toMatchObject({ databaseName: 'orders', minCapacity: 0, maxCapacity: 8 });
  expect(staging.network).toMatchObject({ cidr: '10.65.0.0/16', availabilityZones: 2 });
  expect(staging.worker).toEqual({ cpu: 256, memory: Size.mebibytes(512), scaling: { min: 1, max: 1 } });
  expect(staging.firewall).toEqual({ rateLimits: { login: RateLimit.byAddress(50) } });
});

test('gives up no second zone unless somebody says why', () => {
  const { service } = stagingOf(production, { dns: DIFFERENCES.dns });
  expect(service).toEqual({ ...SIZE, scaling: { min: 2, max: 2 } });
});

test('a shop without a database and a cache has none in staging either', () => {
  const application = Application.container({ image: `public.ecr.aws/acme/shop@${DIGEST}`, port: 8080 });
  const staging = rehearsalOf(storeOf({ application }));
  expect([staging.database, staging.cache]).toEqual([undefined, undefined]);
});

test('may be in another account', () => {
  const workload = { account: '444455556666', region: 'eu-central-1' };
  const app = new App({ context: { ...TODAY, store: 'all' }, analyticsReporting: false });
  const built = buildStores(app, { production, staging: rehearsalOf(production, { workload }) });
  expect(built.production.data.account).toBe('111122223333');
  expect(built.staging.data.account).toBe('444455556666');
});

test('refuses what would make it answer, send or reach in the place of production, all at once', () => {
  const existing = storeOf({
    existingNetwork: EXISTING_NETWORK,
    mail: Mail.ses({ from: 'orders@shop.acme.example' }),
  });
  const differences = {
    dns: BARE.dns,
    mail: Mail.ses({ from: 'news@shop.acme.example' }),
    existingNetwork: EXISTING_NETWORK,
    database: { source: DatabaseSource.pointInTime({ cluster: 'acme' }) },
  };
  expect(refusalOf(() => stagingOf(existing, differences))).toEqual([
    '  - masking is missing; it must say what is masked, where the data of staging is a copy of another database. Write masking: MaskingPolicy.medusa() or .woocommerce(), or start with DatabaseSource.empty(). [MaskingMissing]',
    '  - dns.hosts is "shop.acme.example"; it must be a host that production does not answer at. Take one of its own: staging.shop.acme.example. [HostOfProduction]',
    '  - mail.from is "news@shop.acme.example"; it must be at another domain than production, which SES knows as shop.acme.example. Send from a domain of its own: orders@staging.shop.acme.example. [MailOfProduction]',
    '  - existingNetwork.vpcId is "vpc-0123456789abcdef0"; it must be another network than that of production. Leave it out for a network of its own. [NetworkOfProduction]',
  ]);
});

describe('windows of staging', () => {
  const windowsOn = (weekday: Weekday): { databases: ChangeWindow } => ({
    databases: ChangeWindow.weekly(weekday, '02:00', Duration.hours(2)),
  });
  const rehearsed = (windows: { databases: ChangeWindow }, patching?: StoreConfig['patching']): string[] => {
    const store = storeOf({ patching: { windows } });
    return refusalOf(() => stagingOf(store, { dns: DIFFERENCES.dns, ...(patching && { patching }) }));
  };

  test.each([Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.SUNDAY])('open before those of production on a %s', (day) => {
    expect(rehearsed(windowsOn(day))).toEqual([]);
  });

  test('are refused where production is patched within a day, or first', () => {
    const at = (hours: number): string =>
      `  - patching.windows.databases is "${hours} hours before that of production"; it must open a day or more before that of production: staging is where a patch is seen first. Give staging an earlier day, with windows of its own in patching. [StagingNotFirst]`;
    expect(rehearsed(windowsOn(Weekday.MONDAY))).toEqual([at(0)]);
    // By its own clocks, which are seven hours ahead of those of production in winter.
    const patching = { timeZone: 'Asia/Manila', windows: windowsOn(Weekday.SUNDAY) };
    expect(rehearsed(windowsOn(Weekday.SUNDAY), patching)).toEqual([at(7)]);
  });

  test('may be chosen for both', () => {
    expect(rehearsed(windowsOn(Weekday.MONDAY), { windows: windowsOn(Weekday.SATURDAY) })).toEqual([]);
  });
});

test('refuses to rehearse a rehearsal', () => {
  const again = (): unknown => stagingOf(rehearsalOf(production), { dns: BARE.dns });
  expect(refusalOf(again)).toEqual([
    '  - production is "staging"; it must be a store in production. Give what defineStore({ environment: \'production\', … }) returned. [NotProduction]',
  ]);
});

test('is judged as any other store', () => {
  const wrong = (): unknown => rehearsalOf(production, { database: { maxCapacity: 0.7 }, loginGeneration: 0 });
  expect(refusalOf(wrong).map((line) => /\[(\w+)\]$/.exec(line)?.[1])).toEqual([
    'GenerationInvalid',
    'MaxCapacityOutOfRange',
  ]);
});

test('production takes nothing of what only staging can choose', () => {
  expectRefusal(
    { disposable: waiver, masking: MaskingPolicy.medusa(), loginGeneration: 2, withoutLogin: waiver },
    'disposable is "production"; it must be left out of every environment but staging. Remove it: what production holds outlives its stacks. [StagingOnly]',
    'masking is "production"; it must be left out of every environment but staging. Remove it: masking would destroy what production knows of its customers. [StagingOnly]',
    'loginGeneration is "production"; it must be left out of every environment but staging. Remove it: the shop of production is open to everybody. [StagingOnly]',
    'withoutLogin is "production"; it must be left out of every environment but staging. Remove it: the shop of production is open to everybody. [StagingOnly]',
  );
});

test('a store in staging that was written out is behind the same rules', () => {
  const config: StoreConfig = {
    ...BARE,
    environment: 'staging',
    database: { source: DatabaseSource.snapshot('of-shop') },
  };
  expect(refusalOf(() => defineStore(config))).toEqual([expect.stringContaining('[MaskingMissing]')]);
  expect(refusalOf(() => defineStore({ ...config, masking: MaskingPolicy.medusa() }))).toEqual([]);
});

test('docs/STAGING.md says what it costs at rest', () => {
  const { usd, unpriced } = MonthlyCost.of(appOf({ staging: rehearsalOf(storeOf({ tier: 'standard' })) }));
  const page = readFileSync(path.join(ROOT, 'docs/STAGING.md'), 'utf8');
  expect(unpriced).toEqual([]);
  expect(page).toContain(`about ${10 * Math.round(usd / 10)} USD a month`);
});
