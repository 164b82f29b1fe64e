import { Token } from 'aws-cdk-lib';
import { type IEgress } from '..';
import { requireBackupChoices, requireDecidedLock } from '../backup/backup-choices';
import { requirePort } from '../compute/storefront-service';
import { requireContainer } from '../compute/workload-check';
import { BaselineError, type Problem, Problems } from '../core/errors';
import { requireDatabaseProps } from '../data/customer-database-props';
import { requireDistributionChoices } from '../edge/distribution-choices';
import { requireFirewallChoices } from '../edge/firewall-check';
import { requireShopPaths } from '../edge/path-patterns';
import { requireNamedScripts } from '../edge/script-sources';
import { requireDestinations } from '../network/egress-destination';
import { leadsTo, requireEndpoints } from '../network/egress-reach';
import { requireNetwork } from '../network/network';
import { requireSpendChoices } from '../operations/spend-guard';
import { requirePatchingChoices } from '../patching/patching-choices';
import { requireExistingNetwork } from '../stacks/existing-network-choices';
import { requireReachableImage } from '../stacks/image-source';
import { requireImageBuild } from '../stacks/images-stack';
import { requireMailDns } from '../stacks/mail-stack';
import { requireStaging, requireStagingChoices } from '../stacks/staging-choices';
import { requireServiceChoices, requireWorkerChoices } from '../stacks/service-choices';
import { requireReachableMail } from '../stacks/shop-mail';
import { problemsOf } from './schema';
import { storeChoices, storeDestinations } from './store-choices';
import { type StoreConfig } from './store-config';
import { STORE_SHAPE } from './store-shape';

/** What is judged as soon as nothing is wrong with the properties it cannot do without. */
type Judgement = readonly [
  needs: readonly (keyof StoreConfig)[],
  judge: (problems: Problems, store: StoreConfig) => void,
];

const JUDGEMENTS: readonly Judgement[] = [
  [['dns'], (problems, { dns }) => problems.at('dns').include(dns)],
  [['workload', 'offsite'], refuseOneRegion],
  [['id', 'tier', 'workload', 'offsite', 'backup', 'disposable'], requireBackup],
  [
    ['workload', 'patching'],
    (problems, { workload, patching = {} }) =>
      requirePatchingChoices(problems.at('patching'), patching, workload.region),
  ],
  [['mail', 'dns'], requireMail],
  [['egress'], (problems, { egress = [] }) => requireDestinations(problems, 'egress', egress)],
  [['environment', 'disposable', 'masking', 'loginGeneration', 'withoutLogin', 'database'], requireEnvironment],
  [['spend'], (problems, { spend = {} }) => requireSpendChoices(problems.at('spend'), spend)],
  [['tier', 'application', 'withoutPinnedImage'], requirePinnedImage],
  [['tier', 'application', 'service', 'patching', 'disposable'], requireBuiltImage],
  [['application'], requireApplication],
  [['existingNetwork'], requireOneNetwork],
  [['tier', 'application', 'workload'], requireOwnNetwork],
  [['tier', 'application', 'workload', 'egress', 'egressFilter', 'mail'], requireReach],
  [['tier', 'application'], requireDatabase],
  [['tier', 'application'], requireTasks],
  [['tier', 'application'], requireEdge],
];

/** Everything that is wrong with a configuration: first what is wrong by itself, then what does not fit together. */
export function storeProblems(config: unknown): readonly Problem[] {
  const alone = problemsOf(STORE_SHAPE, config);
  if (typeof config !== 'object' || config === null) {
    return alone;
  }
  const wrong = new Set(alone.flatMap(({ property }) => [partOf(property, 1), partOf(property, 2)]));
  const store = withoutWrongChoices(config as StoreConfig, wrong);
  const problems = new Problems('store');
  for (const [needs, judge] of JUDGEMENTS) {
    if (needs.every((property) => !wrong.has(property))) {
      judge(problems, store);
    }
  }
  return [...alone, ...problems.recorded];
}

