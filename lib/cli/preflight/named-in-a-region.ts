import { BackupClient, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  GetDeliveryDestinationCommand,
  GetDeliverySourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  ECRClient,
} from '@aws-sdk/client-ecr';
import {
  DescribeServerlessCachesCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import {
  DescribeFirewallCommand,
  DescribeFirewallPolicyCommand,
  DescribeRuleGroupCommand,
  NetworkFirewallClient,
} from '@aws-sdk/client-network-firewall';
import { DescribeDBClustersCommand, DescribeDBProxiesCommand, RDSClient } from '@aws-sdk/client-rds';
import type { Aws } from '../aws/aws';
import { unlessAbsent } from '../aws/errors';
import type { NamedType } from './named-type';
import { allOf, logsPolicyNames } from './usage';

const ABSENT = 'ResourceNotFoundException';

/** What CloudFormation says is kept: a log group, a cluster. Its name is free once it is gone, or it can be taken over. */
const OR_IMPORT = '   # or keep it: npx cdk deploy --import-existing-resources';

/** Vaults of a Region. AWS Backup answers a question about one that is not there as it answers one that is not allowed. */
function vaultNames(aws: Aws, region: string): Promise<readonly string[]> {
  return aws.once(`vaults ${region}`, () =>
    allOf(async (NextToken) => {
      const page = await aws.client(BackupClient, region).send(new ListBackupVaultsCommand({ NextToken }));
      return {
        items: (page.BackupVaultList ?? []).map(({ BackupVaultName = '' }) => BackupVaultName),
        next: page.NextToken,
      };
    }),
  );
}

const VAULT: NamedType = {
  called: 'vault of backups',
  name: ['BackupVaultName'],
  action: 'backup:ListBackupVaults',
  isTaken: async (aws, region, name) => (await vaultNames(aws, region)).includes(name),
  remove: (region, name) =>
    `aws backup delete-backup-vault --region ${region} --backup-vault-name ${name}` +
    '   # once it is empty; or keep it, and raise the generation of the vault',
};

/** Types whose names are unique in an account and Region. */
export const NAMED_IN_A_REGION: Readonly<Record<string, NamedType>> = {
  'AWS::Logs::LogGroup': {
    called: 'log group',
    name: ['LogGroupName'],
    action: 'logs:DescribeLogGroups',
    isTaken: async (aws, region, name) => {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
      const { logGroups = [] } = await aws.client(CloudWatchLogsClient, region).send(command);
      return logGroups.some(({ logGroupName }) => logGroupName === name);
    },
    remove: (region, name) => `aws logs delete-log-group --region ${region} --log-group-name ${name}${OR_IMPORT}`,
  },
  'AWS::Backup::BackupVault': VAULT,
  'AWS::Backup::LogicallyAirGappedBackupVault': VAULT,
  'AWS::Logs::ResourcePolicy': {
    called: 'Logs resource policy',
    name: ['PolicyName'],
    action: 'logs:DescribeResourcePolicies',
    isTaken: async (aws, region, name) => (await logsPolicyNames(aws, region)).includes(name),
    remove: (region, name) => `aws logs delete-resource-policy --region ${region} --policy-name ${name}`,
  },
  'AWS::Logs::DeliverySource': {
    called: 'log delivery source',
    name: ['Name'],
    action: 'logs:GetDeliverySource',
    isTaken: (aws, region, name) =>
      found(aws.client(CloudWatchLogsClient, region).send(new GetDeliverySourceCommand({ name })), ABSENT),
    remove: (region, name) =>
      `aws logs delete-delivery-source --region ${region} --name ${name}   # its delivery first: aws logs delete-delivery`,
  },
  'AWS::Logs::DeliveryDestination': {
    called: 'log delivery destination',
    name: ['Name'],
    action: 'logs:GetDeliveryDestination',
    isTaken: (aws, region, name) =>
      found(aws.client(CloudWatchLogsClient, region).send(new GetDeliveryDestinationCommand({ name })), ABSENT),
    remove: (region, name) =>
      `aws logs delete-delivery-destination --region ${region} --name ${name}   # its delivery first: aws logs delete-delivery`,
  },
  'AWS::ElastiCache::User': {
    called: 'ElastiCache user',
    name: ['UserId'],
    action: 'elasticache:DescribeUsers',
    isTaken: (aws, region, name) =>
      found(
        aws.client(ElastiCacheClient, region).send(new DescribeUsersCommand({ UserId: name })),
        'UserNotFoundFault',
      ),
    remove: (region, name) => `aws elasticache delete-user --region ${region} --user-id ${name}`,
  },
  'AWS::ElastiCache::UserGroup': {
    called: 'ElastiCache user group',
    name: ['UserGroupId'],
    action: 'elasticache:DescribeUserGroups',
    isTaken: (aws, region, name) =>
      found(
        aws.client(ElastiCacheClient, region).send(new DescribeUserGroupsCommand({ UserGroupId: name })),
        'UserGroupNotFoundFault',
      ),
    remove: (region, name) => `aws elasticache delete-user-group --region ${region} --user-group-id ${name}`,
  },
  'AWS::ElastiCache::ServerlessCache': {
    called: 'serverless cache',
    name: ['ServerlessCacheName'],
    action: 'elasticache:DescribeServerlessCaches',
    isTaken: (aws, region, name) =>
      found(
        aws.client(ElastiCacheClient, region).send(new DescribeServerlessCachesCommand({ ServerlessCacheName: name })),
        'ServerlessCacheNotFoundFault',
      ),
    remove: (region, name) =>
      `aws elasticache delete-serverless-cache --region ${region} --serverless-cache-name ${name} --final-snapshot-name <name>`,
  },
  'AWS::RDS::DBCluster': {
    called: 'database cluster',
    name: ['DBClusterIdentifier'],
    action: 'rds:DescribeDBClusters',
    isTaken: (aws, region, name) =>
      found(
        aws.client(RDSClient, region).send(new DescribeDBClustersCommand({ DBClusterIdentifier: name })),
        'DBClusterNotFoundFault',
      ),
    remove: (region, name) =>
      `aws rds delete-db-cluster --region ${region} --db-cluster-identifier ${name} --final-db-snapshot-identifier <name>` +
      '   # its instances first; or leave it and raise database.generation',
  },
  'AWS::RDS::DBProxy': {
    called: 'database proxy',
    name: ['DBProxyName'],
    action: 'rds:DescribeDBProxies',
    isTaken: (aws, region, name) =>
      found(
        aws.client(RDSClient, region).send(new DescribeDBProxiesCommand({ DBProxyName: name })),
        'DBProxyNotFoundFault',
      ),
    remove: (region, name) => `aws rds delete-db-proxy --region ${region} --db-proxy-name ${name}`,
  },
  'AWS::ECR::PullThroughCacheRule': {
    called: 'pull-through cache',
    name: ['EcrRepositoryPrefix'],
    action: 'ecr:DescribePullThroughCacheRules',
    isTaken: (aws, region, name) =>
      found(
        aws.client(ECRClient, region).send(new DescribePullThroughCacheRulesCommand({ ecrRepositoryPrefixes: [name] })),
        'PullThroughCacheRuleNotFoundException',
      ),
    remove: (region, name) =>
      `aws ecr delete-pull-through-cache-rule --region ${region} --ecr-repository-prefix ${name}`,
  },
  'AWS::ECR::RepositoryCreationTemplate': {
    called: 'repository creation template',
    name: ['Prefix'],
    action: 'ecr:DescribeRepositoryCreationTemplates',
    isTaken: async (aws, region, name) => {
      const command = new DescribeRepositoryCreationTemplatesCommand({ prefixes: [name] });
      const asked = aws.client(ECRClient, region).send(command);
      const page = await unlessAbsent(asked, 'TemplateNotFoundException');
      return (page?.repositoryCreationTemplates ?? []).length > 0;
    },
    remove: (region, name) => `aws ecr delete-repository-creation-template --region ${region} --prefix ${name}`,
  },
  'AWS::NetworkFirewall::Firewall': {
    called: 'network firewall',
    name: ['FirewallName'],
    action: 'network-firewall:DescribeFirewall',
    isTaken: (aws, region, name) =>
      found(
        aws.client(NetworkFirewallClient, region).send(new DescribeFirewallCommand({ FirewallName: name })),
        ABSENT,
      ),
    remove: (region, name) => `aws network-firewall delete-firewall --region ${region} --firewall-name ${name}`,
  },
  'AWS::NetworkFirewall::FirewallPolicy': {
    called: 'firewall policy',
    name: ['FirewallPolicyName'],
    action: 'network-firewall:DescribeFirewallPolicy',
    isTaken: (aws, region, name) =>
      found(
        aws.client(NetworkFirewallClient, region).send(new DescribeFirewallPolicyCommand({ FirewallPolicyName: name })),
        ABSENT,
      ),
    remove: (region, name) =>
      `aws network-firewall delete-firewall-policy --region ${region} --firewall-policy-name ${name}`,
  },
  'AWS::NetworkFirewall::RuleGroup': {
    called: 'firewall rule group',
    name: ['RuleGroupName'],
    action: 'network-firewall:DescribeRuleGroup',
    isTaken: (aws, region, name) =>
      found(
        aws
          .client(NetworkFirewallClient, region)
          .send(new DescribeRuleGroupCommand({ RuleGroupName: name, Type: 'STATEFUL' })),
        ABSENT,
      ),
    remove: (region, name) =>
      `aws network-firewall delete-rule-group --region ${region} --rule-group-name ${name} --type STATEFUL`,
  },
};

/** Whether there is something; the service answers with the error `absent` when there is not. */
async function found(asked: Promise<unknown>, absent: string): Promise<boolean> {
  return (await unlessAbsent(asked, absent)) !== undefined;
}
