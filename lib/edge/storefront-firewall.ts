import { Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { addAlarm } from '../core/alerts';
import { today } from '../core/clock';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import { physicalName } from '../core/physical-names';
import type { ProtectionId } from '../core/protection';
import { pinLogicalId } from '../core/stateful';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { requireFirewallChoices } from './firewall-check';
import { firewallRules, type FirewallDecisions } from './firewall-policy';
import { RESPONSES, visibility, type Counted } from './firewall-rules';
import { LogDelivery } from './log-delivery';
import type { RuleAction } from './rule-action';
import type { StorefrontFirewallProps } from './storefront-firewall-props';
import { requireUsEast1 } from './us-east-1';
import { CAPACITY_IN_BASE_PRICE, capacityOf, HIGHEST_CAPACITY, surchargeFor } from './web-acl-capacity';
import { DATA_PROTECTION, WebAclLog } from './web-acl-log';

/** What it means that many requests are over a limit. */
const OVER_A_LIMIT = {
  LimitLogin:
    'Somebody tries passwords. Read the firewall log for LimitLogin, and see whether any of those logins succeeded.',
  LimitCheckout:
    'Somebody tries cards. Read the firewall log for LimitCheckout, and tell the payment gateway which they were.',
};

/** As many in five minutes are no shopper who is in a hurry. */
const MANY_OVER_A_LIMIT = 100;

/**
 * A web ACL for CloudFront that refuses what attacks a shop: known attackers, exploits, injections, anonymisers, and
 * whoever tries logins, sign-ups or cards by the hundred. What it refuses, counts or limits is in an encrypted log for
 * 13 months, without secrets and without what visitors typed.
 *
 * Stands in us-east-1 whatever the Region of the shop. A distribution in another Region can refer to it weakly: neither
 * a property nor a later version of this library replaces the web ACL. Costs 5 USD a month, 1 USD for each rule (16 for
 * a Medusa shop) and 0.60 USD for a million requests, more over 1,500 units of capacity.
 */
export class StorefrontFirewall extends Construct {
  /** The web ACL. */
  public readonly webAcl: CfnWebACL;
  /** ARN of the web ACL, for a distribution. */
  public readonly webAclArn: string;
  /** Its log. */
  public readonly logGroup: LogGroup;
  /** Web ACL capacity units that the rules need at most. 1,500 are in the base price, AWS takes no more than 5,000. */
  public readonly capacity: number;

  private readonly metricName: string;

  /** @throws BaselineError outside us-east-1, and for limits, rules, countries and cut-overs that cannot be */
  public constructor(scope: Construct, id: string, props: StorefrontFirewallProps = {}) {
    super(scope, id);
    this.validate(props);
    const rules = firewallRules(props, this.decide(props));
    this.capacity = capacityOf(rules);
    this.checkCapacity();
    this.metricName = physicalName(this, 'webAclMetric');
    this.webAcl = this.createWebAcl(rules, props);
    this.webAclArn = this.webAcl.attrArn;
    this.logGroup = this.createLog(props);
    this.createAlarms(rules, props);
  }

  /** Refused requests, of one rule or of all. */
  public metricRefused(rule = 'ALL'): Metric {
    return new Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      // Metrics of a web ACL for CloudFront have no dimension for the Region.
      dimensionsMap: { WebACL: this.metricName, Rule: rule },
      statistic: 'sum',
      period: Duration.minutes(5),
    });
  }

  private validate(props: StorefrontFirewallProps): void {
    const problems = new Problems(`StorefrontFirewall ${this.node.path}`);
    requireUsEast1(problems, this);
    requireFirewallChoices(problems, props, today(this));
    problems.throwIfAny();
  }

  private decide(props: StorefrontFirewallProps): FirewallDecisions {
    const counted = (protection: ProtectionId, action?: RuleAction): Counted => {
      const kept = keeps(this, protection, action?.waiver);
      const rules = kept ? [] : (action?.rules ?? []);
      return { everything: !kept && rules.length === 0, rules };
    };
    return {
      observing: !keeps(this, 'firewall.blocking', props.mode?.waiver),
      ipReputation: counted('firewall.ip-reputation', props.ipReputation),
      knownBadInputs: counted('firewall.known-bad-inputs', props.knownBadInputs),
      commonRules: counted('firewall.common-rules', props.commonRules),
      sqlInjection: counted('firewall.sql-injection', props.sqlInjection),
      anonymousIpList: counted('firewall.anonymous-ip-list', props.anonymousIpList),
      rateLimiting: counted('firewall.rate-limits', props.rateLimiting),
      antiDdos: counted('firewall.anti-ddos', props.antiDdos?.action),
      accountTakeover: counted('firewall.account-takeover', props.accountTakeover?.action),
      accountCreationFraud: counted('firewall.account-creation-fraud', props.accountCreationFraud?.action),
      botControl: counted('firewall.bot-control', props.botControl?.action),
    };
  }

  private checkCapacity(): void {
    const problems = new Problems(`StorefrontFirewall ${this.node.path}`);
    problems.require(this.capacity <= HIGHEST_CAPACITY, {
      code: 'WebAclCapacityExceeded',
      property: 'requestClasses',
      value: this.capacity,
      bound: `need at most ${HIGHEST_CAPACITY} capacity units together with the other rules`,
      remedy: 'Recognise requests by fewer paths, or by paths that share method and query parameters.',
    });
    problems.throwIfAny();
    if (this.capacity > CAPACITY_IN_BASE_PRICE) {
      Validations.of(this).addWarning(
        'cdk-commerce-baseline:StorefrontFirewall.capacity',
        `The rules need ${this.capacity} capacity units, ${this.capacity - CAPACITY_IN_BASE_PRICE} more than the base ` +
          `price covers: about ${surchargeFor(this.capacity).toFixed(2)} USD more for a million requests.`,
      );
    }
  }

  private createWebAcl(rules: CfnWebACL.RuleProperty[], { tokenDomains }: StorefrontFirewallProps): CfnWebACL {
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      description: 'Refuses what attacks the shop',
      defaultAction: { allow: {} },
      rules,
      tokenDomains,
      customResponseBodies: RESPONSES,
      dataProtectionConfig: DATA_PROTECTION,
      associationConfig: { requestBody: { CLOUDFRONT: { defaultSizeInspectionLimit: 'KB_16' } } },
      visibilityConfig: visibility(this.metricName),
    });
    pinLogicalId(this, webAcl, 'WebAcl');
    return webAcl;
  }

  private createLog({ key, logDelivery, logGeneration }: StorefrontFirewallProps): LogGroup {
    const { logGroup } = new WebAclLog(this, 'Log', {
      webAcl: this.webAcl,
      key: key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS }),
      delivery: logDelivery ?? LogDelivery.ownPolicy(),
      generation: logGeneration ?? 1,
    });
    return logGroup;
  }

  private createAlarms(rules: CfnWebACL.RuleProperty[], props: StorefrontFirewallProps): void {
    const { alerts, refusedRequestsAlarm = 5000 } = props;
    for (const [rule, description] of Object.entries(OVER_A_LIMIT)) {
      if (rules.some(({ name }) => name === rule)) {
        const watched = { metric: this.metricRefused(rule), threshold: MANY_OVER_A_LIMIT, evaluationPeriods: 1 };
        addAlarm(this, `${rule}Alarm`, alerts, { urgency: 'notice', ...watched, description });
      }
    }
    addAlarm(this, 'RefusedAlarm', alerts, {
      urgency: 'notice',
      metric: this.metricRefused(),
      threshold: refusedRequestsAlarm,
      evaluationPeriods: 1,
      description:
        'The firewall refuses far more than usual. Read its log: either the shop is under attack, or a rule has begun to ' +
        'refuse customers and should be counted until it is understood.',
    });
  }
}
