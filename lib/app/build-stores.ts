import { existsSync } from 'node:fs';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { CommerceAccount, CommerceStore, StatefulGuard, StoreEnvironment, type CommerceStoreProps } from '..';
import { LOCK_FILE } from '../compliance/guard/stateful-lock';
import { PACKS_METADATA } from '../core/rule-packs';
import { BaselineError } from '../core/errors';
import { type DefinedStore } from './define-store';
import { type RulePackName } from './rule-pack-names';
import { createRulePack } from './rule-packs';
import { storeChoices, storeDestinations } from './store-choices';
import { type StoreConfig } from './store-config';

/** Context key that says which store is meant: `-c store=acme`. */
const STORE_CONTEXT = 'store';

/** What stands for every store: `-c store=all`. */
const ALL = 'all';

/** The packs of a store that names none. */
const DEFAULT_PACKS: readonly RulePackName[] = ['CommerceBaseline', 'PCI.DSS.401', 'AwsSolutions'];

/**
 * Builds a store, at the top level of `app`, and has the rule packs review it. Where `stateful.lock.json` lies in the
 * directory in which the app runs, a change that would lose something stateful stops the synthesis.
 *
 * With one store in `stores`, that one; with several, the one that `-c store=<name>` names, or `-c store=all`.
 *
 * @param app where the stacks go
 * @param stores the stores, by the names under which `-c store=` finds them
 * @returns what was built, by name, for whoever adds to it
 * @throws BaselineError `StoreNotChosen`
 */
export function buildStores(
  app: App,
  stores: Readonly<Record<string, DefinedStore>>,
): Readonly<Record<string, CommerceStore>> {
  const chosen = chooseFrom(stores, app.node.tryGetContext(STORE_CONTEXT));
  const accounts = new Map<string, CommerceAccount>();
  const built = chosen.map(([name, config]) => {
    const { account } = config.workload;
    const shared = accounts.get(account) ?? new CommerceAccount(app, `Account${account}`, { account });
    accounts.set(account, shared);
    return [name, new CommerceStore(app, `${config.id}-${config.environment}`, storeProps(config, shared))] as const;
  });
  if (existsSync(LOCK_FILE)) {
    Validations.of(app).addPlugins(new StatefulGuard());
  }
  review(app, new Set(chosen.flatMap(([, { packs = DEFAULT_PACKS }]) => packs)));
  return Object.fromEntries(built);
}

function chooseFrom(stores: Readonly<Record<string, DefinedStore>>, wanted: unknown): [string, DefinedStore][] {
  const all = Object.entries(stores);
  if (wanted === ALL || (wanted === undefined && all.length === 1)) {
    return all;
  }
  const chosen = all.filter(([name]) => name === wanted);
  if (chosen.length === 0) {
    throw new BaselineError('The app', [
      {
        code: 'StoreNotChosen',
        property: `-c ${STORE_CONTEXT}`,
        value: wanted,
        bound: `be one of ${[...Object.keys(stores), ALL].join(', ')}`,
        remedy: `Add -c ${STORE_CONTEXT}=${all[0]?.[0] ?? '<name>'} to the command.`,
      },
    ]);
  }
  return chosen;
}

/** What a configuration says, and what its tier says where it says nothing. */
function storeProps(config: StoreConfig, account: CommerceAccount): CommerceStoreProps {
  const { application, workload, offsite } = config;
  const { proxy, egressFilter, ...chosen } = storeChoices(config);
  return {
    ...chosen,
    identity: { id: config.id, environment: ENVIRONMENTS[config.environment] },
    displayName: config.name,
    location: { ...workload, offsiteRegion: offsite.region, offsiteAccount: offsite.account },
    account,
    application,
    dns: config.dns,
    administrators: [...config.administrators],
    contacts: config.contacts,
    egress: egressFilter(storeDestinations(config)),
    existingNetwork: config.existingNetwork,
    mail: config.mail,
    payments: config.payments,
    proxy: proxy === false ? undefined : proxy,
    distribution: config.distribution,
    orders: config.orders,
    spend: config.spend,
    backup: config.backup,
    patching: config.patching,
    withoutPinnedImage: config.withoutPinnedImage,
    disposable: config.disposable,
    masking: config.masking,
    loginGeneration: config.loginGeneration,
    withoutLogin: config.withoutLogin,
  };
}

const ENVIRONMENTS = { production: StoreEnvironment.PRODUCTION, staging: StoreEnvironment.STAGING };

function review(app: App, packs: ReadonlySet<RulePackName>): void {
  Validations.of(app).addPlugins(...[...packs].map((pack) => createRulePack(pack, app)));
  // A pack that finds nothing leaves no trace in the report; the stacks say that it ran.
  const stacks = app.node.findAll().filter((construct) => Stack.isStack(construct));
  stacks.forEach(({ node }) => node.addMetadata(PACKS_METADATA, [...packs]));
}
