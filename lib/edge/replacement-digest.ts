import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Eight digits that change whenever one of the properties does that replace a resource. In its logical id they let old and
 * new stand side by side until nobody uses the old one, and let whoever refers to it weakly notice:
 * docs/decisions/0002-weak-references.md.
 */
export function replacementDigest(scope: Construct, properties: unknown): string {
  const text = JSON.stringify(Stack.of(scope).resolve(properties));
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
