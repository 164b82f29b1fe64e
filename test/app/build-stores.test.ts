import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { buildStores, RULE_PACK_NAMES, type DefinedStore } from '../../lib/app';
import { PACKS_METADATA } from '../../lib/compliance/assembly-review';
import { TODAY } from '../support/stack';
import { appOf, storeOf } from '../support/stores';
import { refusal } from '../support/refusal';

const acme = storeOf({});
const beta = storeOf({ id: 'beta' });

function stacksOf(app: App): string[] {
  return app.node
    .findAll()
    .filter((construct): construct is Stack => Stack.isStack(construct))
    .map(({ stackName }) => stackName);
}

function built(stores: Readonly<Record<string, DefinedStore>>, context: object = {}): App {
  const app = new App({ context: { ...TODAY, ...context }, analyticsReporting: false });
  buildStores(app, stores);
  return app;
}

test('one store needs no choice', () => {
  expect(stacksOf(built({ acme }))).toEqual([
    'commerce-account',
    'acme-production-edge-global',
    'acme-production-foundation',
    'acme-production-offsite-keys',
    'acme-production-data',
    'acme-production-database-access',
    'acme-production-application',
    'acme-production-edge-telemetry',
  ]);
});

test('of several, the one that is named, by the name under which it is given', () => {
  expect(stacksOf(built({ first: acme, second: beta }, { store: 'second' }))).toContain('beta-production-data');
  expect(stacksOf(built({ first: acme, second: beta }, { store: 'second' }))).not.toContain('acme-production-data');
});

test('of several, all; what exists once in the account is there once', () => {
  const stacks = stacksOf(appOf({ acme, beta }));
  expect(stacks).toEqual(expect.arrayContaining(['acme-production-data', 'beta-production-data']));
  expect(stacks.filter((name) => name === 'commerce-account')).toHaveLength(1);
});

test.each([
  [undefined, 'missing'],
  ['gamma', '"gamma"'],
])('of several, none when %s is named', (store, printed) => {
  expect(() => built({ acme, beta }, { store })).toThrow(
    refusal(
      ['StoreNotChosen'],
      `-c store is ${printed}; it must be one of acme, beta, all. Add -c store=acme to the command.`,
    ),
  );
});

test('what was built can be added to', () => {
  const app = new App({ context: { ...TODAY }, analyticsReporting: false });
  const stores = buildStores(app, { acme });
  expect(() => new Bucket(stores.acme.data, 'Invoices')).not.toThrow();
});

test('the stacks say which packs ran: those the configuration names, or the two of every store', () => {
  const packsOf = (app: App): string[][] =>
    app.node
      .findAll()
      .filter((construct) => Stack.isStack(construct))
      .map(({ node }) => node.metadata.find(({ type }) => type === PACKS_METADATA)?.data as string[]);
  expect(packsOf(built({ acme }))).toEqual(Array(8).fill(['AwsSolutions', 'PCI.DSS.321']));
  expect(packsOf(built({ strict: storeOf({ packs: RULE_PACK_NAMES }) }))).toEqual(Array(8).fill([...RULE_PACK_NAMES]));
});
