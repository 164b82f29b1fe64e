import { Token } from 'aws-cdk-lib';
import * as z from 'zod';
import {
  Application,
  CacheTopology,
  DatabaseProxy,
  type DatabaseChoices,
  type DistributionChoices,
  Dns,
  type FirewallChoices,
  type NetworkChoices,
  type ServiceChoices,
  SqlDialect,
  DatabaseEngine,
  Waiver,
  type WorkerChoices,
} from '..';
import { type Problem, Problems } from '../core/errors';
import { requireDatabaseProps } from '../data/customer-database-props';
import { requireDestinations } from '../network/egress-destination';
import { requireNetwork } from '../network/network';
import { requireExistingNetwork } from '../stacks/existing-network-choices';
import { RULE_PACK_NAMES } from './rule-pack-names';
import { oneOf, problemsOf, text, value } from './schema';
import { type StoreConfig } from './store-config';
import { presetOf, TIERS } from './tiers';

/** An IAM role or user; not the account itself, which stands for everybody in it. */
const PRINCIPAL = /^arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)\/[\w+=,.@/*-]+$/;

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

const region = text((input) => REGION.test(input), {
  code: 'RegionUnknown',
  bound: 'be the code of a Region, like ap-southeast-1',
  remedy: 'Take it from "aws account list-regions".',
});

const email = text((input) => z.email().safeParse(input).success, {
  code: 'ContactMissing',
  bound: 'be an e-mail address',
  remedy: 'Write the address of a mailbox that somebody reads; it receives a message to confirm.',
});

/** An object with exactly these keys; what each of them may hold is judged by the construct it is for. */
function choices<T extends object>(keys: { readonly [key in keyof Required<T>]: true }): z.ZodType {
  return z.optional(z.strictObject(Object.fromEntries(Object.keys(keys).map((key) => [key, z.optional(z.any())]))));
}

/** A value that one of the package's static factories made. */
function instanceOf<T>(
  type: { readonly prototype: T; readonly name: string },
  code: string,
  remedy: string,
): z.ZodType<T> {
  const test = (input: unknown): input is T => input instanceof (type as unknown as new () => object);
  return value(test, { code, bound: `be a value of ${type.name}`, remedy });
}

/** The shape of a configuration. What depends on more than one property is judged by `crossProblemsOf`. */
const SHAPE = z.strictObject({
  id: text((input) => input.length <= 16 && /^[a-z](-?[a-z0-9])+$/.test(input), {
    code: 'StoreIdMalformed',
    bound: 'be 2 to 16 lower-case letters, digits and single hyphens, beginning with a letter',
    remedy: 'Choose a short name for the shop; it can never be changed.',
  }),
  environment: oneOf(['production', 'staging'], {
    code: 'EnvironmentUnknown',
    remedy: 'Say what the store is for; it can never be changed.',
  }),
  name: text((input) => input.trim().length > 0 && input.length <= 64, {
    code: 'NameMissing',
    bound: 'be 1 to 64 characters',
    remedy: 'Write the name that people know the shop by.',
  }),
  tier: oneOf(TIERS, { code: 'TierUnknown', remedy: 'The README says what each costs and proves.' }),
  dns: instanceOf(Dns, 'DnsMissing', 'Write Dns.route53({ … }) or Dns.external({ … }).'),
  workload: z.strictObject({
    account: text((input) => /^\d{12}$/.test(input), {
      code: 'AccountMalformed',
      bound: 'be the id of an account: twelve digits in quotation marks',
      remedy: 'Take it from "aws sts get-caller-identity".',
    }),
    region,
  }),
  offsite: z.strictObject({ region }),
  application: instanceOf(Application, 'ApplicationMissing', 'Write Application.medusa({ … }) or another profile.'),
  administrators: value(
    (input): input is string[] =>
      Array.isArray(input) && input.length > 0 && input.every((arn) => typeof arn === 'string' && PRINCIPAL.test(arn)),
    {
      code: 'AdministratorMissing',
      bound: 'name at least one IAM role or user by its ARN',
      remedy: 'Name whoever may disable or delete the keys: arn:aws:iam::111122223333:role/platform.',
    },
  ),
  contacts: z.strictObject({ security: email, operations: z.optional(email) }),
  egress: z.optional(
    z.array(
      z.strictObject({
        domain: text(() => true, {
          code: 'EgressDomainMalformed',
          bound: 'be a domain name',
          remedy: 'Write the host alone: api.stripe.com.',
        }),
        purpose: text(() => true, {
          code: 'EgressPurposeMissing',
          bound: 'say what the domain is needed for',
          remedy: 'Write it in a word or two: payments, mail, parcel tracking.',
        }),
      }),
    ),
  ),
  packs: z.optional(
    z.array(oneOf(RULE_PACK_NAMES, { code: 'RulePackUnknown', remedy: 'Leave it out for the default packs.' })),
  ),
  network: choices<NetworkChoices>({
    cidr: true,
    availabilityZones: true,
    availabilityZoneIds: true,
    interfaceEndpoints: true,
    organizationId: true,
    withoutFlowLogs: true,
    withoutDnsQueryLogs: true,
    withoutChangeProtection: true,
  }),
  existingNetwork: z.optional(
    z.strictObject({
      vpcId: z.string(),
      availabilityZones: z.array(z.string()),
      applicationSubnetIds: z.array(z.string()),
      dataSubnetIds: z.array(z.string()),
      doesNotStop: z.optional(z.string()),
    }),
  ),
  database: choices<DatabaseChoices>({
    engine: true,
    databaseName: true,
    minCapacity: true,
    maxCapacity: true,
    readers: true,
    source: true,
    generation: true,
    maintenanceWindow: true,
    backupWindow: true,
    withoutDeletionProtection: true,
  }),
  proxy: z.optional(
    value((input) => input === false || input instanceof DatabaseProxy, {
      code: 'ProxyMissing',
      bound: 'be a value of DatabaseProxy, or false',
      remedy: 'Write DatabaseProxy.withIam(), or false for none.',
    }),
  ),
  cache: z.optional(instanceOf(CacheTopology, 'CacheTopologyMissing', 'Write CacheTopology.replicated({ … }).')),
  service: choices<ServiceChoices>({
    cpu: true,
    memory: true,
    scaling: true,
    architecture: true,
    tls: true,
    originFacingPrefixListId: true,
  }),
  worker: choices<WorkerChoices>({ cpu: true, memory: true, scaling: true }),
  firewall: choices<FirewallChoices>({
    mode: true,
    ipReputation: true,
    knownBadInputs: true,
    commonRules: true,
    sqlInjection: true,
    anonymousIpList: true,
    rateLimiting: true,
    rateLimits: true,
    geography: true,
    antiDdos: true,
    accountTakeover: true,
    accountCreationFraud: true,
    botControl: true,
    tokenDomains: true,
    refusedRequestsAlarm: true,
  }),
  distribution: choices<DistributionChoices>({
    withoutNamedScripts: true,
    strictTransportSecurity: true,
    minimumTls: true,
    responseTimeout: true,
    defaultRootObject: true,
  }),
  withoutPinnedImage: z.optional(instanceOf(Waiver, 'WaiverMissing', 'Write Waiver.because(…).')),
});

/** Everything that is wrong with a configuration: first what is wrong by itself, then what does not fit together. */
export function storeProblems(config: unknown): readonly Problem[] {
  const alone = problemsOf(SHAPE, config);
  const wrong = new Set(alone.map(({ property }) => property.split(/[.[]/)[0]));
  const isSound = (...properties: (keyof StoreConfig)[]): boolean => properties.every((each) => !wrong.has(each));
  const problems = new Problems('store');
  if (isSound('dns')) {
    problems.at('dns').include((config as StoreConfig).dns);
  }
  if (isSound('workload', 'offsite')) {
    refuseOneRegion(problems, config as StoreConfig);
  }
  if (isSound('egress')) {
    requireDestinations(problems, 'egress', (config as StoreConfig).egress ?? []);
  }
  if (isSound('tier', 'application', 'withoutPinnedImage')) {
    requirePinnedImage(problems, config as StoreConfig);
  }
  if (isSound('tier', 'application', 'workload', 'network')) {
    const { tier, application, workload, network } = config as StoreConfig;
    requireNetwork(problems.at('network'), workload.region, { ...presetOf(tier, application).network, ...network });
  }
  if (isSound('existingNetwork', 'network', 'egress')) {
    requireOneNetwork(problems, config as StoreConfig);
  }
  if (isSound('tier', 'application', 'database')) {
    requireDatabase(problems.at('database'), config as StoreConfig);
  }
  return [...alone, ...problems.recorded];
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

function requireOneNetwork(problems: Problems, { existingNetwork, network, egress }: StoreConfig): void {
  if (existingNetwork === undefined) {
    return;
  }
  requireExistingNetwork(problems.at('existingNetwork'), existingNetwork);
  for (const [property, value] of Object.entries({ network, egress })) {
    problems.require(value === undefined, {
      code: 'NetworkTwice',
      property,
      value,
      bound: 'be left out beside existingNetwork, whose own way out decides',
      remedy: 'Remove it, or remove existingNetwork for a network of the store.',
    });
  }
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

function requireDatabase(problems: Problems, config: StoreConfig): void {
  const { tier, application, database } = config;
  if (application.database === undefined) {
    problems.require(database === undefined, {
      code: 'DatabaseUnused',
      property: 'engine',
      value: database?.engine?.line,
      bound: `be left out: ${application.kind} needs no database`,
      remedy: 'Remove the database, or give the application one.',
    });
    return;
  }
  const { dialect } = application.database;
  const engine = database?.engine ?? engineFor(application);
  problems.require(dialect === undefined || String(dialect) === engine.dialect, {
    code: 'DatabaseDialectMismatch',
    property: 'engine',
    value: engine.dialect,
    bound: `speak ${dialect ?? 'any SQL'}: ${application.kind} knows no other`,
    remedy: 'Leave the engine out, or choose one of that dialect.',
  });
  requireDatabaseProps(problems, { ...presetOf(tier, application).database, ...database }, engine);
  problems.include(database?.source);
}

/** The engine of an application whose configuration names none. */
export function engineFor({ database }: Application): DatabaseEngine {
  return database?.dialect === SqlDialect.MYSQL
    ? DatabaseEngine.auroraMysql('8.4')
    : DatabaseEngine.auroraPostgresql('17');
}
