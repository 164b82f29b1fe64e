import { Aws, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';

/** Who closes a default security group, and who is told if that fails. */
export interface SecurityGroupCloserProps {
  /** The VPC. */
  readonly vpc: CfnVPC;
  /** Key for the logs and dead letters of the function. */
  readonly key: IKey;
  /** @default - nobody is told */
  readonly alerts?: IAlertTopics;
}

/** Takes every rule out of the security group that AWS gives a VPC, so that what names no group reaches nothing. */
export class SecurityGroupCloser extends Construct {
  /** The closed group. */
  public readonly resource: CustomResource;

  public constructor(scope: Construct, id: string, { vpc, key, alerts }: SecurityGroupCloserProps) {
    super(scope, id);
    const closer = new HandlerFunction(this, 'Closer', {
      handler: 'close-default-security-group',
      description: "Takes every rule out of the VPC's default security group",
      key,
      alerts,
    });
    this.allow(closer, vpc);
    // Under this id and type, beside the VPC, rule packs look for what closes its default security group.
    this.resource = new CustomResource(scope, 'RestrictDefaultSecurityGroupCustomResource', {
      resourceType: 'Custom::VpcRestrictDefaultSG',
      serviceToken: closer.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { DefaultSecurityGroupId: vpc.attrDefaultSecurityGroup },
    });
  }

  private allow({ role }: HandlerFunction, { attrDefaultSecurityGroup }: CfnVPC): void {
    const { account, region } = Stack.of(this);
    const actions = ['ec2:DescribeSecurityGroups'];
    // AWS offers no resource-level permission for reading security groups.
    const resources = ['*'];
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    acknowledgeWildcards(role, {
      matching: resources,
      actions,
      because: 'AWS offers no resource-level permission for reading security groups, which hold no data.',
    });
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'],
        resources: [`arn:${Aws.PARTITION}:ec2:${region}:${account}:security-group/${attrDefaultSecurityGroup}`],
      }),
    );
  }
}
