import { Match, type Template } from 'aws-cdk-lib/assertions';
import {
  AlertTopics,
  Application,
  BotControlLevel,
  DataClass,
  DataKey,
  FirewallMode,
  GeographicRule,
  LogDelivery,
  LogDeliveryPolicy,
  LoginForm,
  RateLimit,
  RequestMatcher,
  RuleAction,
  StorefrontFirewall,
  type StorefrontFirewallProps,
} from '../../lib';
import { type ProtectionId } from '../../lib/core/protection';
import { type ConstructCases, type WaiverCase, type WaiverCases } from '../support/cases';

const shop = Application.medusa({ image: 'public.ecr.aws/acme/shop@sha256:0123' });
const credentials = { username: '/email', password: '/password' };
const loginForm = LoginForm.json(RequestMatcher.path('/auth/{actor}/emailpass'), credentials);
const signUpForm = LoginForm.json(RequestMatcher.path('/auth/{actor}/emailpass/register'), credentials);

export const edgeFirewall: ConstructCases = {
  StorefrontFirewall: {
    minimal: (stack) => new StorefrontFirewall(stack, 'Firewall'),
    loaded: (stack) =>
      new StorefrontFirewall(stack, 'Firewall', {
        requestClasses: shop.requestClasses,
        mode: FirewallMode.blocking(),
        rateLimits: {
          total: RateLimit.byAddress(5000),
          checkout: RateLimit.byAddressAndCookie('connect.sid', 20),
          admin: RateLimit.byAddress(500),
        },
        geography: GeographicRule.only('PH', 'SG'),
        antiDdos: {},
        accountTakeover: { loginForm },
        accountCreationFraud: { signUpForm, pagePath: '/register' },
        botControl: { level: BotControlLevel.TARGETED },
        tokenDomains: ['acme.example'],
        key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }),
        logDelivery: LogDelivery.accountPolicy(),
        logGeneration: 2,
        alerts: new AlertTopics(stack, 'Alerts'),
        refusedRequestsAlarm: 1000,
      }),
  },
  LogDeliveryPolicy: {
    minimal: (stack) => new LogDeliveryPolicy(stack, 'Delivery'),
    loaded: (stack) => new LogDeliveryPolicy(stack, 'Delivery', { logGroupNames: ['aws-waf-logs-acme', 'acme-*'] }),
  },
};

/** A rule of the firewall that is part of the web ACL. */
function holds(template: Template, rule: object): void {
  template.hasResourceProperties('AWS::WAFv2::WebACL', { Rules: Match.arrayWith([Match.objectLike(rule)]) });
}

function group(name: string, props: (action?: RuleAction) => StorefrontFirewallProps): WaiverCase {
  return {
    build: (stack, waiver) => new StorefrontFirewall(stack, 'Firewall', props(waiver && RuleAction.count(waiver))),
    protects: (template) => holds(template, { Name: name, OverrideAction: { None: {} } }),
  };
}

export const edgeFirewallWaivers = {
  'firewall.blocking': {
    build: (stack, waiver) =>
      new StorefrontFirewall(stack, 'Firewall', { mode: waiver && FirewallMode.observe(waiver) }),
    protects: (template) => {
      holds(template, { Name: 'SqlInjection', OverrideAction: { None: {} } });
      holds(template, { Name: 'LimitTotal', Action: { Block: Match.anyValue() } });
    },
  },
  'firewall.ip-reputation': group('IpReputation', (ipReputation) => ({ ipReputation })),
  'firewall.known-bad-inputs': group('KnownBadInputs', (knownBadInputs) => ({ knownBadInputs })),
  'firewall.common-rules': group('CommonRules', (commonRules) => ({ commonRules })),
  'firewall.sql-injection': group('SqlInjection', (sqlInjection) => ({ sqlInjection })),
  'firewall.anonymous-ip-list': group('AnonymousIpList', (anonymousIpList) => ({ anonymousIpList })),
  'firewall.rate-limits': {
    build: (stack, waiver) =>
      new StorefrontFirewall(stack, 'Firewall', { rateLimiting: waiver && RuleAction.count(waiver) }),
    protects: (template) => holds(template, { Name: 'LimitTotal', Action: { Block: Match.anyValue() } }),
  },
  'firewall.anti-ddos': group('AntiDdos', (action) => ({ antiDdos: { action } })),
  'firewall.account-takeover': group('AccountTakeover', (action) => ({ accountTakeover: { loginForm, action } })),
  'firewall.account-creation-fraud': group('AccountCreationFraud', (action) => ({
    accountCreationFraud: { signUpForm, pagePath: '/register', action },
  })),
  'firewall.bot-control': group('BotControl', (action) => ({ botControl: { action } })),
} satisfies WaiverCases & Partial<Record<ProtectionId, WaiverCase>>;
