import {
  type Application,
  CommerceStore,
  DatabaseEngine,
  type DatabaseChoices,
  type EgressDestination,
  type FirewallChoices,
  type IEgress,
  type NetworkChoices,
  type ServiceChoices,
  SqlDialect,
  type WorkerChoices,
} from '..';
import { type StoreConfig } from './store-config';
import { presetOf } from './tiers';

/** What holds in a store, whoever chose it. */
export interface StoreChoices extends Pick<StoreConfig, 'proxy' | 'cache'> {
  readonly network: NetworkChoices;
  readonly database: DatabaseChoices & { readonly engine: DatabaseEngine };
  readonly service: ServiceChoices;
  readonly worker: WorkerChoices;
  readonly firewall: FirewallChoices;
  readonly egressFilter: (destinations: EgressDestination[]) => IEgress;
}

/** What a configuration chooses, and what its tier chooses where it says nothing. */
export function storeChoices(config: Pick<StoreConfig, 'tier' | 'application'> & Partial<StoreConfig>): StoreChoices {
  const { tier, application } = config;
  const preset = presetOf(tier, application);
  const engine = config.database?.engine ?? engineFor(application);
  return {
    network: { ...preset.network, ...config.network },
    database: { ...preset.database, ...config.database, engine },
    service: { ...preset.service, ...config.service },
    worker: { ...preset.worker, ...config.worker },
    firewall: { ...preset.firewall, ...config.firewall },
    proxy: config.proxy ?? preset.proxy,
    cache: config.cache ?? preset.cache,
    egressFilter: config.egressFilter ?? preset.egressFilter,
  };
}

/** Whatever the shop may reach, each domain once. */
export function storeDestinations({
  application,
  egress = [],
  mail,
}: Pick<StoreConfig, 'application' | 'egress' | 'mail'>): EgressDestination[] {
  return CommerceStore.destinations(application, [...egress], mail);
}

/** The engine of an application whose configuration names none. */
function engineFor({ database }: Application): DatabaseEngine {
  return database?.dialect === SqlDialect.MYSQL
    ? DatabaseEngine.auroraMysql('8.4')
    : DatabaseEngine.auroraPostgresql('17');
}
