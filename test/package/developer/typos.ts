import type { StoreConfig } from 'cdk-commerce-baseline/app';

// What a compiler has to refuse. A type that it does not find is `any`, and refuses nothing.

// @ts-expect-error: no such tier
export const tier: StoreConfig['tier'] = 'gold';

// @ts-expect-error: not a value of Dns
export const dns: StoreConfig['dns'] = 'shop.acme.example';

// @ts-expect-error: a misspelt key
export const contacts: StoreConfig['contacts'] = { secrity: 'security@acme.example' };
