export { INetwork } from './network-ref';
