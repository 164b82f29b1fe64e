export { CommerceAccount, CommerceAccountProps } from './commerce-account';
export { CommerceStore } from './commerce-store';
export { CommerceStoreProps, StoreLocation } from './commerce-store-props';
