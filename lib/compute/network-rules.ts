import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroupEgress, CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Dependable, type IDependable } from 'constructs';

const RULES = [CfnSecurityGroupEgress.CFN_RESOURCE_TYPE_NAME, CfnSecurityGroupIngress.CFN_RESOURCE_TYPE_NAME];

/**
 * The rules that name `securityGroup`, wherever in its stack they stand and whenever they are made: a database that
 * lets a task in writes its rule after the task was placed. Who depends on them waits until the way is open.
 */
export function rulesOf(securityGroup: ISecurityGroup): IDependable {
  const rules = {};
  Dependable.implement(rules, {
    get dependencyRoots() {
      const stack = Stack.of(securityGroup);
      const group = JSON.stringify(stack.resolve(securityGroup.securityGroupId));
      return stack.node
        .findAll()
        .filter((child) => CfnResource.isCfnResource(child) && RULES.includes(child.cfnResourceType))
        .filter((rule) => groupsOf(rule as Rule).some((each) => JSON.stringify(stack.resolve(each)) === group));
    },
  });
  return rules;
}

/** Either kind of rule, as far as it names security groups. */
interface Rule {
  readonly groupId?: string;
  readonly sourceSecurityGroupId?: string;
  readonly destinationSecurityGroupId?: string;
}

function groupsOf({ groupId, sourceSecurityGroupId, destinationSecurityGroupId }: Rule): (string | undefined)[] {
  return [groupId, sourceSecurityGroupId, destinationSecurityGroupId];
}
