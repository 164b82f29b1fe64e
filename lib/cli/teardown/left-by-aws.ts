import { resourcesOf, type PlacedResource, type StoreAssembly } from '../store-assembly';
import { at, listOf, textOf } from '../template-text';

/** Something that AWS made because of a resource, and that no stack deletes. */
export interface Leftover {
  readonly what: string;
  readonly region: string;
  /** How to find it. */
  readonly find: string;
}

/** What the services made by themselves, beside the templates of `store`. */
export function leftByAws(store: StoreAssembly): Leftover[] {
  return resourcesOf(store).flatMap((resource) => LEFT[resource.type]?.(resource) ?? []);
}

const LEFT: Readonly<Record<string, (resource: PlacedResource) => Leftover[]>> = {
  'AWS::ECR::RepositoryCreationTemplate': ({ properties, stack }) => {
    const prefix = textOf(properties.Prefix, stack) ?? '';
    return [
      {
        what: `Repositories that ECR made for images pulled through ${prefix}`,
        region: stack.region,
        find: `aws ecr describe-repositories --region ${stack.region} --query "repositories[?starts_with(repositoryName, '${prefix}/')].repositoryName"`,
      },
    ];
  },
  'AWS::CertificateManager::Certificate': ({ properties, stack }) =>
    listOf(properties.DomainValidationOptions)
      .flatMap((option) => textOf(at(option, 'HostedZoneId'), stack) ?? [])
      .slice(0, 1)
      .map((zone) => ({
        what: 'Records in the zone by which certificates were validated',
        region: stack.region,
        find: `aws route53 list-resource-record-sets --hosted-zone-id ${zone} --query "ResourceRecordSets[?Type=='CNAME' && starts_with(Name, '_')].Name"`,
      })),
  'AWS::RDS::DBCluster': ({ properties, stack }) =>
    properties.DeleteAutomatedBackups === false
      ? [
          {
            what: `Automated backups of the database, for the ${Number(properties.BackupRetentionPeriod ?? 1)} days that they are kept`,
            region: stack.region,
            find: `aws rds describe-db-cluster-automated-backups --region ${stack.region}`,
          },
        ]
      : [],
  'AWS::ECS::Cluster': ({ properties, stack }) =>
    listOf(properties.ClusterSettings).some(
      (setting) => at(setting, 'Name') === 'containerInsights' && at(setting, 'Value') !== 'disabled',
    )
      ? [
          {
            what: 'Log groups of Container Insights',
            region: stack.region,
            find: `aws logs describe-log-groups --region ${stack.region} --log-group-name-prefix /aws/ecs/containerinsights/`,
          },
        ]
      : [],
};
