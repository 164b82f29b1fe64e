import { BaselineError, type Problem } from '../core/errors';
import { type StoreConfig } from './store-config';
import { storeProblems } from './store-schema';

/** A configuration that was found right. Only `defineStore` makes one. */
export type DefinedStore = StoreConfig & { readonly [DEFINED]: true };

declare const DEFINED: unique symbol;

/**
 * Checks a configuration, before anything is built from it.
 *
 * @throws BaselineError with everything that is wrong: path, value, bound and remedy of each
 */
export function defineStore(config: StoreConfig): DefinedStore {
  return definedStore(config, []);
}

/** The same, with what is wrong with it beside another store. */
export function definedStore(config: StoreConfig, further: readonly Problem[]): DefinedStore {
  const problems = [...storeProblems(config), ...further];
  if (problems.length > 0) {
    throw new BaselineError(
      `The store ${JSON.stringify((config as Partial<StoreConfig> | undefined)?.id ?? 'without an id')}`,
      problems,
    );
  }
  return config as DefinedStore;
}
