import { App } from 'aws-cdk-lib';
import { Application, Dns, LoginMethod, SqlDialect, Vault, VaultLock, Waiver } from '../../lib';
import {
  buildStores,
  defineStore,
  type DefinedStore,
  type RulePackName,
  type StoreConfig,
  type Tier,
} from '../../lib/app';
import { BaselineError } from '../../lib/core/errors';
import { TODAY } from './stack';

/** A digest that no image has. */
export const DIGEST = `sha256:${'0'.repeat(64)}`;

/** A store with only what cannot be guessed. */
export const BARE: StoreConfig = {
  id: 'acme',
  environment: 'production',
  name: 'Acme Supplies',
  tier: 'starter',
  dns: Dns.route53({
    hosts: ['shop.acme.example'],
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName: 'acme.example',
  }),
  workload: { account: '111122223333', region: 'eu-central-1' },
  offsite: { region: 'eu-west-1' },
  application: Application.medusa({ image: `public.ecr.aws/acme/shop@${DIGEST}` }),
  administrators: ['arn:aws:iam::111122223333:role/platform'],
  contacts: { security: 'security@acme.example' },
};

/** A network that was there before the store. */
export const EXISTING_NETWORK = {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  applicationSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  dataSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
};

/** Applications that differ in what they ask of a database: the engine, and how they log in. */
export const APPLICATIONS = {
  medusa: BARE.application,
  'postgresql-iam': container(SqlDialect.POSTGRESQL, LoginMethod.IAM),
  'mysql-iam': container(SqlDialect.MYSQL, LoginMethod.IAM),
  // MySQL with a password, and files.
  woocommerce: Application.woocommerce({ image: DIGEST }),
} as const;

function container(dialect: SqlDialect, login: LoginMethod): Application {
  return Application.container({
    image: `public.ecr.aws/acme/shop@${DIGEST}`,
    port: 8080,
    database: { dialect, login },
    cache: { login },
  });
}

/** What somebody writes in the tier `regulated` who wants a lock that can be lifted. */
export const DECIDED = {
  vault: Vault.locked(
    VaultLock.governance({
      insteadOfCompliance: Waiver.because('A test locks nothing for ever', { owner: 'tests@acme.example' }),
    }),
  ),
};

/** `BARE`, with these properties instead; the lock is decided where the tier asks. */
export function storeOf(changes: Partial<StoreConfig>): DefinedStore {
  return defineStore({ ...BARE, backup: changes.tier === 'regulated' ? DECIDED : undefined, ...changes });
}

/** A store of `tier` for each of `APPLICATIONS`, under their names. */
export function storesOf(tier: Tier, packs?: readonly RulePackName[]): Readonly<Record<string, DefinedStore>> {
  const stores = Object.entries(APPLICATIONS);
  return Object.fromEntries(
    stores.map(([name, application]) => [name, storeOf({ id: name, tier, application, packs })]),
  );
}

/** An app that holds all of `stores`, on the day of every test and without any flag. */
export function appOf(stores: Readonly<Record<string, DefinedStore>>): App {
  const app = new App({ context: { ...TODAY, store: 'all' }, analyticsReporting: false });
  buildStores(app, stores);
  return app;
}

/** What somebody reads who wrote `config`, line by line. */
export function refusalOf(config: unknown): string[] {
  try {
    defineStore(config as StoreConfig);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(BaselineError);
    return (error as Error).message.split('\n').map((line) => line.replace(/^ {2}- /, ''));
  }
}

/** Compares what somebody reads who changed `BARE` so; the first line says whose configuration it is. */
export function expectRefusal(changes: object, ...problems: string[]): void {
  expect(refusalOf({ ...BARE, ...changes })).toEqual(['The store "acme" cannot be built:', ...problems]);
}
