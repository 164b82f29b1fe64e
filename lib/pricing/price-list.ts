import type { Price, Standing } from './price';

/** The day on which the list was last gone through. */
export const PRICES_OF = '2026-11-28';

const SINGAPORE = 'ap-southeast-1';
const FRANKFURT = 'eu-central-1';

interface Details {
  readonly elsewhere?: Price['elsewhere'];
  readonly isGlobal?: boolean;
}

/** Builds the rows of a service: its page, and how far what stands below can be relied on. */
function of(page: string, standing: Standing): (usd: number, unit: string, details?: Details) => Price {
  return (usd, unit, details = {}) => ({
    usd,
    unit,
    ...details,
    source: `https://aws.amazon.com/${page}/pricing/`,
    read: standing === 'confirmed' ? PRICES_OF : undefined,
    standing,
  });
}

const kms = of('kms', 'confirmed');
const secrets = of('secrets-manager', 'confirmed');
const vpc = of('vpc', 'unconfirmed');
const privateLink = of('privatelink', 'unconfirmed');
const networkFirewall = of('network-firewall', 'confirmed');
const dns = of('route53', 'unconfirmed');
const aurora = of('rds/aurora', 'confirmed');
const auroraQuoted = of('rds/aurora', 'unconfirmed');
const rds = of('rds', 'unconfirmed');
const rdsProxy = of('rds/proxy', 'unconfirmed');
const cache = of('elasticache', 'unconfirmed');
const loadBalancer = of('elasticloadbalancing', 'unconfirmed');
const fargate = of('fargate', 'unconfirmed');
const lambda = of('lambda', 'unconfirmed');
const codeBuild = of('codebuild', 'unconfirmed');
const waf = of('waf', 'confirmed');
const wafQuoted = of('waf', 'unconfirmed');
const cloudFront = of('cloudfront', 'unconfirmed');
const cloudWatch = of('cloudwatch', 'confirmed');
const cloudWatchQuoted = of('cloudwatch', 'unconfirmed');
const s3 = of('s3', 'unconfirmed');
const ecr = of('ecr', 'unconfirmed');
const efs = of('efs', 'unconfirmed');
const backup = of('backup', 'unconfirmed');
const sns = of('sns', 'unconfirmed');
const sqs = of('sqs', 'unconfirmed');
const ses = of('ses', 'unconfirmed');
const scheduler = of('eventbridge', 'unconfirmed');
const stepFunctions = of('step-functions', 'unconfirmed');
const cognito = of('cognito', 'unconfirmed');
const dynamoDb = of('dynamodb', 'unconfirmed');
const apiGateway = of('api-gateway', 'unconfirmed');

/**
 * Every price that this library knows: the one place for them. What computes a cost names a row, and `docs/cost.md`
 * prints them all.
 */
