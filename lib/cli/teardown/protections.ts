import type { PlacedResource } from '../store-assembly';
import { at, listOf } from '../template-text';
import type { Named } from './kept-type';

/** Something that stands against deletion, and the command that lifts it. */
interface Protection {
  readonly type: string;
  /** Whether a resource of the type has it. */
  readonly isOn: (properties: Readonly<Record<string, unknown>>) => boolean;
  readonly lift: (resource: Named) => string;
}

const PROTECTIONS: readonly Protection[] = [
  {
    type: 'AWS::RDS::DBCluster',
    isOn: ({ DeletionProtection }) => DeletionProtection === true,
    lift: ({ name, region }) =>
      `aws rds modify-db-cluster --no-deletion-protection --region ${region} --db-cluster-identifier ${name}`,
  },
  {
    type: 'AWS::RDS::DBInstance',
    isOn: ({ DeletionProtection }) => DeletionProtection === true,
    lift: ({ name, region }) =>
      `aws rds modify-db-instance --no-deletion-protection --region ${region} --db-instance-identifier ${name}`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    isOn: ({ LoadBalancerAttributes }) =>
      listOf(LoadBalancerAttributes).some(
        (attribute) => at(attribute, 'Key') === 'deletion_protection.enabled' && at(attribute, 'Value') === 'true',
      ),
    lift: ({ name, region }) =>
      `aws elbv2 modify-load-balancer-attributes --region ${region} --load-balancer-arn ${name} ` +
      '--attributes Key=deletion_protection.enabled,Value=false',
  },
  {
    type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    isOn: ({ MutationProtection }) => MutationProtection === 'ENABLED',
    lift: ({ name, region }) =>
      `aws route53resolver update-firewall-rule-group-association --region ${region} ` +
      `--firewall-rule-group-association-id ${name} --mutation-protection DISABLED`,
  },
  {
    type: 'AWS::NetworkFirewall::Firewall',
    isOn: ({ DeleteProtection }) => DeleteProtection === true,
    lift: firewall('delete-protection', 'update-firewall-delete-protection'),
  },
  {
    type: 'AWS::NetworkFirewall::Firewall',
    isOn: ({ SubnetChangeProtection }) => SubnetChangeProtection === true,
    lift: firewall('subnet-change-protection', 'update-subnet-change-protection'),
  },
  {
    type: 'AWS::NetworkFirewall::Firewall',
    isOn: ({ FirewallPolicyChangeProtection }) => FirewallPolicyChangeProtection === true,
    lift: firewall('firewall-policy-change-protection', 'update-firewall-policy-change-protection'),
  },
  {
    type: 'AWS::DynamoDB::Table',
    isOn: ({ DeletionProtectionEnabled }) => DeletionProtectionEnabled === true,
    lift: ({ name, region }) =>
      `aws dynamodb update-table --no-deletion-protection-enabled --region ${region} --table-name ${name}`,
  },
  {
    type: 'AWS::Cognito::UserPool',
    isOn: ({ DeletionProtection }) => DeletionProtection === 'ACTIVE',
    lift: ({ name, region }) =>
      `aws cognito-idp update-user-pool --deletion-protection INACTIVE --region ${region} --user-pool-id ${name}`,
  },
];

function firewall(protection: string, command: string): Protection['lift'] {
  return ({ name, region }) => {
    // CloudFormation calls a firewall by its ARN, its template by its name.
    const option = name.startsWith('"$') ? '--firewall-arn' : '--firewall-name';
    return `aws network-firewall ${command} --region ${region} ${option} ${name} --no-${protection}`;
  };
}

/** The commands that lift what stands against deleting `resource`. */
export function liftProtections(resource: PlacedResource, named: Named): string[] {
  return PROTECTIONS.filter(({ type, isOn }) => type === resource.type && isOn(resource.properties)).map(({ lift }) =>
    lift(named),
  );
}
