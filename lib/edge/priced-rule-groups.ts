import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { LoginForm } from '../application/login-form';
import { RequestMatcher } from '../application/request-matcher';
import { pathExpressionOf } from './request-statements';
import type { RuleAction } from './rule-action';

/** How a group with a price of its own is used. */
export interface PricedRuleGroupOptions {
  /**
   * What happens to requests that the group matches. Names of its rules are not checked, and AWS ignores wrong ones.
   *
   * @default - they are refused or challenged, as AWS decides for each rule of the group
   */
  readonly action?: RuleAction;
}

/**
 * The group against account takeover: compares logins with stolen names and passwords, and counts failures by address
 * and session. Its data on stolen passwords knows e-mail addresses only.
 *
 * Costs about 10 USD a month and 1 USD for a thousand logins (AWS's price list as others quote it in 2026; not read at
 * AWS). Recognises a session only if the login page loads AWS WAF's script.
 */
export interface AccountTakeoverOptions extends PricedRuleGroupOptions {
  /** The login request, and how the shop answers it. */
  readonly loginForm: LoginForm;
}

/**
 * The group against fraudulent accounts: scores each sign-up, and challenges the page that leads to it.
 *
 * Costs about 10 USD a month and 1 USD for a thousand sign-ups (AWS's price list as others quote it in 2026; not read
 * at AWS). Works only if the page loads AWS WAF's script: every sign-up without its token is challenged, and one that a
 * script sends cannot answer.
 */
export interface AccountCreationFraudOptions extends PricedRuleGroupOptions {
  /** The request that creates the account. Successes answer 200 or 201. */
  readonly signUpForm: LoginForm;

  /** Path of the page with the form, served by the same distribution: `/register`. */
  readonly pagePath: string;
}

/** How closely Bot Control looks. */
export enum BotControlLevel {
  /** At what a client says about itself and where it comes from. About 1 USD for a million requests. */
  COMMON = 'COMMON',
  /**
   * At how it behaves, with challenges for what looks like a machine; requests answered with data are left out. About
   * 10 USD for a million requests.
   */
  TARGETED = 'TARGETED',
}

/**
 * The group against bots: blocks tools and automated browsers, lets verified search engines through. Webhooks and
 * static files are left out.
 *
 * Costs about 10 USD a month and what the level says (AWS's price list as others quote it in 2026; not read at AWS).
 * A storefront that renders on a server of its own calls this shop as a tool does: count the group first.
 */
export interface BotControlOptions extends PricedRuleGroupOptions {
  /** @default BotControlLevel.COMMON */
  readonly level?: BotControlLevel;
}

type GroupConfig = CfnWebACL.ManagedRuleGroupConfigProperty;

/** Files that a browser fetches by itself and that cannot show a challenge. */
const STATIC_FILES = '\\.(?:avif|css|gif|ico|jpe?g|js|json|map|mp4|png|svg|ttf|txt|webp|woff2?|xml)$';

/** @param api requests that a challenge would break */
export function antiDdosConfig(api: readonly RequestMatcher[]): GroupConfig {
  // The group sees the path alone: what is only told apart by its query would exempt the whole path.
  const paths = api.filter(({ _parameters }) => _parameters.length === 0);
  const exempt = [...(paths.length > 0 ? [pathExpressionOf(paths)] : []), STATIC_FILES];
  return {
    awsManagedRulesAntiDDoSRuleSet: {
      clientSideActionConfig: {
        challenge: {
          usageOfAction: 'ENABLED',
          sensitivity: 'HIGH',
          exemptUriRegularExpressions: exempt.map((regexString) => ({ regexString })),
        },
      },
      sensitivityToBlock: 'LOW',
    },
  };
}

/** The login is recognised by its path; the group looks at POST requests alone. */
export function accountTakeoverConfig({ request, encoding, fields, answers }: LoginForm): GroupConfig {
  return {
    awsManagedRulesAtpRuleSet: {
      loginPath: pathExpressionOf([request]),
      enableRegexInPath: true,
      requestInspection: {
        payloadType: encoding,
        usernameField: { identifier: fields.username },
        passwordField: { identifier: fields.password },
      },
      responseInspection: { statusCode: { successCodes: answers.success, failureCodes: answers.failure } },
    },
  };
}

/** The user name is taken for the e-mail address as well: shops know their customers by it. */
export function accountCreationConfig({ signUpForm, pagePath }: AccountCreationFraudOptions): GroupConfig {
  const { request, encoding, fields } = signUpForm;
  return {
    awsManagedRulesAcfpRuleSet: {
      creationPath: pathExpressionOf([request]),
      registrationPagePath: pathExpressionOf([RequestMatcher.path(pagePath)]),
      enableRegexInPath: true,
      requestInspection: {
        payloadType: encoding,
        emailField: { identifier: fields.username },
        passwordField: { identifier: fields.password },
      },
      responseInspection: { statusCode: { successCodes: [200, 201], failureCodes: [400, 401, 409, 422] } },
    },
  };
}

export function botControlConfig(inspectionLevel: BotControlLevel): GroupConfig {
  const enableMachineLearning = inspectionLevel === BotControlLevel.TARGETED ? true : undefined;
  return { awsManagedRulesBotControlRuleSet: { inspectionLevel, enableMachineLearning } };
}
