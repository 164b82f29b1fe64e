import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { unlessAbsent } from '../../aws/errors';
import { resourcesOf } from '../../store-assembly';
import { ok, warning, type Check } from '../probe';

interface ServiceLinkedRole {
  readonly type: string;
  readonly role: string;
  readonly service: string;
}

/** Roles that a service makes for itself with the first resource of a type, and is not always done with in time. */
const ROLES: readonly ServiceLinkedRole[] = [
  { type: 'AWS::ECS::Service', role: 'ECS', service: 'ecs.amazonaws.com' },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    role: 'ElasticLoadBalancing',
    service: 'elasticloadbalancing.amazonaws.com',
  },
  { type: 'AWS::RDS::DBCluster', role: 'RDS', service: 'rds.amazonaws.com' },
  { type: 'AWS::ElastiCache::ReplicationGroup', role: 'ElastiCache', service: 'elasticache.amazonaws.com' },
  { type: 'AWS::ElastiCache::ServerlessCache', role: 'ElastiCache', service: 'elasticache.amazonaws.com' },
  { type: 'AWS::NetworkFirewall::Firewall', role: 'NetworkFirewall', service: 'network-firewall.amazonaws.com' },
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    role: 'ApplicationAutoScaling_ECSService',
    service: 'ecs.application-autoscaling.amazonaws.com',
  },
  { type: 'AWS::CloudFront::VpcOrigin', role: 'CloudFrontVPCOrigin', service: 'vpcorigin.cloudfront.amazonaws.com' },
  {
    type: 'AWS::ECR::PullThroughCacheRule',
    role: 'ECRPullThroughCache',
    service: 'pullthroughcache.ecr.amazonaws.com',
  },
  { type: 'AWS::Backup::BackupVault', role: 'Backup', service: 'backup.amazonaws.com' },
  { type: 'AWS::Backup::LogicallyAirGappedBackupVault', role: 'Backup', service: 'backup.amazonaws.com' },
  // A copy of a snapshot of Aurora is made by RDS, also in an account without a database.
  { type: 'AWS::Backup::BackupVault', role: 'RDS', service: 'rds.amazonaws.com' },
  { type: 'AWS::Backup::LogicallyAirGappedBackupVault', role: 'RDS', service: 'rds.amazonaws.com' },
  { type: 'AWS::EFS::FileSystem', role: 'AmazonElasticFileSystem', service: 'elasticfilesystem.amazonaws.com' },
];

/** Whether the roles that services need for themselves are there. */
export const serviceLinkedRoles: Check = ({ store, aws }) => {
  const types = new Set(resourcesOf(store).map(({ type }) => type));
  const needed = new Map(ROLES.filter(({ type }) => types.has(type)).map((role) => [role.role, role]));
  return [...needed.values()].map(({ role, service }) => ({
    check: 'service-linked role',
    subject: `AWSServiceRoleFor${role}`,
    place: 'global',
    actions: ['iam:GetRole'],
    ask: async () => {
      const asked = aws
        .client(IAMClient, 'us-east-1')
        .send(new GetRoleCommand({ RoleName: `AWSServiceRoleFor${role}` }));
      const found = await unlessAbsent(asked, 'NoSuchEntity', 'NoSuchEntityException');
      return found === undefined
        ? warning(
            'Not there yet. The service makes it, and a first deployment may be faster than that.',
            `aws iam create-service-linked-role --aws-service-name ${service}`,
          )
        : ok('There.');
    },
  }));
};
