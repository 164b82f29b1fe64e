export { DataKey, DataKeyProps } from './data-key';
export { EnvelopeKeyReplica, EnvelopeKeyReplicaProps } from './envelope-key-replica';
export { StoreKeys, StoreKeysProps } from './store-keys';
