import { ReferenceStrength, Stack, Token } from 'aws-cdk-lib';

/**
 * Refers to `value` of a stack in another Region without tying the two stacks together: CloudFormation reads the other
 * stack's output itself (`Fn::GetStackOutput`), with no exporting and importing functions in between. Set in code, so
 * that it holds in an app without feature flags.
 *
 * Its text does not change when the producer is replaced, and the CDK CLI then skips the consumer: whatever can be
 * replaced carries a hash of what replaces it in its logical id. See docs/decisions/0002-weak-references.md.
 */
export function weakly(value: string): string {
  return Token.isUnresolved(value) ? Stack.consumeReference(value, ReferenceStrength.WEAK) : value;
}