export const PRICES = {
  key: kms(1, 'key and month', { isGlobal: true }),
  keyRequests: kms(3, 'million requests', { isGlobal: true }),
  secret: secrets(0.4, 'secret and month', { isGlobal: true }),
  secretRequests: secrets(5, 'million requests', { isGlobal: true }),

  natGateway: vpc(0.045, 'hour and zone', { elsewhere: { [SINGAPORE]: 0.059, [FRANKFURT]: 0.052 } }),
  natGigabyte: vpc(0.045, 'GB', { elsewhere: { [SINGAPORE]: 0.059 } }),
  address: vpc(0.005, 'hour and address', { isGlobal: true }),
  interfaceEndpoint: privateLink(0.01, 'hour and zone', { elsewhere: { [SINGAPORE]: 0.013, [FRANKFURT]: 0.012 } }),
  endpointGigabyte: privateLink(0.01, 'GB', { elsewhere: { [SINGAPORE]: 0.01 } }),
  firewallEndpoint: networkFirewall(0.395, 'hour and zone'),
  firewallGigabyte: networkFirewall(0.065, 'GB'),
  dnsFirewallDomain: dns(0.0005, 'domain and month'),
  dnsFirewallQueries: dns(0.6, 'million queries'),
  resolverEndpoint: dns(0.125, 'hour and address'),
  hostedZone: dns(0.5, 'zone and month', { isGlobal: true }),
  dnsQueries: dns(0.4, 'million queries', { isGlobal: true }),

  databaseCapacity: aurora(0.12, 'hour and capacity unit'),
  auroraGigabyte: auroraQuoted(0.1, 'GB and month'),
  auroraRequests: auroraQuoted(0.2, 'million I/O requests', { elsewhere: { [FRANKFURT]: 0.22 } }),
  auroraSnapshotGigabyte: auroraQuoted(0.021, 'GB and month'),
  'aurora db.t4g.medium': auroraQuoted(0.073, 'hour'),
  'aurora db.t4g.large': auroraQuoted(0.146, 'hour'),
  'aurora db.r6g.large': auroraQuoted(0.26, 'hour'),
  'aurora db.r7g.large': auroraQuoted(0.276, 'hour'),
  'mysql db.t4g.micro': rds(0.016, 'hour'),
  'mysql db.t4g.small': rds(0.032, 'hour'),
  'mysql db.t4g.medium': rds(0.065, 'hour'),
  'postgres db.t4g.micro': rds(0.016, 'hour'),
  'postgres db.t4g.small': rds(0.032, 'hour'),
  'postgres db.t4g.medium': rds(0.065, 'hour'),
  rdsGigabyte: rds(0.115, 'GB and month'),
  databaseProxy: rdsProxy(0.015, 'hour and capacity unit'),

  'valkey cache.t4g.micro': cache(0.0128, 'hour'),
  'valkey cache.t4g.small': cache(0.0256, 'hour'),
  'valkey cache.t4g.medium': cache(0.052, 'hour'),
  'redis cache.t4g.micro': cache(0.016, 'hour'),
  'redis cache.t4g.small': cache(0.032, 'hour'),
  'redis cache.t4g.medium': cache(0.065, 'hour'),
  serverlessCache: cache(6, 'cache and month, at its smallest'),
  cacheSnapshotGigabyte: cache(0.085, 'GB and month'),

  loadBalancer: loadBalancer(0.0225, 'hour', { elsewhere: { [SINGAPORE]: 0.0252, [FRANKFURT]: 0.027 } }),
  loadBalancerCapacity: loadBalancer(0.008, 'hour and capacity unit', { elsewhere: { [SINGAPORE]: 0.008 } }),
  processorArm64: fargate(0.03238, 'hour and processor', { elsewhere: { [SINGAPORE]: 0.04045 } }),
  memoryArm64: fargate(0.00356, 'hour and GB', { elsewhere: { [SINGAPORE]: 0.00442 } }),
  processorX86: fargate(0.04048, 'hour and processor', { elsewhere: { [SINGAPORE]: 0.05056, [FRANKFURT]: 0.04656 } }),
  memoryX86: fargate(0.004445, 'hour and GB', { elsewhere: { [SINGAPORE]: 0.00553, [FRANKFURT]: 0.00511 } }),
  lambdaCompute: lambda(16.6667, 'million GB and seconds', { elsewhere: { [SINGAPORE]: 16.6667 } }),
  lambdaRequests: lambda(0.2, 'million requests', { elsewhere: { [SINGAPORE]: 0.2 } }),
  buildMinute: codeBuild(0.01, 'minute on a medium machine'),

  webAcl: waf(5, 'web ACL and month', { isGlobal: true }),
  webAclRule: waf(1, 'rule and month', { isGlobal: true }),
  webAclRequests: waf(0.6, 'million requests', { isGlobal: true }),
  AWSManagedRulesAntiDDoSRuleSet: wafQuoted(20, 'month', { isGlobal: true }),
  AWSManagedRulesATPRuleSet: wafQuoted(10, 'month', { isGlobal: true }),
  AWSManagedRulesACFPRuleSet: wafQuoted(10, 'month', { isGlobal: true }),
  AWSManagedRulesBotControlRuleSet: wafQuoted(10, 'month', { isGlobal: true }),
  antiDdosRequests: wafQuoted(0.15, 'million requests', { isGlobal: true }),
  loginAttempts: wafQuoted(1, 'thousand logins', { isGlobal: true }),
  signUpAttempts: wafQuoted(1, 'thousand sign-ups', { isGlobal: true }),
  botControlRequests: wafQuoted(1, 'million requests, of the common level', { isGlobal: true }),

  cloudFrontRequests: cloudFront(1, 'million requests from North America or Europe', { isGlobal: true }),
  cloudFrontGigabyte: cloudFront(0.085, 'GB to North America or Europe', { isGlobal: true }),
  cloudFrontFunction: cloudFront(0.1, 'million runs', { isGlobal: true }),
  distributionMetrics: cloudFront(2.4, 'distribution and month', { isGlobal: true }),

  alarm: cloudWatch(0.1, 'metric read by an alarm, and month', { isGlobal: true }),
  fastAlarm: cloudWatchQuoted(0.3, 'metric read each 10 or 30 seconds, and month'),
  compositeAlarm: cloudWatchQuoted(0.5, 'alarm and month'),
  dashboard: cloudWatchQuoted(3, 'dashboard and month', { isGlobal: true }),
  metric: cloudWatchQuoted(0.3, 'metric and month'),
  containerInsightsMetric: cloudWatchQuoted(0.07, 'metric and month', { elsewhere: { [SINGAPORE]: 0.07 } }),
  logGigabyte: cloudWatchQuoted(0.5, 'GB taken in', { elsewhere: { [SINGAPORE]: 0.7 } }),
  logStorageGigabyte: cloudWatchQuoted(0.03, 'GB and month', { elsewhere: { [SINGAPORE]: 0.03 } }),
  deliveredLogGigabyte: cloudWatchQuoted(0.25, 'GB delivered to S3'),

  bucketGigabyte: s3(0.023, 'GB and month', { elsewhere: { [SINGAPORE]: 0.025 } }),
  imageGigabyte: ecr(0.1, 'GB and month'),
  fileGigabyte: efs(0.3, 'GB and month', { elsewhere: { [SINGAPORE]: 0.36 } }),
  backupGigabyte: backup(0.05, 'GB and month'),
  notifications: sns(20, 'million e-mails'),
  queueRequests: sqs(0.4, 'million requests'),
  mails: ses(0.1, 'thousand mails'),
  schedules: scheduler(1, 'million runs'),
  transitions: stepFunctions(0.025, 'thousand transitions'),
  'activeUsers ESSENTIALS': cognito(0.015, 'user active in the month'),
  'activeUsers PLUS': cognito(0.02, 'user active in the month'),
  'activeUsers LITE': cognito(0.0055, 'user active in the month'),
  tableWrites: dynamoDb(0.625, 'million writes on demand'),
  restRequests: apiGateway(3.5, 'million requests to a REST API'),
  httpRequests: apiGateway(1, 'million requests to an HTTP API'),
} as const satisfies Readonly<Record<string, Price>>;

/** A row of the list. */
export type PriceName = keyof typeof PRICES;

/** The row called `name`, if there is one: of a node, an instance, a group of rules. */
export function priceNamed(name: string): PriceName | undefined {
  return Object.hasOwn(PRICES, name) ? (name as PriceName) : undefined;
}
