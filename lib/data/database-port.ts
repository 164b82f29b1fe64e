import { CfnSecurityGroupEgress, CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Who connects to whom. */
export interface OpenPortProps {
  /** Who connects. */
  readonly from: ISecurityGroup;
  /** Who is connected to. */
  readonly to: ISecurityGroup;
  /** TCP port of the latter. */
  readonly port: number;
}

/**
 * Lets one security group of ours connect to another, by rules that stand in `scope`, so that the stack of neither comes
 * to depend on the other. Returns the rules.
 */
export function openPort(scope: Construct, id: string, { from, to, port }: OpenPortProps): Construct {
  const rules = new Construct(scope, id);
  const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description: 'Database connections' };
  new CfnSecurityGroupEgress(rules, 'Egress', {
    ...rule,
    groupId: from.securityGroupId,
    destinationSecurityGroupId: to.securityGroupId,
  });
  new CfnSecurityGroupIngress(rules, 'Ingress', {
    ...rule,
    groupId: to.securityGroupId,
    sourceSecurityGroupId: from.securityGroupId,
  });
  return rules;
}
