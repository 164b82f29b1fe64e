import { App, Stack, Stage } from 'aws-cdk-lib';
import { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import {
  Application,
  BuildSource,
  CommerceAccount,
  CommerceStore,
  Egress,
  PaymentIntegration,
  StoreEnvironment,
  type CommerceStoreProps,
} from '../../lib';
import { STORE_METADATA } from '../../lib/core/store-metadata';
import { refusal } from '../support/refusal';
import { TODAY } from '../support/stack';
import { BARE, DIGEST, EXISTING_NETWORK } from '../support/stores';

/** A store with only what cannot be guessed, and no configuration in between. */
function storeIn(scope: App | Stage, changes: Partial<CommerceStoreProps> = {}): CommerceStore {
  const location = { account: '111122223333', region: 'eu-central-1', offsiteRegion: 'eu-west-1' };
  return new CommerceStore(scope, 'Store', {
    identity: { id: 'acme', environment: StoreEnvironment.PRODUCTION },
    displayName: 'Acme Supplies',
    location,
    account: new CommerceAccount(scope, 'Account', { account: location.account }),
    dns: BARE.dns,
    application: BARE.application,
    administrators: [...BARE.administrators],
    contacts: BARE.contacts,
    ...changes,
  });
}

const newApp = (): App => new App({ context: TODAY, analyticsReporting: false });
const stacksOf = (store: CommerceStore): Stack[] => store.node.children.filter((child) => Stack.isStack(child));

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly DependsOn?: string[] }>>;
}

describe('a store', () => {
  const app = newApp();
  const store = storeIn(app);
  const assembly = app.synth();
  const templateOf = (stack: Stack): Template => assembly.getStackArtifact(stack.artifactId).template as Template;

  test('puts each stack where its service looks for it', () => {
    expect(stacksOf(store).map(({ node, region }) => [node.id, region])).toEqual([
      ['EdgeGlobal', 'us-east-1'],
      ['Foundation', 'eu-central-1'],
      ['OffsiteKeys', 'eu-west-1'],
      ['Data', 'eu-central-1'],
      ['DatabaseAccess', 'eu-central-1'],
      ['OffsiteVault', 'eu-west-1'],
      ['Recovery', 'eu-central-1'],
      ['Application', 'eu-central-1'],
      ['EdgeTelemetry', 'us-east-1'],
    ]);
  });

  test('protects against deletion what holds something that would be missed, and nothing else', () => {
    const isProtected = stacksOf(store).filter(({ terminationProtection }) => terminationProtection);
    expect(isProtected.map(({ node }) => node.id)).toEqual([
      'EdgeGlobal',
      'Foundation',
      'OffsiteKeys',
      'Data',
      'DatabaseAccess',
      'OffsiteVault',
      'Recovery',
    ]);
  });

  test('keeps what may fail and be repeated apart from what must stay: the data stack runs nothing of ours', () => {
    const types = Object.values(templateOf(store.data).Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /Lambda|Custom::|CustomResource/.test(type))).toEqual([]);
  });

  test('is deployed in an order in which one run is enough', () => {
    const order = assembly.stacks.map(({ stackName }) => stackName.replace('acme-production-', ''));
    const before = (first: string, second: string): boolean => order.indexOf(first) < order.indexOf(second);
    expect(before('commerce-account', 'edge-global')).toBe(true);
    expect(before('edge-global', 'application')).toBe(true);
    expect(before('foundation', 'offsite-keys')).toBe(true);
    expect(before('data', 'database-access')).toBe(true);
    expect(before('data', 'recovery')).toBe(true);
    expect(before('offsite-vault', 'recovery')).toBe(true);
    expect(before('database-access', 'application')).toBe(true);
    expect(before('application', 'edge-telemetry')).toBe(true);
  });

  test('imports from its own Region alone; what stands in another is read by name', () => {
    const regionsReadBy = (stack: Stack): string[] => {
      const reads = JSON.stringify(templateOf(stack)).matchAll(/"Fn::GetStackOutput":\{[^}]*"Region":"([^"]+)"/g);
      return [...new Set([...reads].map(([, region]) => region))].sort();
    };
    const importsOf = (stack: Stack): string[] =>
      [...JSON.stringify(templateOf(stack)).matchAll(/"Fn::ImportValue":"([^":]+)/g)].map(([, name]) => name);
    for (const stack of stacksOf(store)) {
      const near = stacksOf(store).filter(({ region }) => region === stack.region);
      expect(importsOf(stack).filter((name) => !near.some(({ stackName }) => name.startsWith(stackName)))).toEqual([]);
    }
    expect(importsOf(store.application)).not.toEqual([]);
    // In its own Region, only the attributes of a database that a new generation replaces.
    expect(regionsReadBy(store.application)).toEqual(['eu-central-1', 'us-east-1']);
    expect(regionsReadBy(store.access)).toEqual(['eu-central-1']);
    expect(regionsReadBy(store.offsiteKeys)).toEqual(['eu-central-1']);
    expect(regionsReadBy(store.telemetry)).toEqual(['eu-central-1']);
    expect(regionsReadBy(store.foundation)).toEqual([]);
  });

  test('says in every stack what it is and whose', () => {
    for (const { templateOptions, tags } of stacksOf(store)) {
      expect(templateOptions.description).toMatch(/^Acme Supplies: .+ \(cdk-commerce-baseline\)$/);
      expect(tags.tagValues()).toMatchObject({ 'commerce-baseline:store': 'acme' });
    }
  });
});

