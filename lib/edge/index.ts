export { DistributionChoices, MinimumTls } from './distribution-choices';
export { DistributionTelemetry, DistributionTelemetryProps } from './distribution-telemetry';
export { Dns } from './dns';
export { ExternalDnsOptions } from './external-dns';
export { FirewallMode } from './firewall-mode';
export { GeographicRule } from './geographic-rule';
export { HostCertificate, HostCertificateProps } from './host-certificate';
export { LogDelivery, LogDeliveryPolicy, LogDeliveryPolicyProps } from './log-delivery';
export { MediaFiles } from './media-files';
export {
  AccountCreationFraudOptions,
  AccountTakeoverOptions,
  BotControlLevel,
  BotControlOptions,
  PricedRuleGroupOptions,
} from './priced-rule-groups';
export { RateLimit } from './rate-limit';
export { RateLimits } from './rate-limits';
export { Route53Options } from './route53-dns';
export { RuleAction } from './rule-action';
export { StorefrontDistribution, StorefrontDistributionProps } from './storefront-distribution';
export { StorefrontFirewall } from './storefront-firewall';
export { FirewallChoices, StorefrontFirewallProps } from './storefront-firewall-props';
export { StrictTransportSecurity } from './strict-transport-security';
export { VisitorLogin, VisitorLoginProps } from './visitor-login';
