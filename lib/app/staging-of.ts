import {
  CacheTopology,
  type DatabaseChoices,
  Dns,
  InterfaceEndpoints,
  Mail,
  type NetworkChoices,
  type ServiceChoices,
  type WorkerChoices,
} from '..';
import { Problems } from '../core/errors';
import { domainOf } from '../messaging/mail-address';
import { requireStaggeredWindows, type PatchedStore } from '../patching/patching-choices';
import { definedStore, type DefinedStore } from './define-store';
import { storeChoices } from './store-choices';
import { type StoreConfig } from './store-config';

/** What a rehearsal has otherwise than production: its hosts, and whatever else somebody names. */
export type StagingDifferences = Partial<Omit<StoreConfig, 'id' | 'environment' | 'dns'>> & Pick<StoreConfig, 'dns'>;

/**
 * What `stagingOf` chooses where the differences say nothing: what is cheaper, and what nobody shops in can do without.
 *
 * - `tier`: `starter`, so no reader, no interface endpoints, no network firewall.
 * - `database`: it sleeps when nobody calls it, and stops growing at 2 capacity units (4 GiB).
 * - `cache`: the smallest nodes.
 * - `proxy`: none.
 * - `oneTask`, `twoTasks`: one small task for shoppers where one zone is waived, two otherwise; never more than two.
 * - `worker`: one.
 */
export const STAGING_CHOICES: {
  readonly tier: 'starter';
  readonly network: NetworkChoices;
  readonly database: DatabaseChoices;
  readonly cache: CacheTopology;
  readonly proxy: false;
  readonly oneTask: NonNullable<ServiceChoices['scaling']>;
  readonly twoTasks: NonNullable<ServiceChoices['scaling']>;
  readonly worker: NonNullable<WorkerChoices['scaling']>;
} = {
  tier: 'starter',
  network: { availabilityZones: 2, interfaceEndpoints: InterfaceEndpoints.none() },
  database: { minCapacity: 0, maxCapacity: 2, readers: 0 },
  cache: CacheTopology.replicated({ nodeType: 'cache.t4g.micro', replicas: 1 }),
  proxy: false,
  oneTask: { min: 1, max: 2 },
  twoTasks: { min: 2, max: 2 },
  worker: { min: 1, max: 1 },
};

/**
 * The rehearsal of a store: the same shop with the same protections, in an environment of its own, from the same
 * configuration with differences. Nothing of production is in it: no data, no key, no network, no password.
 *
 *     export const staging = stagingOf(production, {
 *       dns: Dns.route53({ hosts: ['staging.acme.example'], hostedZoneId: 'Z…', zoneName: 'acme.example' }),
 *       disposable: Waiver.because('A rehearsal with masked data; it is made anew when it is wanted', { owner: '…' }),
 *     });
 *
 * It has production's application, destinations, packs, firewall (without the groups that cost by the month), sizes and
 * processors of tasks, time zone and limits of patching, the build of its image (unless it is disposable), administrators,
 * contacts and places; unless they are named, it has no mail, `STAGING_CHOICES` and an empty database. Within `network`, `database`, `service` and `worker` each choice can be made by itself.
 *
 * @param production the store that is rehearsed
 * @param differences what staging has otherwise
 * @throws BaselineError with everything that is wrong, as `defineStore`; and `NotProduction`, `HostOfProduction`,
 * `MailOfProduction`, `NetworkOfProduction`, `StagingNotFirst`
 */
export function stagingOf(production: DefinedStore, differences: StagingDifferences): DefinedStore {
  const config = combined(production, differences);
  const problems = new Problems('stagingOf');
  requireProduction(problems, production);
  refuseShared(problems, production, config);
  requireStaggeredWindows(problems, patchedStore(production), patchedStore(config));
  return definedStore(config, problems.recorded);
}

