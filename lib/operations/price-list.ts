/**
 * List prices of us-east-1 in USD, November 2026, as AWS's price pages and the documentation of the constructs quote
 * them; nobody read them from AWS's price list service. Other Regions cost up to half more.
 *
 * https://aws.amazon.com/kms/pricing, /secrets-manager/pricing, /vpc/pricing, /privatelink/pricing,
 * /network-firewall/pricing, /rds/aurora/pricing, /rds/proxy/pricing, /elasticache/pricing,
 * /elasticloadbalancing/pricing, /fargate/pricing, /waf/pricing, /cloudwatch/pricing
 */
export const HOURS_A_MONTH = 730;

/** USD an hour. */
export const AN_HOUR = {
  /** NAT gateway, for each zone. */
  natGateway: 0.045,
  /** Public IPv4 address. */
  address: 0.005,
  /** Interface endpoint, for each zone. */
  interfaceEndpoint: 0.01,
  /** Endpoint of a network firewall, for each zone. */
  firewallEndpoint: 0.395,
  /** Capacity unit of Aurora Serverless v2. */
  databaseCapacity: 0.12,
  /** Proxy of a serverless database: 0.015 for each capacity unit, at least eight. */
  databaseProxy: 0.12,
  loadBalancer: 0.0225,
  /** Processor and GiB of a Fargate task. */
  processor: { ARM64: 0.03238, X86_64: 0.04048 },
  memory: { ARM64: 0.00356, X86_64: 0.004445 },
} as const;

/** USD a month. */
export const A_MONTH = {
  key: 1,
  secret: 0.4,
  /** Valkey, at its smallest. */
  serverlessCache: 6,
  webAcl: 5,
  webAclRule: 1,
  /** The eight additional metrics of a distribution. */
  distributionMetrics: 2.4,
  /** For each metric that an alarm reads. */
  alarm: 0.1,
  dashboard: 3,
  /** Metric that a filter makes of a log. */
  metric: 0.3,
} as const;

/** USD an hour for a node of Valkey. */
export const CACHE_NODES: Readonly<Record<string, number>> = {
  'cache.t4g.micro': 0.0128,
  'cache.t4g.small': 0.0256,
  'cache.t4g.medium': 0.052,
};

/** USD a month for a rule group of AWS's that is not in the price of its rule. */
export const RULE_GROUPS: Readonly<Record<string, number>> = {
  AWSManagedRulesAntiDDoSRuleSet: 20,
  AWSManagedRulesATPRuleSet: 10,
  AWSManagedRulesACFPRuleSet: 10,
  AWSManagedRulesBotControlRuleSet: 10,
};
