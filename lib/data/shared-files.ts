import { Duration, type CfnResource } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AccessPoint,
  CfnMountTarget,
  FileSystem,
  LifecyclePolicy,
  OutOfInfrequentAccessPolicy,
  PerformanceMode,
  ThroughputMode,
  type IAccessPoint,
} from 'aws-cdk-lib/aws-efs';
import { AnyPrincipal, Effect, Grant, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { BackedUpKind, backUp } from '../core/backed-up';
import { disposalOf } from '../core/disposal';
import type { FileVolume } from '../core/file-volume';
import { keeps } from '../core/keeps';
import { pinLogicalId, retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';
import type { Waiver } from '../core/waiver';
import type { IWorkload } from '../core/workload';
import { DataKey } from '../encryption/data-key';
import type { INetwork } from '../network/network-ref';
import { checkDirectory, type SharedDirectory } from './shared-directory';

/** Where the files are, and under which key. */
export interface SharedFilesProps {
  /** Network whose data zone the file system is reached in. */
  readonly network: INetwork;

  /**
   * Key for the files.
   *
   * @default - a `DataKey` for customer data
   */
  readonly key?: IKey;

  /**
   * Who is told when the file system is about to become the bottleneck.
   *
   * @default - no alarms are created
   */
  readonly alerts?: IAlertTopics;

  /**
   * Leaves the files out of every backup, that of EFS by itself included.
   *
   * @default - EFS backs them up every day, and a `BackupSchedule` selects them
   */
  readonly withoutBackup?: Waiver;
}

const MOUNT = 'elasticfilesystem:ClientMount';
const WRITE = 'elasticfilesystem:ClientWrite';
const ROOT = 'elasticfilesystem:ClientRootAccess';

/**
 * A file system that several tasks write to at once: encrypted, in the data zone, retained, backed up every day and kept
 * for 35 days. It is mounted over TLS only, by whom `allow` lets in, through an access point and never as root.
 *
 * Each use has an access point of its own, which fixes its directory, user and group: a workload sees nothing else.
 *
 * Costs about 0.30 USD a month for each GB, less for what was not read for 30 days, and 0.03 to 0.06 USD for each GB read
 * or written (us-east-1). Small files are slow: keep program code in the image.
 */
export class SharedFiles extends Construct {
  /** The file system. */
  public readonly fileSystem: FileSystem;

  public constructor(scope: Construct, id: string, props: SharedFilesProps) {
    super(scope, id);
    const isBackedUp = keeps(this, 'shared-files.backup', props.withoutBackup ?? disposalOf(this));
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    this.fileSystem = this.createFileSystem(props, key, isBackedUp);
    if (isBackedUp) {
      this.backUp(key);
    }
    this.pinMountTargets();
    this.watch(props.alerts);
    tagDataClass(this.fileSystem, DataClass.CUSTOMER_DATA);
  }

  /**
   * A directory for one use, with an owner. It is created on the first mount and kept when the access point is removed.
   *
   * @param id name of the use: `Uploads`
   * @param directory who owns it
   * @throws BaselineError `SharedDirectoryOwnedByRoot`, `SharedDirectoryPathInvalid`, `SharedDirectoryModeInvalid`
   */
  public addAccessPoint(id: string, directory: SharedDirectory): AccessPoint {
    checkDirectory(`${this.node.path}/${id}`, directory);
    const { uid, gid, path = `/${id.toLowerCase()}`, mode = '0750' } = directory;
    const accessPoint = new AccessPoint(this, id, {
      fileSystem: this.fileSystem,
      path,
      posixUser: { uid: `${uid}`, gid: `${gid}` },
      createAcl: { ownerUid: `${uid}`, ownerGid: `${gid}`, permissions: mode },
    });
    // Who mounts through it finds a mount target in its zone.
    accessPoint.node.addDependency(this.fileSystem.mountTargetsAvailable);
    return accessPoint;
  }

  /**
   * Lets `workload` read and write the directory of `accessPoint`, and nothing else: its network and its IAM policy are
   * opened for that. The result is what a task mounts.
   *
   * @param workload a `StorefrontService`, a function
   * @param accessPoint an access point of these files
   */
  public allow(workload: IWorkload, accessPoint: IAccessPoint): FileVolume {
    workload.connections.allowTo(this.fileSystem, Port.tcp(FileSystem.DEFAULT_PORT), 'Shared files');
    Grant.addToPrincipal({
      grantee: workload,
      actions: [MOUNT, WRITE],
      resourceArns: [this.fileSystem.fileSystemArn],
      conditions: {
        StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn },
        Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' },
      },
    }).assertSuccess();
    return { fileSystemId: this.fileSystem.fileSystemId, accessPointId: accessPoint.accessPointId };
  }

  private createFileSystem(
    { network: { vpc, dataSubnets } }: SharedFilesProps,
    kmsKey: IKey,
    isBackedUp: boolean,
  ): FileSystem {
    const fileSystem = new FileSystem(this, 'FileSystem', {
      vpc,
      vpcSubnets: { subnets: dataSubnets },
      securityGroup: new SecurityGroup(this, 'SecurityGroup', {
        vpc,
        description: 'Shared files: in from who is allowed, out to nobody',
        allowAllOutbound: false,
      }),
      encrypted: true,
      kmsKey,
      enableAutomaticBackups: isBackedUp,
      performanceMode: PerformanceMode.GENERAL_PURPOSE,
      throughputMode: ThroughputMode.ELASTIC,
      lifecyclePolicy: LifecyclePolicy.AFTER_30_DAYS,
      outOfInfrequentAccessPolicy: OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
      // Not what its name says: with it, CDK adds no statement of its own to the policy below.
      allowAnonymousAccess: true,
      fileSystemPolicy: denials(),
    });
    retain(this, fileSystem.node.defaultChild as CfnResource, 'FileSystem');
    return fileSystem;
  }

  /** By EFS itself in any case, so that files of a stack without a `BackupSchedule` are backed up, too. */
  private backUp(key: IKey): void {
    const { fileSystem } = this;
    const resource = fileSystem.node.defaultChild as CfnResource;
    backUp(this, { kind: BackedUpKind.FILES, resource, arn: fileSystem.fileSystemArn, key });
    acknowledge(fileSystem, {
      rules: ['EFSInBackupPlan'],
      because: 'Automatic backups are on: AWS Backup copies the files every day, by a plan that no template holds.',
    });
  }

  /** Their ids hang on a feature flag otherwise, and a zone takes one mount target: replacing one fails. */
  private pinMountTargets(): void {
    this.fileSystem.node
      .findAll()
      .filter((child) => (child as CfnResource).cfnResourceType === CfnMountTarget.CFN_RESOURCE_TYPE_NAME)
      .forEach((target, index) => pinLogicalId(this, target as CfnMountTarget, `MountTarget${index + 1}`));
  }

  private watch(alerts?: IAlertTopics): void {
    addAlarm(this, 'LimitAlarm', alerts, {
      urgency: 'notice',
      metric: new Metric({
        namespace: 'AWS/EFS',
        metricName: 'PercentIOLimit',
        dimensionsMap: { FileSystemId: this.fileSystem.fileSystemId },
        statistic: 'max',
        period: Duration.minutes(5),
      }),
      threshold: 90,
      evaluationPeriods: 3,
      description:
        'The shared files are near the limit of operations of one file system, and everything that uses them slows ' +
        'down. Move what is read often into the image, or to an ObjectStore.',
    });
  }
}

/**
 * Holds for every client, whatever its own policy says. It allows nothing: who may mount says so in a policy of its own,
 * which names one access point; naming access points here would tie them to the file system in a circle.
 */
function denials(): PolicyDocument {
  const deny = (sid: string, actions: string[], conditions?: Record<string, Record<string, string>>): PolicyStatement =>
    new PolicyStatement({ sid, effect: Effect.DENY, principals: [new AnyPrincipal()], actions, conditions });
  return new PolicyDocument({
    statements: [
      deny('TlsOnly', [MOUNT, WRITE, ROOT], { Bool: { 'aws:SecureTransport': 'false' } }),
      deny('AccessPointsOnly', [MOUNT, WRITE, ROOT], { Null: { 'elasticfilesystem:AccessPointArn': 'true' } }),
      deny('NoRoot', [ROOT]),
    ],
  });
}
