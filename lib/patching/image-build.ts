import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { CfnProject, LinuxArmBuildImage } from 'aws-cdk-lib/aws-codebuild';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcards } from '../core/acknowledge';
import { letLogGroupsUse } from '../core/key-use';
import { ServiceRole } from '../core/service-role';
import { removalPolicyOf } from '../core/stateful';
import type { BuildSource } from './build-source';
import { imageBuildspec } from './image-buildspec';

export interface ImageBuildProps {
  /** What is built. */
  readonly source: BuildSource;
  /** Path of the Dockerfile in it. */
  readonly dockerfile: string;
  /** What is run in the image before it is pushed. */
  readonly test: readonly string[];
  /** Where the image goes. */
  readonly repository: IRepository;
  /** Repositories of the account that bases come from. */
  readonly bases: readonly IRepository[];
  /** Key for logs and what a build keeps. */
  readonly key: IKey;
}

/** What a build may take. */
export const LONGEST_BUILD = Duration.hours(1);

/** A project of CodeBuild that builds an image for ARM64, tests it and pushes it under the tag `IMAGE_TAG`. */
export class ImageBuild extends Construct {
  /** The project. */
  public readonly project: CfnProject;
  /** ARN of the project. */
  public readonly projectArn: string;

  public constructor(scope: Construct, id: string, props: ImageBuildProps) {
    super(scope, id);
    const { source, key } = props;
    letLogGroupsUse(key);
    const logGroup = new LogGroup(this, 'Logs', {
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: removalPolicyOf(this),
    });
    const role = this.createRole(props, logGroup);
    this.project = new CfnProject(this, 'Project', {
      description: 'Builds the image of the shop from patched bases, and tests it',
      source: { ...source._for(role), buildSpec: this.createBuildspec(props) },
      sourceVersion: source._version,
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'ARM_CONTAINER',
        computeType: 'BUILD_GENERAL1_MEDIUM',
        image: LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0.imageId,
        // Docker builds in this mode alone. A build is a machine of its own that is thrown away; its role pushes to one
        // repository and changes nothing that runs.
        privilegedMode: true,
      },
      serviceRole: role.roleArn,
      encryptionKey: key.keyArn,
      timeoutInMinutes: LONGEST_BUILD.toMinutes(),
      queuedTimeoutInMinutes: LONGEST_BUILD.toMinutes(),
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: logGroup.logGroupName } },
    });
    this.projectArn = this.project.attrArn;
    this.project.node.addDependency(role);
    acknowledge(this.project, {
      rules: ['CodeBuildProjectSourceRepoUrl'],
      because:
        'No token of a person is stored: the source comes through a connection, or from S3 by the role of the build.',
    });
  }

  private createBuildspec({ dockerfile, test, repository }: ImageBuildProps): string {
    const { account, region } = Stack.of(repository);
    const registry = `${account}.dkr.ecr.${region}.${Aws.URL_SUFFIX}`;
    const { repositoryUri } = repository;
    return Stack.of(this).toJsonString(imageBuildspec({ registry, repositoryUri, dockerfile, test }));
  }

  private createRole({ repository, bases, key }: ImageBuildProps, logGroup: LogGroup): ServiceRole {
    const role = new ServiceRole(this, 'Role', {
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Builds the image of the shop',
    });
    repository.grantPullPush(role);
    bases.forEach((base) => base.grantPull(role));
    logGroup.grantWrite(role);
    key.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecr:GetAuthorizationToken'],
        // A token opens the registry, not a repository: AWS takes no resource.
        resources: ['*'],
      }),
    );
    acknowledgeWildcards(role, {
      matching: ['*'],
      actions: ['ecr:GetAuthorizationToken'],
      because: 'A token opens the registry, and no repository in it: AWS takes no resource.',
    });
    return role;
  }
}
