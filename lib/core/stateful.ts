import { RemovalPolicy, Stack, type CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { disposalOf } from './disposal';

/**
 * Marks `resource` as something that must never be lost: retained when it leaves the template or is replaced, under a
 * logical id that depends only on where `owner`, the construct the user placed, stands in its stack. How the library
 * is built inside may change without replacing anything.
 *
 * A resource that a failed *first* deployment created is removed again when that deployment is rolled back, so that it
 * can be repeated. It is not removed when a stack is deleted, also not after a roll-back that failed.
 *
 * @param role what the resource is to its owner: `Cluster`, `Bucket`; part of the logical id
 */
export function retain(owner: Construct, resource: CfnResource, role: string): void {
  resource.applyRemovalPolicy(removalPolicyOf(owner));
  pinLogicalId(owner, resource, role);
}

/** What becomes of something that must not be lost when its stack goes: it stays, unless the stack was declared disposable. */
export function removalPolicyOf(construct: Construct): RemovalPolicy {
  return disposalOf(construct) === undefined ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}

/**
 * Gives `resource` a logical id that depends only on where `owner` stands in its stack, so that it is not replaced when
 * the library is built differently inside.
 */
export function pinLogicalId(owner: Construct, resource: CfnResource, role: string): void {
  const scopes = owner.node.scopes;
  const insideStack = scopes.slice(scopes.indexOf(Stack.of(owner)) + 1);
  const pathInStack = insideStack.map((scope) => scope.node.id.replace(/[^A-Za-z0-9]/g, '')).join('');
  resource.overrideLogicalId(`${pathInStack}${role}`);
}
