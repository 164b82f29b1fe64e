import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { RequestKind } from '../application/request-class';
import { GROUP_PREFIX } from './managed-rule-groups';
import { allOf, anyOf, not } from './request-statements';

type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

/** What is counted instead of refused: everything a rule matches, or what the named rules of its group match. */
export interface Counted {
  readonly everything: boolean;
  readonly rules: readonly string[];
}

/** A rule group of AWS's, and for which requests it is asked. */
export interface GroupUse {
  /** Name of the group, without AWS's prefix. */
  readonly name: string;
  readonly counted: Counted;
  readonly config?: CfnWebACL.ManagedRuleGroupConfigProperty;
  readonly onlyFor?: Statement;
}

/** Answers to refused requests. They say nothing about the rule, the shop or the request. */
export const RESPONSES = {
  refused: { contentType: 'TEXT_PLAIN', content: 'This request was refused.' },
  slowDown: { contentType: 'TEXT_PLAIN', content: 'Too many requests. Please try again in a few minutes.' },
};

/** Room between two rules, for one that somebody adds to the exposed web ACL. */
const STEP = 10;

const REFUSED = { customResponse: { responseCode: 403, customResponseBodyKey: 'refused' } };
const SLOW_DOWN = {
  customResponse: {
    responseCode: 429,
    customResponseBodyKey: 'slowDown',
    responseHeaders: [{ name: 'Retry-After', value: '300' }],
  },
};

/**
 * The rules of a web ACL, in the order in which they are added. Requests are recognised once, by rules that label them;
 * later rules look at labels, which cost one unit of capacity each.
 */
export class FirewallRules {
  private readonly rules: Rule[] = [];
  private readonly labels = new Set<RequestKind>();

  /** @param observing whether every rule counts, whatever it is told */
  public constructor(private readonly observing: boolean) {}

  /** The rules, in order. */
  public get all(): Rule[] {
    return this.rules;
  }

  /** Labels requests of a kind. They are counted, so that each stands in the log. */
  public label(kind: RequestKind, statement: Statement): void {
    this.labels.add(kind);
    this.add({
      name: `Label${inPascalCase(kind)}`,
      statement,
      action: { count: {} },
      ruleLabels: [{ name: labelOf(kind) }],
    });
  }

  /** Requests labelled as one of `kinds`; nothing when no request is. */
  public labelled(...kinds: RequestKind[]): Statement | undefined {
    const known = kinds.filter((kind) => this.labels.has(kind)).map((kind) => hasLabel(labelOf(kind)));
    return known.length === 0 ? undefined : anyOf(known);
  }

  /** Requests that are labelled as none of `kinds`; nothing when there is no need to look. */
  public notLabelled(...kinds: RequestKind[]): Statement | undefined {
    const labelled = this.labelled(...kinds);
    return labelled && not(labelled);
  }

  /** Refuses requests for which all `statements` hold. */
  public refuse(name: string, counted: boolean, ...statements: (Statement | undefined)[]): void {
    const held = statements.filter((statement) => statement !== undefined);
    this.add({ name, statement: allOf(held), action: this.action(REFUSED, counted) });
  }

  /** Refuses requests of whoever sends more than a rate-based statement allows. */
  public limit(name: string, counted: boolean, statement: Statement): void {
    this.add({ name, statement, action: this.action(SLOW_DOWN, counted) });
  }

  /** Asks a rule group. */
  public group(name: string, { name: group, counted, config, onlyFor }: GroupUse): void {
    this.add({
      name,
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name: `${GROUP_PREFIX}${group}`,
          managedRuleGroupConfigs: config && [config],
          scopeDownStatement: onlyFor,
          ruleActionOverrides:
            counted.rules.length > 0
              ? counted.rules.map((rule) => ({ name: rule, actionToUse: { count: {} } }))
              : undefined,
        },
      },
      overrideAction: this.observing || counted.everything ? { count: {} } : { none: {} },
    });
  }

  private action(block: CfnWebACL.BlockActionProperty, counted: boolean): CfnWebACL.RuleActionProperty {
    return this.observing || counted ? { count: {} } : { block };
  }

  private add(rule: Omit<Rule, 'priority' | 'visibilityConfig'>): void {
    const priority = STEP * this.rules.length;
    this.rules.push({ ...rule, priority, visibilityConfig: visibility(rule.name) });
  }
}

/** Metrics and samples of a rule or a web ACL. */
export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

/** Requests that carry a label, of this web ACL or, with its whole name, of a rule group. */
export function hasLabel(key: string): Statement {
  return { labelMatchStatement: { scope: 'LABEL', key } };
}

function labelOf(kind: RequestKind): string {
  return `request:${kind}`;
}

function inPascalCase(words: string): string {
  return words
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}
