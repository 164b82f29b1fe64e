export { CommerceAccount, CommerceAccountProps } from './commerce-account';
export { CommerceStore, CommerceStoreProps, StoreLocation } from './commerce-store';