function combined(production: StoreConfig, differences: StagingDifferences): StoreConfig {
  const { id, name, application, workload, offsite, administrators, contacts, egress, packs, orders } = production;
  const { network, database, service, worker, existingNetwork } = differences;
  // As large as production's, also where its tier chose: what a task needs stays, whoever shops in it.
  const tasks = storeChoices(production);
  const { engine, databaseName } = production.database ?? {};
  const withoutSecondZone = service?.withoutSecondZone ?? differences.disposable;
  const scaling = withoutSecondZone === undefined ? STAGING_CHOICES.twoTasks : STAGING_CHOICES.oneTask;
  const distribution = without(production.distribution, 'strictTransportSecurity');
  return {
    ...{ name: `${name} (staging)`, tier: STAGING_CHOICES.tier },
    ...{ application, workload, offsite, administrators, contacts, egress, packs, orders, distribution },
    firewall: without(production.firewall, ...NOT_OF_FIREWALL),
    patching: without(production.patching, ...NOT_OF_PATCHING, ...(differences.disposable ? NOT_DISPOSABLE : [])),
    proxy: STAGING_CHOICES.proxy,
    cache: application.cache === undefined ? undefined : STAGING_CHOICES.cache,
    withoutPinnedImage: production.withoutPinnedImage,
    ...differences,
    ...{ id, environment: 'staging' },
    network: existingNetwork === undefined ? { ...STAGING_CHOICES.network, ...network } : network,
    database:
      (differences.application ?? application).database === undefined
        ? database
        : { ...defined({ engine, databaseName }), ...STAGING_CHOICES.database, ...database },
    service: {
      ...without(tasks.service, ...NOT_OF_TASKS),
      scaling,
      ...defined({ withoutSecondZone }),
      ...service,
    },
    worker: { ...without(tasks.worker, ...NOT_OF_TASKS), scaling: STAGING_CHOICES.worker, ...worker },
  };
}

/** Nobody floods a shop behind a login, nor tries stolen passwords there; and nobody moves in with it. */
const NOT_OF_FIREWALL = ['mode', 'antiDdos', 'accountTakeover', 'accountCreationFraud', 'botControl'] as const;

/** How many run, and where. */
const NOT_OF_TASKS = ['scaling', 'withoutSecondZone'] as const;

/**
 * Staging is patched first, and goes on being patched while production is frozen; so each has its own windows. What sources
 * know of the shop is put in one place: they would be silent in the other.
 */
const NOT_OF_PATCHING = ['windows', 'freezes', 'criticalFixes', 'sources'] as const;

/** Nobody scans a store that goes again, so nothing that is built there is promoted. */
const NOT_DISPOSABLE = ['imageBuild'] as const;

function without<T extends object>(choices: T | undefined, ...names: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(choices ?? {}).filter(([name]) => !names.includes(name))) as Partial<T>;
}

function defined<T extends object>(choices: T): Partial<T> {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function patchedStore({ patching, workload }: StoreConfig): PatchedStore {
  return { patching, region: workload.region };
}

function requireProduction(problems: Problems, { environment }: StoreConfig): void {
  problems.require(environment === 'production', {
    code: 'NotProduction',
    property: 'production',
    value: environment,
    bound: 'be a store in production',
    remedy: "Give what defineStore({ environment: 'production', … }) returned.",
  });
}

/** What would make one of two stores answer, send or reach in the place of the other. */
function refuseShared(problems: Problems, production: StoreConfig, staging: StoreConfig): void {
  const hosts = staging.dns instanceof Dns ? staging.dns.hosts : [];
  for (const host of hosts) {
    problems.require(!production.dns.hosts.includes(host), {
      code: 'HostOfProduction',
      property: 'dns.hosts',
      value: host,
      bound: 'be a host that production does not answer at',
      remedy: `Take one of its own: staging.${host}.`,
    });
  }
  const from = staging.mail instanceof Mail && staging.mail._ses !== undefined ? staging.mail.from : undefined;
  const taken = production.mail?._ses === undefined ? undefined : domainOf(production.mail.from);
  problems.require(from === undefined || domainOf(from) !== taken, {
    code: 'MailOfProduction',
    property: 'mail.from',
    value: from,
    bound: `be at another domain than production, which SES knows as ${taken}`,
    remedy: `Send from a domain of its own: orders@staging.${taken}.`,
  });
  const vpcId = staging.existingNetwork?.vpcId;
  problems.require(vpcId === undefined || vpcId !== production.existingNetwork?.vpcId, {
    code: 'NetworkOfProduction',
    property: 'existingNetwork.vpcId',
    value: vpcId,
    bound: 'be another network than that of production',
    remedy: 'Leave it out for a network of its own.',
  });
}
