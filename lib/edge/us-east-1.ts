import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Problems } from '../core/errors';

/** The Region in which everything stands that belongs to CloudFront but is not part of a distribution. */
export const US_EAST_1 = 'us-east-1';

/** Refuses a stack that is known to be in another Region. */
export function requireUsEast1(problems: Problems, scope: Construct): void {
  const { region } = Stack.of(scope);
  problems.require(Token.isUnresolved(region) || region === US_EAST_1, {
    code: 'NotInUsEast1',
    property: 'region',
    value: region,
    bound: `be ${US_EAST_1}: CloudFront looks for this nowhere else`,
    remedy: `Place it in a stack of its own with env: { region: '${US_EAST_1}' }, whatever the Region of the shop.`,
  });
}
