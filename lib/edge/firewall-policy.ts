import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { RequestKind, type RequestClass } from '../application/request-class';
import type { RequestMatcher } from '../application/request-matcher';
import { FirewallRules, hasLabel, type Counted } from './firewall-rules';
import { MANAGED_RULE_GROUPS, PRICED_RULE_GROUPS, type ManagedRuleGroupId } from './managed-rule-groups';
import {
  accountCreationConfig,
  accountTakeoverConfig,
  antiDdosConfig,
  botControlConfig,
  BotControlLevel,
} from './priced-rule-groups';
import { effectiveRateLimits, rateRuleName } from './rate-limits';
import { anyOf, requestStatement } from './request-statements';
import type { StorefrontFirewallProps } from './storefront-firewall-props';

type PricedRuleGroupId = keyof typeof PRICED_RULE_GROUPS;

/** What the waivers leave of each group. */
export type FirewallDecisions = { readonly observing: boolean } & Readonly<
  Record<ManagedRuleGroupId | PricedRuleGroupId | 'rateLimiting', Counted>
>;

/**
 * Rules of the core rule set that misjudge files and long forms, with the labels they leave on what they match. The
 * letters differ from those of the rules: AWS writes it so.
 */
const BODY_RULES = new Map([
  ['SizeRestrictions_BODY', 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body'],
  ['CrossSiteScripting_BODY', 'awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body'],
]);

const { WEBHOOK, UPLOAD, API, ASSETS, CLOSED } = RequestKind;

/**
 * The rules of a firewall, in the order of their price: what is cheap and refuses much comes first, so that the groups
 * that are paid by the request see little.
 */
export function firewallRules(props: StorefrontFirewallProps, decisions: FirewallDecisions): CfnWebACL.RuleProperty[] {
  const rules = new FirewallRules(decisions.observing);
  const matchers = matchersByKind(props.requestClasses ?? []);
  const free = (id: ManagedRuleGroupId, name: string, onlyFor?: CfnWebACL.StatementProperty): void =>
    rules.group(name, { name: MANAGED_RULE_GROUPS[id].name, counted: decisions[id], onlyFor });

  addLabels(rules, matchers, props);
  addClosedPaths(rules, matchers);
  addGeography(rules, props);
  free('ipReputation', 'IpReputation');
  addRateLimits(rules, props, decisions.rateLimiting);
  addAntiDdos(rules, matchers, props, decisions);
  free('knownBadInputs', 'KnownBadInputs');
  addCommonRules(rules, decisions.commonRules);
  free('sqlInjection', 'SqlInjection');
  free('anonymousIpList', 'AnonymousIpList', rules.notLabelled(WEBHOOK));
  addFraudControl(rules, props, decisions);
  addBotControl(rules, props, decisions);
  return rules.all;
}

type MatchersByKind = ReadonlyMap<RequestKind, readonly RequestMatcher[]>;

function matchersByKind(classes: readonly RequestClass[]): MatchersByKind {
  const found = new Map<RequestKind, RequestMatcher[]>();
  for (const { kind, matchers } of classes) {
    found.set(kind, [...(found.get(kind) ?? []), ...matchers]);
  }
  return found;
}

/** Recognising a kind of request costs about 25 units, so only those are labelled that a later rule asks for. */
function addLabels(
  rules: FirewallRules,
  matchers: MatchersByKind,
  { rateLimits, botControl }: StorefrontFirewallProps,
): void {
  const limited = effectiveRateLimits(rateLimits).flatMap(({ kinds }) => kinds);
  const bots =
    botControl === undefined ? [] : [ASSETS, ...(botControl.level === BotControlLevel.TARGETED ? [API] : [])];
  for (const kind of new Set([...limited, WEBHOOK, UPLOAD, ...bots])) {
    const known = matchers.get(kind) ?? [];
    if (known.length > 0) {
      rules.label(kind, requestStatement(known));
    }
  }
}

function addClosedPaths(rules: FirewallRules, matchers: MatchersByKind): void {
  const closed = matchers.get(CLOSED) ?? [];
  if (closed.length > 0) {
    rules.refuse('ClosedPaths', false, requestStatement(closed));
  }
}

function addGeography(rules: FirewallRules, { geography }: StorefrontFirewallProps): void {
  if (geography !== undefined) {
    const elsewhere = geography.exclusive ? rules.notLabelled(WEBHOOK) : undefined;
    rules.refuse('Geography', false, geography._refused, elsewhere);
  }
}

function addRateLimits(rules: FirewallRules, { rateLimits }: StorefrontFirewallProps, counted: Counted): void {
  for (const { name, kinds, limit } of effectiveRateLimits(rateLimits)) {
    const scope = rules.labelled(...kinds);
    if (kinds.length === 0 || scope !== undefined) {
      const ruleName = rateRuleName(name);
      rules.limit(ruleName, counted.everything || counted.rules.includes(ruleName), limit._statement(scope));
    }
  }
}

function addAntiDdos(
  rules: FirewallRules,
  matchers: MatchersByKind,
  { antiDdos }: StorefrontFirewallProps,
  decisions: FirewallDecisions,
): void {
  if (antiDdos !== undefined) {
    const config = antiDdosConfig(matchers.get(API) ?? []);
    rules.group('AntiDdos', { name: PRICED_RULE_GROUPS.antiDdos, counted: decisions.antiDdos, config });
  }
}

/** Where bodies may be large or hold HTML, the group only labels them, and a rule of ours refuses all others. */
function addCommonRules(rules: FirewallRules, counted: Counted): void {
  const elsewhere = rules.notLabelled(UPLOAD, WEBHOOK);
  const name = MANAGED_RULE_GROUPS.commonRules.name;
  if (elsewhere === undefined) {
    rules.group('CommonRules', { name, counted });
    return;
  }
  const overridden = new Set([...counted.rules, ...BODY_RULES.keys()]);
  rules.group('CommonRules', { name, counted: { ...counted, rules: [...overridden] } });
  const refused = [...BODY_RULES].filter(([rule]) => !counted.rules.includes(rule));
  if (refused.length > 0) {
    const matched = anyOf(refused.map(([, label]) => hasLabel(label)));
    rules.refuse('CommonRulesForBodies', counted.everything, matched, elsewhere);
  }
}

function addFraudControl(rules: FirewallRules, props: StorefrontFirewallProps, decisions: FirewallDecisions): void {
  const { accountTakeover: takeover, accountCreationFraud: creation } = props;
  if (takeover !== undefined) {
    const config = accountTakeoverConfig(takeover.loginForm);
    rules.group('AccountTakeover', {
      name: PRICED_RULE_GROUPS.accountTakeover,
      counted: decisions.accountTakeover,
      config,
    });
  }
  if (creation !== undefined) {
    const config = accountCreationConfig(creation);
    const counted = decisions.accountCreationFraud;
    rules.group('AccountCreationFraud', { name: PRICED_RULE_GROUPS.accountCreationFraud, counted, config });
  }
}

function addBotControl(
  rules: FirewallRules,
  { botControl }: StorefrontFirewallProps,
  decisions: FirewallDecisions,
): void {
  if (botControl !== undefined) {
    rules.group('BotControl', {
      name: PRICED_RULE_GROUPS.botControl,
      counted: decisions.botControl,
      config: botControlConfig(botControl.level ?? BotControlLevel.COMMON),
      // Requests for data are labelled, and so left out, only where the group may send a challenge.
      onlyFor: rules.notLabelled(WEBHOOK, ASSETS, API),
    });
  }
}
