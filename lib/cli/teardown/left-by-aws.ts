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
  const left = resourcesOf(store).flatMap((resource) => LEFT[resource.type]?.(resource) ?? []);
  // Of many resources in one place the same is left.
  const isSame = (one: Leftover, other: Leftover): boolean => one.find === other.find && one.region === other.region;
  return left.filter((each, place) => left.findIndex((other) => isSame(each, other)) === place);
}

/** A key that goes with its stack is not gone: KMS waits, and charges nothing meanwhile. */
const waitingKey = ({ deletionPolicy, properties, stack }: PlacedResource): Leftover[] =>
  deletionPolicy === 'Delete'
    ? [
        {
          what: `Keys, until ${Number(properties.PendingWindowInDays ?? 30)} days have passed; a primary, until its replica is gone`,
          region: stack.region,
          find: `aws resourcegroupstaggingapi get-resources --region ${stack.region} --resource-type-filters kms:key --tag-filters ${tagsOf(properties)}`,
        },
      ]
    : [];

/** CloudFormation cuts the names of stacks in the names it makes up, and does not say where: this much is there. */
const CUT = 20;

/** The tags by which what belonged to the store is found. */
function tagsOf({ Tags }: PlacedResource['properties']): string {
  return listOf(Tags)
    .filter((tag) => /^commerce-baseline:(store|environment)$/.test(String(at(tag, 'Key'))))
    .map((tag) => `Key=${String(at(tag, 'Key'))},Values=${String(at(tag, 'Value'))}`)
    .join(' ');
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
  'AWS::KMS::Key': waitingKey,
  'AWS::KMS::ReplicaKey': waitingKey,
  // CDK's own functions have no log group in the template: Lambda makes it with the first line.
  'AWS::Lambda::Function': ({ properties, stack }) =>
    properties.LoggingConfig === undefined
      ? [
          {
            what: 'Log groups of functions that CDK brings, for ever and without a key',
            region: stack.region,
            find: `aws logs describe-log-groups --region ${stack.region} --log-group-name-prefix /aws/lambda/${stack.name.slice(0, CUT)}`,
          },
        ]
      : [],
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
