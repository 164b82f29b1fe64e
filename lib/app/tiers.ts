import { Size } from 'aws-cdk-lib';
import { type Application, CacheTopology, DatabaseProxy, Egress, InterfaceEndpoints, LoginMethod } from '..';
import { type StoreConfig } from './store-config';
import { type Tier } from './tier-names';

/** What a tier chooses: everything that a configuration may choose otherwise. */
type Preset = Pick<StoreConfig, 'network' | 'database' | 'proxy' | 'cache' | 'service' | 'worker' | 'firewall'> &
  Required<Pick<StoreConfig, 'egressFilter'>>;

/** What `tier` chooses for `application`. */
export function presetOf(tier: Tier, application: Application): Preset {
  const byIam = application.database?.login === LoginMethod.IAM;
  const { loginForm } = application;
  switch (tier) {
    case 'starter':
      return {
        network: { availabilityZones: 2, interfaceEndpoints: InterfaceEndpoints.none() },
        egressFilter: (destinations) => Egress.dnsAllowList(destinations),
        database: { minCapacity: 0.5, maxCapacity: 4, readers: 0 },
        cache: CacheTopology.replicated({ nodeType: 'cache.t4g.micro', replicas: 1 }),
        service: { cpu: 512, scaling: { min: 2, max: 4 } },
        worker: { cpu: 512, scaling: { min: 1, max: 2 } },
      };
    case 'standard':
      return {
        network: { availabilityZones: 2, interfaceEndpoints: InterfaceEndpoints.standard() },
        egressFilter: (destinations) => Egress.dnsAllowList(destinations),
        database: { minCapacity: 0.5, maxCapacity: 8, readers: 1 },
        proxy: byIam ? DatabaseProxy.withIam() : undefined,
        cache: CacheTopology.replicated({ nodeType: 'cache.t4g.small', replicas: 1 }),
        service: { cpu: 512, scaling: { min: 2, max: 10 } },
        worker: { cpu: 512, scaling: { min: 1, max: 4 } },
      };
    case 'regulated':
      return {
        network: { availabilityZones: 3, interfaceEndpoints: InterfaceEndpoints.complete() },
        egressFilter: (destinations) => Egress.networkFirewall(destinations),
        database: { minCapacity: 1, maxCapacity: 32, readers: 2 },
        proxy: byIam ? DatabaseProxy.withIam() : undefined,
        cache: CacheTopology.replicated({ nodeType: 'cache.t4g.medium', replicas: 2 }),
        service: { cpu: 1024, memory: Size.gibibytes(2), scaling: { min: 3, max: 20 } },
        worker: { cpu: 512, scaling: { min: 2, max: 10 } },
        firewall: { antiDdos: {}, accountTakeover: loginForm && { loginForm } },
      };
  }
}