/** The first `length` names of `service.scaling.min` or `egress[0].domain`. */
function partOf(property: string, length: number): string {
  return property.split(/[.[]/).slice(0, length).join('.');
}

/** Sections of which a part is judged although another part is wrong. */
const SECTIONS = ['network', 'database', 'service', 'worker', 'firewall', 'distribution'] as const;

function withoutWrongChoices(store: StoreConfig, wrong: ReadonlySet<string>): StoreConfig {
  const sections = SECTIONS.filter((section) => wrong.has(section)).map((section) => {
    const choices = Object.entries((store[section] as object | null | undefined) ?? {});
    return [section, Object.fromEntries(choices.filter(([choice]) => !wrong.has(`${section}.${choice}`)))] as const;
  });
  return { ...store, ...Object.fromEntries(sections) };
}

/** What only staging can choose, and what staging has to. */
function requireEnvironment(problems: Problems, store: StoreConfig): void {
  requireStaging(problems, store.environment, store);
  if (store.environment === 'staging') {
    requireStagingChoices(problems, store, store.database?.source);
  }
}

function requireMail(problems: Problems, { mail, dns }: StoreConfig): void {
  if (mail !== undefined) {
    problems.at('mail').include(mail);
    requireMailDns(problems.at('mail'), mail, dns);
  }
}

function refuseOneRegion(problems: Problems, { workload, offsite }: StoreConfig): void {
  problems.require(offsite.region !== workload.region, {
    code: 'OffsiteRegionIsHome',
    property: 'offsite.region',
    value: offsite.region,
    bound: `be another Region than the home Region ${workload.region}`,
    remedy: 'Choose one far enough away that nothing takes both, and where the law lets your data go.',
  });
}

function requireBackup(problems: Problems, store: StoreConfig): void {
  const { id, tier, workload, offsite, backup = {}, disposable } = store;
  const own = problems.at('backup');
  requireBackupChoices(own, backup, id);
  if (tier === 'regulated' && disposable === undefined) {
    requireDecidedLock(own, backup);
  }
  problems.require(offsite.account !== workload.account, {
    code: 'OffsiteAccountIsHome',
    property: 'offsite.account',
    value: offsite.account,
    bound: 'be another account than the one of the store',
    remedy: 'Name another account of the organisation, or leave it out for copies in this one.',
  });
}

function requirePinnedImage(problems: Problems, { tier, application, withoutPinnedImage }: StoreConfig): void {
  const isPinned = Token.isUnresolved(application.image) || /(^|@)sha256:[0-9a-f]{64}$/.test(application.image);
  problems.require(isPinned || (withoutPinnedImage !== undefined && tier !== 'regulated'), {
    code: 'ImageNotPinned',
    property: 'application.image',
    value: application.image,
    bound: `be named by its digest${tier === 'regulated' ? ' in the tier regulated' : ''}: …@sha256: and 64 hexadecimal digits`,
    remedy:
      tier === 'regulated'
        ? 'Read the digest with "docker buildx imagetools inspect <image>".'
        : 'Read the digest with "docker buildx imagetools inspect <image>", or say why not with withoutPinnedImage: Waiver.because(…).',
  });
}

function requireBuiltImage(problems: Problems, store: StoreConfig): void {
  const { image } = store.application;
  const { architecture } = storeChoices(store).service;
  requireImageBuild(problems, { image, architecture, patching: store.patching, disposable: store.disposable });
}

/** What an application says about itself, and constructs would refuse. */
function requireApplication(problems: Problems, { application, distribution }: StoreConfig): void {
  const { cachedPaths, apiPaths, media, port, outbound, contentSecurityPolicy } = application;
  const own = problems.at('application');
  requirePort(own, port);
  requireContainer(own, application);
  requireShopPaths(own, { cachedPaths, apiPaths, mediaPath: media?.path });
  requireDestinations(own, 'outbound', outbound);
  if (distribution?.withoutNamedScripts === undefined) {
    requireNamedScripts(own, contentSecurityPolicy);
  }
}

function requireOneNetwork(problems: Problems, store: StoreConfig): void {
  const { existingNetwork, network, egress, egressFilter } = store;
  if (existingNetwork === undefined) {
    return;
  }
  requireExistingNetwork(problems.at('existingNetwork'), existingNetwork);
  for (const [property, value] of Object.entries({ network, egress, egressFilter: egressFilter && 'a function' })) {
    problems.require(value === undefined, {
      code: 'NetworkTwice',
      property,
      value,
      bound: 'be left out beside existingNetwork, whose own way out decides',
      remedy: 'Remove it, or remove existingNetwork for a network of the store.',
    });
  }
}

function requireOwnNetwork(problems: Problems, store: StoreConfig): void {
  requireNetwork(problems.at('network'), store.workload.region, storeChoices(store).network);
}

/** Judges whether what starts in the network of the store comes to what it needs. */
function requireReach(problems: Problems, store: StoreConfig): void {
  const { application, egress: further = [], existingNetwork, mail, workload } = store;
  const egress = existingNetwork === undefined ? egressOf(problems, store) : undefined;
  if (egress === undefined) {
    return;
  }
  requireEndpoints(problems.at('network'), egress, storeChoices(store).network.interfaceEndpoints);
  requireReachableImage(problems, application.image, { region: workload.region, egress });
  requireReachableMail(problems, mail, egress, storeChoices(store).network.interfaceEndpoints);
  const called = [...application.outbound, ...further].map(({ domain }) => domain);
  const lost = called.filter((domain) => !leadsTo(egress, domain));
  problems.require(lost.length === 0, {
    code: 'EgressDestinationLost',
    property: 'egressFilter',
    value: lost,
    bound: 'lead to everything that the shop calls',
    remedy: 'Hand on the destinations that the function is given, or remove these where they are named.',
  });
}

/** The way out that a configuration chooses; nothing when it cannot be made. */
function egressOf(problems: Problems, store: StoreConfig): IEgress | undefined {
  const place = store.egressFilter === undefined ? 'egress' : 'egressFilter';
  try {
    const egress: unknown = storeChoices(store).egressFilter(storeDestinations(store));
    const isEgress = typeof egress === 'object' && egress !== null && 'bind' in egress && 'destinations' in egress;
    problems.require(isEgress, {
      code: 'EgressFilterMissing',
      property: place,
      value: `a function that makes ${typeof egress}`,
      bound: 'make an egress of destinations',
      remedy: 'Write Egress.networkFirewall, or a function that returns what one of its kind makes.',
    });
    return isEgress ? (egress as IEgress) : undefined;
  } catch (error) {
    if (!(error instanceof BaselineError)) {
      throw error;
    }
    // A destination that is wrong was named where somebody wrote it.
    const known = new Set(problems.recorded.map(({ code, value }) => `${code} ${String(value)}`));
    const further = error.problems.filter(({ code, value }) => !known.has(`${code} ${String(value)}`));
    further.forEach((problem) => problems.at(place).require(false, problem));
    return undefined;
  }
}

function requireDatabase(problems: Problems, store: StoreConfig): void {
  const { application, database } = store;
  const own = problems.at('database');
  if (application.database === undefined) {
    own.require(database === undefined, {
      code: 'DatabaseUnused',
      property: 'engine',
      value: database?.engine?.line,
      bound: `be left out: ${application.kind} needs no database`,
      remedy: 'Remove the database, or give the application one.',
    });
    return;
  }
  const { dialect } = application.database;
  const { engine, ...choices } = storeChoices(store).database;
  own.require(dialect === undefined || String(dialect) === engine.dialect, {
    code: 'DatabaseDialectMismatch',
    property: 'engine',
    value: engine.dialect,
    bound: `speak ${dialect ?? 'any SQL'}: ${application.kind} knows no other`,
    remedy: 'Leave the engine out, or choose one of that dialect.',
  });
  requireDatabaseProps(own, choices, engine);
  own.include(choices.source);
}

function requireTasks(problems: Problems, store: StoreConfig): void {
  const { service, worker } = storeChoices(store);
  requireServiceChoices(problems.at('service'), service);
  requireWorkerChoices(problems.at('worker'), worker);
}

function requireEdge(problems: Problems, store: StoreConfig): void {
  const { application, distribution = {} } = store;
  requireFirewallChoices(problems.at('firewall'), storeChoices(store).firewall);
  requireDistributionChoices(problems.at('distribution'), distribution, application.contentSecurityPolicy);
}
