import { Aws, Stack } from 'aws-cdk-lib';
import { CfnPullThroughCacheRule, CfnRepositoryCreationTemplate } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, type ContainerDefinition, type ContainerImageConfig } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { physicalName } from '../core/physical-names';
import { ServiceRole } from '../core/service-role';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { UpstreamRegistry } from './upstream-registry';

/** Which registry is cached. */
export interface PullThroughCacheProps {
  /**
   * The registry whose images are pulled through.
   *
   * @default - Amazon's public registry
   */
  readonly upstream?: UpstreamRegistry;

  /**
   * Key for the cached images.
   *
   * @default - a `DataKey` for customer data
   */
  readonly key?: IKey;
}

/** How many images a cached repository keeps: enough for years of updates, and for every task that still runs one. */
const KEPT_IMAGES = 200;

/**
 * Images of a public registry, kept in the account's own: tasks pull from ECR, a registry that is down or rate-limited
 * stops nobody who starts an image again, and images stay encrypted, immutable and under the account's scanning.
 *
 * Creates a cache rule and a template for the repositories that ECR makes on the first pull of an image. These
 * repositories are not part of the stack and stay when it is deleted. In a VPC with interface endpoints for ECR the
 * *first* pull of an image still needs a way out to the internet, AWS says; the pulls after it do not.
 */
export class PullThroughCache extends Construct {
  /** Prefix of the cached repositories' names. Account-wide, so it carries the store's name. */
  public readonly prefix: string;

  public constructor(scope: Construct, id: string, props: PullThroughCacheProps = {}) {
    super(scope, id);
    this.prefix = physicalName(this, 'imageCache');
    this.createRule(props.upstream ?? UpstreamRegistry.publicEcr());
    this.createTemplate(props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.CUSTOMER_DATA }));
  }

  /**
   * ARN of the repository that caches `repository`, whether it exists yet or not.
   *
   * @internal
   */
  public _arnOf(repository: string): string {
    return Stack.of(this).formatArn({
      service: 'ecr',
      resource: 'repository',
      resourceName: `${this.prefix}/${repository}`,
    });
  }

  private createRule({ url, credentials }: UpstreamRegistry): void {
    new CfnPullThroughCacheRule(this, 'Rule', {
      ecrRepositoryPrefix: this.prefix,
      upstreamRegistryUrl: url,
      credentialArn: credentials?.secretArn,
    });
  }

  private createTemplate(key: IKey): void {
    const role = this.createCreationRole(key);
    const template = new CfnRepositoryCreationTemplate(this, 'Template', {
      prefix: this.prefix,
      appliedFor: ['PULL_THROUGH_CACHE'],
      description: 'Repositories of pulled-through images: encrypted, immutable',
      imageTagMutability: 'IMMUTABLE',
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: key.keyArn },
      customRoleArn: role.roleArn,
      lifecyclePolicy: JSON.stringify(KEEP_NEWEST),
    });
    template.node.addDependency(role);
  }

  private createCreationRole(key: IKey): ServiceRole {
    const role = new ServiceRole(this, 'Role', {
      assumedBy: new ServicePrincipal('ecr.amazonaws.com'),
      description: 'With it ECR creates the repositories of pulled-through images',
    });
    const resources = [this._arnOf('*')];
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['ecr:CreateRepository'], resources }));
    key.grant(role, 'kms:CreateGrant', 'kms:DescribeKey');
    acknowledgeWildcards(role, {
      matching: resources,
      because: 'Repositories of the cache are made on the first pull of an image; all of them stand under its prefix.',
    });
    return role;
  }
}

const KEEP_NEWEST = {
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: KEPT_IMAGES },
      action: { type: 'expire' },
    },
  ],
};

/** What a task's execution role needs, besides a token, to pull an image that may not be cached yet. */
const PULL_ACTIONS = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:BatchImportUpstreamImage',
  'ecr:CreateRepository',
  'ecr:GetDownloadUrlForLayer',
];

/** An image behind a pull-through cache, as ECS takes it. */
export class CachedImage extends ContainerImage {
  public constructor(
    private readonly cache: PullThroughCache,
    private readonly repository: string,
    private readonly digest: string,
  ) {
    super();
  }

  public override bind(_scope: Construct, { taskDefinition }: ContainerDefinition): ContainerImageConfig {
    const { cache, repository, digest } = this;
    const role = taskDefinition.obtainExecutionRole();
    role.addToPrincipalPolicy(new PolicyStatement({ actions: PULL_ACTIONS, resources: [cache._arnOf(repository)] }));
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecr:GetAuthorizationToken'],
        // A token opens the registry, not a repository: AWS takes no resource.
        resources: ['*'],
      }),
    );
    taskDefinition.node.addDependency(cache);
    const { account, region } = Stack.of(cache);
    return { imageName: `${account}.dkr.ecr.${region}.${Aws.URL_SUFFIX}/${cache.prefix}/${repository}@${digest}` };
  }
}
