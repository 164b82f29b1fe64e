/** A rule group that AWS maintains. */
export interface ManagedRuleGroup {
  /** Name of the group, without AWS's prefix. */
  readonly name: string;
  /** Web ACL capacity units it needs. */
  readonly capacity: number;
  /** Its rules, by the names that overrides take. AWS ignores an override for a name that does not exist. */
  readonly rules: readonly string[];
}

/**
 * The groups AWS does not charge for by the request, with capacity and rules as AWS documents them:
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html, read in November 2026. The
 * version is never pinned: AWS moves a firewall to the group's default version by itself.
 */
export const MANAGED_RULE_GROUPS = {
  ipReputation: {
    name: 'AmazonIpReputationList',
    capacity: 25,
    rules: ['AWSManagedIPReputationList', 'AWSManagedReconnaissanceList', 'AWSManagedIPDDoSList'],
  },
  knownBadInputs: {
    name: 'KnownBadInputsRuleSet',
    capacity: 200,
    rules: [
      'JavaDeserializationRCE_HEADER',
      'JavaDeserializationRCE_BODY',
      'JavaDeserializationRCE_URIPATH',
      'JavaDeserializationRCE_QUERYSTRING',
      'Host_localhost_HEADER',
      'PROPFIND_METHOD',
      'ExploitablePaths_URIPATH',
      'Log4JRCE_HEADER',
      'Log4JRCE_QUERYSTRING',
      'Log4JRCE_BODY',
      'Log4JRCE_URIPATH',
      'ReactJSRCE_BODY',
    ],
  },
  commonRules: {
    name: 'CommonRuleSet',
    capacity: 700,
    rules: [
      'NoUserAgent_HEADER',
      'UserAgent_BadBots_HEADER',
      'SizeRestrictions_QUERYSTRING',
      'SizeRestrictions_COOKIE_HEADER',
      'SizeRestrictions_BODY',
      'SizeRestrictions_URIPATH',
      'EC2MetaDataSSRF_BODY',
      'EC2MetaDataSSRF_COOKIE',
      'EC2MetaDataSSRF_URIPATH',
      'EC2MetaDataSSRF_QUERYARGUMENTS',
      'GenericLFI_QUERYARGUMENTS',
      'GenericLFI_URIPATH',
      'GenericLFI_BODY',
      'RestrictedExtensions_URIPATH',
      'RestrictedExtensions_QUERYARGUMENTS',
      'GenericRFI_QUERYARGUMENTS',
      'GenericRFI_BODY',
      'GenericRFI_URIPATH',
      'CrossSiteScripting_COOKIE',
      'CrossSiteScripting_QUERYARGUMENTS',
      'CrossSiteScripting_BODY',
      'CrossSiteScripting_URIPATH',
    ],
  },
  sqlInjection: {
    name: 'SQLiRuleSet',
    capacity: 200,
    rules: [
      'SQLi_QUERYARGUMENTS',
      'SQLiExtendedPatterns_QUERYARGUMENTS',
      'SQLi_BODY',
      'SQLiExtendedPatterns_BODY',
      'SQLiExtendedPatterns_HEADER',
      'SQLiExtendedPatterns_URIPATH',
      'SQLi_COOKIE',
      'SQLi_URIPATH',
    ],
  },
  anonymousIpList: {
    name: 'AnonymousIpList',
    capacity: 50,
    rules: ['AnonymousIPList', 'HostingProviderIPList'],
  },
} as const satisfies Record<string, ManagedRuleGroup>;

/** A group of the table, by the property of the firewall that governs it. */
export type ManagedRuleGroupId = keyof typeof MANAGED_RULE_GROUPS;

/** The groups with a price of their own; each needs as much capacity as the others. */
export const PRICED_RULE_GROUPS = {
  antiDdos: 'AntiDDoSRuleSet',
  accountTakeover: 'ATPRuleSet',
  accountCreationFraud: 'ACFPRuleSet',
  botControl: 'BotControlRuleSet',
} as const;

const CAPACITY_OF_PRICED_GROUP = 50;

/** What AWS puts before the name of each of its groups. */
export const GROUP_PREFIX = 'AWSManagedRules';

/** The capacity of a group, by its full name. */
export function capacityOfGroup(fullName: string): number {
  const name = fullName.slice(GROUP_PREFIX.length);
  return (
    Object.values<ManagedRuleGroup>(MANAGED_RULE_GROUPS).find((group) => group.name === name)?.capacity ??
    CAPACITY_OF_PRICED_GROUP
  );
}