test('a store without a database, a cache and pictures has none', () => {
  const application = Application.container({ image: `public.ecr.aws/acme/shop@${DIGEST}`, port: 8080 });
  const store = storeIn(newApp(), { application });
  expect(store.data.database).toBeUndefined();
  expect(store.data.media).toBeUndefined();
  expect(store.access.cache).toBeUndefined();
});

test('a store in a network that exists already makes none, and names the parts of that one', () => {
  const store = storeIn(newApp(), { existingNetwork: EXISTING_NETWORK });
  const { vpc, dataSubnets } = store.foundation.network;
  expect(vpc.vpcId).toBe('vpc-0123456789abcdef0');
  expect(dataSubnets.map(({ subnetId }) => subnetId)).toEqual(EXISTING_NETWORK.dataSubnetIds);
  expect(store.foundation.node.findAll().filter((child) => child instanceof CfnVPC)).toEqual([]);
});

test('a store in a Stage has the names that it has at the top level', () => {
  const app = newApp();
  const wrapped = storeIn(new Stage(app, 'Pipeline'));
  const names = stacksOf(storeIn(newApp())).map(({ stackName }) => stackName);
  expect(stacksOf(wrapped).map(({ stackName }) => stackName)).toEqual(names);
  expect(() => app.synth()).not.toThrow();
});

describe('what leaves the network of a store', () => {
  const image = `ghcr.io/acme/shop@${DIGEST}`;

  test('names each domain once, with whatever it is needed for', () => {
    const outbound = [{ domain: 'api.stripe.com', purpose: 'refunds' }];
    const application = Application.medusa({ image: DIGEST, outbound });
    const further = [
      { domain: 'api.stripe.com', purpose: 'payments' },
      { domain: 'public.ecr.aws', purpose: 'themes' },
    ];
    const merged = CommerceStore.destinations(application, further);
    expect(merged.filter(({ domain }) => !domain.endsWith('.cloudfront.net'))).toEqual([
      { domain: 'public.ecr.aws', purpose: 'first pull of public container images, themes' },
      { domain: 'api.stripe.com', purpose: 'refunds, payments' },
    ]);
    expect(() => Egress.dnsAllowList(merged)).not.toThrow();
  });

  test('leads to the image of the shop', () => {
    expect(() => storeIn(newApp(), { application: Application.medusa({ image }) })).toThrow(
      refusal(['ImageRegistryNotReachable'], `application.image is "${image}"; it must come from a registry that`),
    );
    const outbound = [{ domain: 'ghcr.io', purpose: 'image of the shop' }];
    expect(() => storeIn(newApp(), { application: Application.medusa({ image, outbound }) })).not.toThrow();
  });

  test('refuses to build an image that it would not run', () => {
    const connectionArn = 'arn:aws:codeconnections:eu-central-1:111122223333:connection/0123abcd';
    const source = BuildSource.connection({ connectionArn, url: 'https://github.com/acme/shop' });
    const patching = { imageBuild: { source, test: ['true'] } };
    expect(() => storeIn(newApp(), { patching })).toThrow(refusal(['ImageBuiltElsewhere'], 'application.image'));
    const application = Application.medusa({ image: DIGEST });
    expect(storeIn(newApp(), { application, patching }).images?.pipeline).toBeDefined();
  });

  test('is not nothing while AWS itself is out of reach', () => {
    expect(() => storeIn(newApp(), { egress: Egress.none() })).toThrow(
      refusal(['EndpointsMissing'], 'network.interfaceEndpoints is []; it must hold ecr.api, '),
    );
  });

  test('is not judged where the network is not ours', () => {
    const application = Application.medusa({ image });
    expect(() => storeIn(newApp(), { application, existingNetwork: EXISTING_NETWORK })).not.toThrow();
  });
});

test('every stack states how card data gets to the gateway, where the store says so', () => {
  const statementsOf = (store: CommerceStore): unknown[] =>
    stacksOf(store).map(({ node }): unknown => node.metadata.find(({ type }) => type === STORE_METADATA)?.data);
  const payments = { integration: 'redirect', selfAssessment: 'A', scriptCriterion: false };
  const declared = storeIn(newApp(), { payments: PaymentIntegration.redirect() });
  expect(statementsOf(declared)).toEqual(stacksOf(declared).map((): unknown => expect.objectContaining({ payments })));
  const silent = storeIn(newApp());
  expect(statementsOf(silent)).toEqual(
    stacksOf(silent).map((): unknown => expect.objectContaining({ payments: undefined })),
  );
});
