import { type ResourceRule } from '../rule';
import { about, compliant, objection, undecidable, unless } from '../verdict';
import { behaviorsOf } from './support/behaviors';

/** Seconds. */
const YEAR = 31_536_000;

const HSTS = ['ResponseHeadersPolicyConfig', 'SecurityHeadersConfig', 'StrictTransportSecurity'];

/** Policies of AWS's own that set it: SecurityHeadersPolicy, and the two that add CORS to it. */
const WITH_HSTS = [
  '67f7725c-6f97-4210-82d7-5512b31e9d03',
  'e61eb60c-9c35-4d20-a928-2b84e02af89c',
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63',
];

export const distributionHsts: ResourceRule = {
  name: 'distribution-hsts',
  severity: 'medium',
  statement: 'Browsers that saw the site insist on TLS for a year at least.',
  fix: 'Give every behaviour a response headers policy with Strict-Transport-Security of 31536000 seconds or more.',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge: (distribution) =>
    about(behaviorsOf(distribution), (behavior) => {
      const policy = behavior.at('ResponseHeadersPolicyId');
      const resource = policy.reference?.resource;
      if (!policy.isPresent) {
        return objection('a behaviour has no response headers policy', policy);
      }
      if (resource === undefined) {
        return policy.isOneOf(...WITH_HSTS)
          ? compliant()
          : undecidable('its response headers policy is not in the templates', policy);
      }
      const age = resource.at(...HSTS, 'AccessControlMaxAgeSec');
      return unless((age.number ?? 0) >= YEAR, `the policy ${resource.name} says ${age.describe()} seconds`, policy);
    }),
};
