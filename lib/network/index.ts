export { Egress, EgressOptions } from './egress';
export { EgressDestination } from './egress-destination';
export { BoundEgress, EgressNetwork, EgressZone, IEgress } from './egress-ref';
export { ExistingNetworkProps } from './existing-network';
export { InterfaceEndpoints } from './interface-endpoints';
export { Network, NetworkChoices, NetworkProps } from './network';
export { INetwork } from './network-ref';
