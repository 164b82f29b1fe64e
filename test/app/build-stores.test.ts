import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Application, Egress, type Network, Waiver, type CommerceStore } from '../../lib';
import { buildStores, RULE_PACK_NAMES, type DefinedStore, type StoreConfig } from '../../lib/app';
import { EGRESS_METADATA, type EgressStatement } from '../../lib/core/egress-metadata';
import { PACKS_METADATA } from '../../lib/core/rule-packs';
import { TODAY } from '../support/stack';
import { appOf, DIGEST, storeOf } from '../support/stores';
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
    'acme-production-offsite-vault',
    'acme-production-recovery',
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

test('the stacks say which packs ran: those the configuration names, or the three of every store', () => {
  const packsOf = (app: App): string[][] =>
    app.node
      .findAll()
      .filter((construct) => Stack.isStack(construct))
      .map(({ node }) => node.metadata.find(({ type }) => type === PACKS_METADATA)?.data as string[]);
  expect(packsOf(built({ acme }))).toEqual(Array(10).fill(['CommerceBaseline', 'PCI.DSS.401', 'AwsSolutions']));
  expect(packsOf(built({ strict: storeOf({ packs: RULE_PACK_NAMES }) }))).toEqual(Array(10).fill([...RULE_PACK_NAMES]));
});

describe('what a configuration chooses, and not its tier', () => {
  const waiver = Waiver.because('Suppliers choose hosts that nobody can list', { owner: 'platform@acme.example' });
  const stripe = { domain: 'api.stripe.com', purpose: 'payments' };

  const storeWith = (changes: Partial<StoreConfig>): CommerceStore => {
    const app = new App({ context: { ...TODAY }, analyticsReporting: false });
    return buildStores(app, { acme: storeOf({ tier: 'standard', egress: [stripe], ...changes }) }).acme;
  };
  const statedBy = ({ foundation }: CommerceStore): EgressStatement =>
    foundation.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === EGRESS_METADATA))[0]
      ?.data as EgressStatement;

  test('is the way out: a network firewall in the tier standard', () => {
    const [byTier, chosen] = [storeWith({}), storeWith({ egressFilter: Egress.networkFirewall.bind(Egress) })];
    Template.fromStack(byTier.foundation).resourceCountIs('AWS::NetworkFirewall::Firewall', 0);
    Template.fromStack(chosen.foundation).resourceCountIs('AWS::NetworkFirewall::Firewall', 1);
    expect(statedBy(chosen).destinations).toEqual(statedBy(byTier).destinations);
    expect(statedBy(chosen).destinations).toContainEqual(stripe);
  });

  test('is a way out to anywhere, for which somebody answers', () => {
    const { foundation } = storeWith({ egressFilter: () => Egress.unrestricted(waiver) });
    const lists = Template.fromStack(foundation).findResources('AWS::Route53Resolver::FirewallDomainList');
    expect(lists).toEqual({});
    const waived = foundation.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => data as unknown));
    expect(waived).toContainEqual(expect.objectContaining({ protection: 'network.egress-allow-list' }));
  });

  test('is what a Medusa shop may load', () => {
    const policyOf = (distribution: StoreConfig['distribution']): string =>
      JSON.stringify(
        Template.fromStack(storeWith({ distribution }).application).findResources(
          'AWS::CloudFront::ResponseHeadersPolicy',
        ),
      );
    const frames = { 'frame-src': ['https://js.stripe.com'] };
    expect(policyOf(undefined)).not.toContain('stripe');
    expect(policyOf({ contentSources: frames })).toContain(
      "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-src 'self' https://js.stripe.com",
    );
    const contentSources = { 'script-src': ["'unsafe-inline'"] };
    expect(policyOf({ contentSources, withoutNamedScripts: waiver })).toContain("script-src 'self' 'unsafe-inline'");
  });
});

test('a destination that the shop and its owner name is one destination', () => {
  const outbound = [{ domain: 'api.stripe.com', purpose: 'refunds' }];
  const application = Application.medusa({ image: DIGEST, outbound });
  const egress = [
    { domain: 'api.stripe.com', purpose: 'payments' },
    { domain: 'public.ecr.aws', purpose: 'themes' },
  ];
  const app = new App({ context: { ...TODAY }, analyticsReporting: false });
  const { acme: built } = buildStores(app, { acme: storeOf({ application, egress }) });
  const { destinations } = (built.foundation.network as Network).egress;
  expect(destinations).toContainEqual({ domain: 'api.stripe.com', purpose: 'refunds, payments' });
  expect(destinations).toContainEqual({
    domain: 'public.ecr.aws',
    purpose: 'first pull of public container images, themes',
  });
});
