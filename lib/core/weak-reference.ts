import { Reference, ReferenceStrength, Stack, Tokenization } from 'aws-cdk-lib';

/**
 * Refers to `value` of a stack in another Region without tying the two stacks together: CloudFormation reads the other
 * stack's output itself (`Fn::GetStackOutput`), with no exporting and importing functions in between. Set in code, so
 * that it holds in an app without feature flags. Should both stand in one Region it is weak too, because an export that is
 * read could not be removed, nor its producer replaced. What is not an attribute of a resource stays as it is.
 *
 * Its text does not change when the producer is replaced, and the CDK CLI then skips the consumer: whatever can be
 * replaced carries a hash of what replaces it in its logical id. See docs/decisions/0002-weak-references.md.
 */
export function weakly(value: string): string {
  const reference = Tokenization.reverse(value, { failConcat: false });
  return Reference.isReference(reference) ? Stack.consumeReference(value, ReferenceStrength.WEAK) : value;
}
