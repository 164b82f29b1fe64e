import { Duration, Size } from 'aws-cdk-lib';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import * as z from 'zod';
import {
  type BackupChoices,
  BotControlLevel,
  BuildSource,
  ChangeWindow,
  CriticalFix,
  type DatabaseChoices,
  DatabaseEngine,
  DatabaseSource,
  type DistributionChoices,
  type FirewallChoices,
  type FindingLimits,
  FirewallMode,
  Freeze,
  GeographicRule,
  InspectorUse,
  InterfaceEndpoints,
  LoginForm,
  MaskingPolicy,
  MinimumTls,
  type NetworkChoices,
  type PatchingChoices,
  type PatchWindows,
  RateLimit,
  type RateLimits,
  Restored,
  RetentionPlan,
  RuleAction,
  type ServiceChoices,
  SpendAnomalies,
  type SpendChoices,
  SpendScope,
  type StagingChoices,
  StrictTransportSecurity,
  type TaskScaling,
  TaskTls,
  Vault,
  Waiver,
  type WorkerChoices,
  VulnerabilitySource,
} from '..';
import { choices, instanceOf, oneOf, type Shapes } from './schema';

export const waiver = instanceOf(Waiver, 'WaiverMissing', 'Write Waiver.because(…).');

/** Where the network stands, and what is written down about it. */
export const networkShape = choices<NetworkChoices>({
  cidr: z.string(),
  availabilityZones: z.number(),
  availabilityZoneIds: z.array(z.string()),
  interfaceEndpoints: instanceOf(
    InterfaceEndpoints,
    'InterfaceEndpointsMissing',
    'Write InterfaceEndpoints.none(), .standard(), .complete() or .only([…]).',
  ),
  organizationId: z.string(),
  withoutFlowLogs: waiver,
  withoutDnsQueryLogs: waiver,
  withoutChangeProtection: waiver,
});

/** Size, source and generation of the database. */
export const databaseShape = choices<DatabaseChoices>({
  engine: instanceOf(
    DatabaseEngine,
    'DatabaseEngineMissing',
    "Write DatabaseEngine.auroraPostgresql('17') or .auroraMysql('8.4').",
  ),
  databaseName: z.string(),
  minCapacity: z.number(),
  maxCapacity: z.number(),
  readers: z.number(),
  source: instanceOf(
    DatabaseSource,
    'DatabaseSourceMissing',
    'Write DatabaseSource.empty(), .snapshot(…) or .pointInTime(…).',
  ),
  generation: z.number(),
  maintenanceWindow: z.string(),
  backupWindow: z.string(),
  withoutDeletionProtection: waiver,
  withoutBackup: waiver,
});

const taskShapes: Shapes<WorkerChoices> = {
  cpu: z.number(),
  memory: instanceOf(Size, 'MemoryMissing', 'Write Size.gibibytes(2), with Size from aws-cdk-lib.'),
  scaling: choices<TaskScaling>({
    min: z.number(),
    max: z.number(),
    cpuPercent: z.number(),
    requestsPerTask: z.number(),
  }),
};

/** Size and number of the tasks behind the shop. */
export const workerShape = choices<WorkerChoices>(taskShapes);

/** Size and number of the tasks that answer shoppers. */
export const serviceShape = choices<ServiceChoices>({
  ...taskShapes,
  architecture: instanceOf(
    CpuArchitecture,
    'ArchitectureMissing',
    'Write CpuArchitecture.ARM64 or .X86_64, with CpuArchitecture from aws-cdk-lib/aws-ecs.',
  ),
  tls: instanceOf(TaskTls, 'TaskTlsMissing', 'Write TaskTls.sidecar() or TaskTls.inImage().'),
  originFacingPrefixListId: z.string(),
  withoutSecondZone: waiver,
});

const ruleAction = instanceOf(
  RuleAction,
  'RuleActionMissing',
  'Write RuleAction.block(), or RuleAction.count(Waiver.because(…)).',
);

const rateLimit = instanceOf(
  RateLimit,
  'RateLimitMissing',
  'Write RateLimit.byAddress(…), .byAddressAndClient(…) or .byAddressAndCookie(…).',
);

const loginForm = instanceOf(LoginForm, 'LoginFormMissing', 'Write LoginForm.json(…) or LoginForm.form(…).');

/** What the firewall refuses, and what it only counts. */
export const firewallShape = choices<FirewallChoices>({
  mode: instanceOf(
    FirewallMode,
    'FirewallModeMissing',
    'Write FirewallMode.blocking(), or FirewallMode.observe(Waiver.because(…)) for a cut-over.',
  ),
  ipReputation: ruleAction,
  knownBadInputs: ruleAction,
  commonRules: ruleAction,
  sqlInjection: ruleAction,
  anonymousIpList: ruleAction,
  rateLimiting: ruleAction,
  rateLimits: choices<RateLimits>({
    total: rateLimit,
    sensitive: rateLimit,
    login: rateLimit,
    signUp: rateLimit,
    checkout: rateLimit,
    admin: rateLimit,
  }),
  geography: instanceOf(
    GeographicRule,
    'GeographicRuleMissing',
    "Write GeographicRule.only('PH') or GeographicRule.allExcept(…).",
  ),
  antiDdos: z.strictObject({ action: z.optional(ruleAction) }),
  accountTakeover: z.strictObject({ action: z.optional(ruleAction), loginForm }),
  accountCreationFraud: z.strictObject({ action: z.optional(ruleAction), signUpForm: loginForm, pagePath: z.string() }),
  botControl: z.strictObject({
    action: z.optional(ruleAction),
    level: z.optional(
      oneOf(Object.values(BotControlLevel), {
        code: 'BotControlLevelUnknown',
        remedy: 'Write BotControlLevel.COMMON or .TARGETED.',
      }),
    ),
  }),
  tokenDomains: z.array(z.string()),
  refusedRequestsAlarm: z.number(),
});

