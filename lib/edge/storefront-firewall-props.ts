import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RequestClass } from '../application/request-class';
import type { IAlertTopics } from '../core/alerts';
import type { FirewallMode } from './firewall-mode';
import type { GeographicRule } from './geographic-rule';
import type { LogDelivery } from './log-delivery';
import type {
  AccountCreationFraudOptions,
  AccountTakeoverOptions,
  BotControlOptions,
  PricedRuleGroupOptions,
} from './priced-rule-groups';
import type { RateLimits } from './rate-limits';
import type { RuleAction } from './rule-action';

/** What is refused, and what is only counted. */
export interface FirewallChoices {
  /**
   * Whether it refuses anything, or only counts while a shop moves in.
   *
   * @default FirewallMode.blocking()
   */
  readonly mode?: FirewallMode;

  /**
   * Addresses that AWS has seen attack or scout others.
   *
   * @default RuleAction.block()
   */
  readonly ipReputation?: RuleAction;

  /**
   * Requests that exploit known holes: Log4j, deserialisation, exposed files.
   *
   * @default RuleAction.block()
   */
  readonly knownBadInputs?: RuleAction;

  /**
   * The OWASP top ten, AWS's core rule set. Bodies over 8 KB and scripts in bodies are let through in requests of the
   * classes `upload` and `webhook`.
   *
   * @default RuleAction.block()
   */
  readonly commonRules?: RuleAction;

  /**
   * SQL in what visitors send.
   *
   * @default RuleAction.block()
   */
  readonly sqlInjection?: RuleAction;

  /**
   * Addresses of anonymisers and of hosting providers; webhooks are left out. A storefront that renders on a hosting
   * provider (Vercel, Netlify, Lambda) calls the shop from such addresses: count `HostingProviderIPList` then.
   *
   * @default RuleAction.block()
   */
  readonly anonymousIpList?: RuleAction;

  /**
   * What happens to whoever sends more than `rateLimits` allow: an answer 429 while it lasts.
   *
   * @default RuleAction.block()
   */
  readonly rateLimiting?: RuleAction;

  /**
   * How many requests are too many.
   *
   * @default - see `RateLimits`
   */
  readonly rateLimits?: RateLimits;

  /**
   * From which countries the shop can be reached.
   *
   * @default - from all
   */
  readonly geography?: GeographicRule;

  /**
   * Learns what is usual, and challenges or blocks what floods the shop; requests answered with data are blocked but
   * never challenged. Costs about 20 USD a month and 0.15 USD for a million requests (AWS's price list as others quote
   * it in 2026; not read at AWS).
   *
   * @default - off
   */
  readonly antiDdos?: PricedRuleGroupOptions;

  /**
   * Compares logins with stolen passwords. See `AccountTakeoverOptions` for price and conditions.
   *
   * @default - off
   */
  readonly accountTakeover?: AccountTakeoverOptions;

  /**
   * Scores sign-ups. See `AccountCreationFraudOptions` for price and conditions.
   *
   * @default - off
   */
  readonly accountCreationFraud?: AccountCreationFraudOptions;

  /**
   * Keeps bots out. See `BotControlOptions` for price and conditions.
   *
   * @default - off
   */
  readonly botControl?: BotControlOptions;

  /**
   * Hosts that share the token of a solved challenge, such as a shop and its API.
   *
   * @default - each host on its own
   */
  readonly tokenDomains?: string[];

  /**
   * Refused requests in five minutes from which somebody is told.
   *
   * @default 5000
   */
  readonly refusedRequestsAlarm?: number;
}

/** What a shop's requests look like, what is refused, and who hears of it. */
export interface StorefrontFirewallProps extends FirewallChoices {
  /**
   * Shapes of the shop's requests: `application.requestClasses`. Without them there are no limits on logins, sign-ups
   * and checkouts, and large bodies are refused everywhere.
   *
   * @default - none
   */
  readonly requestClasses?: RequestClass[];

  /**
   * Key for the log, in us-east-1.
   *
   * @default - a `DataKey` for logs
   */
  readonly key?: IKey;

  /**
   * Who lets AWS's log delivery write the log.
   *
   * @default LogDelivery.ownPolicy()
   */
  readonly logDelivery?: LogDelivery;

  /**
   * Raised by one to write into a new log group beside a retained one of the same name.
   *
   * @default 1
   */
  readonly logGeneration?: number;

  /**
   * Who is told of attacks, in us-east-1.
   *
   * @default - nobody: no alarms are created
   */
  readonly alerts?: IAlertTopics;
}
