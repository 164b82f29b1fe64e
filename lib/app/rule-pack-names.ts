/** The rule packs a store can run. */
export const RULE_PACK_NAMES = [
  'CommerceBaseline',
  'PCI.DSS.401',
  'AwsSolutions',
  'NIST.800.53.R5',
  'PCI.DSS.321',
  'HIPAA.Security',
  'Serverless',
] as const;

/** A rule pack, by the name under which it reports. */
export type RulePackName = (typeof RULE_PACK_NAMES)[number];
