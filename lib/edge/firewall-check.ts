import { requirePathPattern } from '../application/request-matcher';
import type { Problems } from '../core/errors';
import { MANAGED_RULE_GROUPS, type ManagedRuleGroup, type ManagedRuleGroupId } from './managed-rule-groups';
import { effectiveRateLimits, rateRuleName } from './rate-limits';
import type { RuleAction } from './rule-action';
import type { FirewallChoices } from './storefront-firewall-props';

/**
 * Refuses limits, rules, countries and cut-overs that cannot be.
 *
 * @param problems where they are recorded
 * @param choices what somebody chose
 * @param today from which a cut-over is counted; a configuration knows no day, and leaves that to the construct
 */
export function requireFirewallChoices(problems: Problems, choices: FirewallChoices, today?: string): void {
  choices.mode?._validate(problems, today);
  choices.geography?._validate(problems);
  const limits = effectiveRateLimits(choices.rateLimits);
  limits.forEach(({ name, limit }) => limit._validate(problems, `rateLimits.${name}`));
  const groups = Object.entries(MANAGED_RULE_GROUPS) as [ManagedRuleGroupId, ManagedRuleGroup][];
  groups.forEach(([group, { rules }]) => requireKnownRules(problems, group, choices[group], rules));
  const limitRules = limits.map(({ name }) => rateRuleName(name));
  requireKnownRules(problems, 'rateLimiting', choices.rateLimiting, limitRules);
  const { accountCreationFraud: creation, refusedRequestsAlarm: threshold } = choices;
  if (creation !== undefined) {
    requirePathPattern(problems, 'accountCreationFraud.pagePath', creation.pagePath);
  }
  problems.require(threshold === undefined || threshold >= 0, {
    code: 'AlarmThresholdNegative',
    property: 'refusedRequestsAlarm',
    value: threshold,
    bound: 'be a number of requests in five minutes',
    remedy: 'Leave it out: 5000 is far more than a quiet shop refuses.',
  });
}

function requireKnownRules(
  problems: Problems,
  property: string,
  action: RuleAction | undefined,
  known: readonly string[],
): void {
  const unknown = action?.rules.filter((rule) => !known.includes(rule)) ?? [];
  problems.require(unknown.length === 0, {
    code: 'FirewallRuleUnknown',
    property,
    value: unknown,
    bound: `name rules among ${known.join(', ')}`,
    remedy: 'Take the name from the terminating rule in the firewall log; AWS ignores names that do not exist.',
  });
}
