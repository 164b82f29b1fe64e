import { Duration } from 'aws-cdk-lib';
import { RateLimit } from '../../lib';
import { building, ruleWith } from '../support/firewall';

test('counts by address and session where the shop has one', () => {
  const total = RateLimit.byAddressAndCookie('connect.sid', 200, Duration.minutes(1));
  expect(ruleWith('LimitTotal', { rateLimits: { total } }).Statement.RateBasedStatement).toEqual({
    Limit: 200,
    EvaluationWindowSec: 60,
    AggregateKeyType: 'CUSTOM_KEYS',
    CustomKeys: [{ IP: {} }, { Cookie: { Name: 'connect.sid', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }],
  });
});

test.each([9, 10.5, -1])('refuses a limit of %s requests', (requests) => {
  expect(building({ rateLimits: { checkout: RateLimit.byAddress(requests) } })).toThrow(
    `rateLimits.checkout is ${requests}; it must be a whole number of at least 10 requests. Raise it`,
  );
});

test.each([Duration.seconds(30), Duration.minutes(3), Duration.hours(1)])('refuses a window of %s', (window) => {
  expect(building({ rateLimits: { login: RateLimit.byAddressAndClient(100, window) } })).toThrow(
    /rateLimits\.login is ".*"; it must be counted over 1, 2, 5 or 10 minutes\..*\[RateLimitWindowInvalid\]/,
  );
});