/** What browsers are told and what CloudFront accepts. */
export const distributionShape = choices<DistributionChoices>({
  contentSources: z.record(z.string(), z.array(z.string())),
  withoutNamedScripts: waiver,
  strictTransportSecurity: instanceOf(
    StrictTransportSecurity,
    'StrictTransportSecurityMissing',
    'Write StrictTransportSecurity.hostOnly(), .withSubdomains() or .preloaded().',
  ),
  minimumTls: oneOf(Object.values(MinimumTls), {
    code: 'MinimumTlsUnknown',
    remedy: 'Write MinimumTls.TLS_1_2 or .TLS_1_3.',
  }),
  responseTimeout: instanceOf(
    Duration,
    'ResponseTimeoutMissing',
    'Write Duration.seconds(60), with Duration from aws-cdk-lib.',
  ),
  defaultRootObject: z.string(),
});

/** What the store may cost a month. */
export const spendShape = choices<SpendChoices>({
  monthlyBudget: z.number(),
  scope: instanceOf(SpendScope, 'SpendScopeMissing', 'Write SpendScope.account(), .store() or .tagged({ … }).'),
  anomalies: instanceOf(SpendAnomalies, 'SpendAnomaliesMissing', 'Write SpendAnomalies.ofMonitor(…) or .ofServices().'),
});

/** What only a store in staging can choose. */
export const stagingShapes = {
  disposable: z.optional(waiver),
  masking: z.optional(instanceOf(MaskingPolicy, 'MaskingPolicyMissing', 'Write MaskingPolicy.medusa() or .of({ … }).')),
  loginGeneration: z.optional(z.number()),
  withoutLogin: z.optional(waiver),
} satisfies Record<keyof StagingChoices, z.ZodType>;

const promised = instanceOf(Duration, 'DurationMissing', 'Write Duration.hours(4), with Duration from aws-cdk-lib.');

/** How the store is backed up. */
export const backupShape = choices<BackupChoices>({
  retention: z.array(
    instanceOf(
      RetentionPlan,
      'RetentionPlanMissing',
      'Write RetentionPlan.daily35Days(), .weekly13Weeks(), .monthly13Months() or .daily(…).',
    ),
  ),
  hour: z.number(),
  vault: instanceOf(Vault, 'VaultMissing', 'Write Vault.locked(…) or Vault.airGapped({ … }).'),
  vaultGeneration: z.number(),
  audit: z.boolean(),
  withoutOffsiteCopy: waiver,
  withoutRestoreTest: waiver,
  restored: z.array(
    instanceOf(Restored, 'RestoredMissing', "Write Restored.table('orders'), with more after it: .atLeast(…)."),
  ),
  objectives: z.strictObject({ point: promised, time: promised }),
  withoutMedia: waiver,
  withoutFiles: waiver,
});

const changeWindow = instanceOf(
  ChangeWindow,
  'ChangeWindowMissing',
  "Write ChangeWindow.weekly(Weekday.WEDNESDAY, '02:00', Duration.hours(2)).",
);

/** When what may change, and how old a known vulnerability may become. */
export const patchingShape = choices<PatchingChoices>({
  timeZone: z.string(),
  windows: choices<PatchWindows>({
    databases: changeWindow,
    cache: changeWindow,
    images: changeWindow,
    hosts: changeWindow,
  }),
  freezes: z.array(
    instanceOf(Freeze, 'FreezeMissing', "Write Freeze.between('2026-11-20', '2027-01-06', 'Christmas')."),
  ),
  criticalFixes: z.array(
    instanceOf(CriticalFix, 'CriticalFixMissing', "Write CriticalFix.on('2026-12-03', { because: …, owner: … })."),
  ),
  inspector: instanceOf(InspectorUse, 'InspectorUseMissing', 'Write InspectorUse.create(), .adopt() or .off(…).'),
  limits: choices<FindingLimits>({ criticalDays: z.number(), highDays: z.number() }),
  sources: z.array(
    instanceOf(
      VulnerabilitySource,
      'VulnerabilitySourceMissing',
      "Write VulnerabilitySource.report('wordpress', { owner: … }) or .npmAudit(…).",
    ),
  ),
  imageBuild: z.strictObject({
    source: instanceOf(
      BuildSource,
      'BuildSourceMissing',
      'Write BuildSource.connection({ connectionArn: …, url: … }).',
    ),
    test: z.array(z.string()),
    dockerfile: z.optional(z.string()),
    baseRepositories: z.optional(z.array(z.string())),
  }),
  imageDays: z.number(),
  withoutImageFreshness: waiver,
});
