import { Duration, Size } from 'aws-cdk-lib';
import { Connections, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AwsLogDriverMode,
  Capability,
  ContainerDependencyCondition,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDriver,
  OperatingSystemFamily,
  type ContainerDefinition,
  type ICluster,
  type PortMapping,
} from 'aws-cdk-lib/aws-ecs';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import { decline } from '../core/declined-rules';
import { Problems } from '../core/errors';
import type { FileVolume } from '../core/file-volume';
import { keeps } from '../core/keeps';
import { letLogGroupsUse } from '../core/key-use';
import { removalPolicyOf } from '../core/stateful';
import { DataClass } from '../core/tags';
import type { IWorkload } from '../core/workload';
import { DataKey } from '../encryption/data-key';
import { rulesOf } from './network-rules';
import { ShopImage } from './shop-image';
import { StorefrontCluster } from './storefront-cluster';
import type { StorefrontWorkloadProps } from './storefront-workload-props';
import { createExecutionRole, createTaskRole } from './task-roles';
import type { TaskSecret } from './task-secret';
import { requireSecret, requireSetting } from './task-variables';
import { requirePath, sizeOf } from './workload-check';

/** Name of the shop's container. */
export const SHOP_CONTAINER = 'shop';

/** Prefix of log streams: `task/<container>/<id of the task>`. */
export const STREAM_PREFIX = 'task';

export interface StorefrontTaskProps extends StorefrontWorkloadProps {
  /** What the task is, for whoever finds its roles in the console. */
  readonly description: string;
  /** @default - the container listens to nobody */
  readonly port?: number;
}

/** A container that is added to the shop's own: unprivileged and read-only, whatever the shop waives. */
export interface HelperContainer {
  readonly script: string;
  readonly user: string;
  readonly essential: boolean;
  readonly portMappings?: PortMapping[];
}

/**
 * What a service, a worker and a job have in common: the task definition, and the task's place in network and IAM. Whoever
 * makes one has checked its props with `requireWorkload`.
 */
export class StorefrontTask extends Construct implements IWorkload {
  /** The cluster. */
  public readonly cluster: ICluster;
  /** Key for the logs. */
  public readonly logsKey: IKey;
  /** What the containers say. */
  public readonly logGroup: LogGroup;
  /** The task definition. */
  public readonly taskDefinition: FargateTaskDefinition;
  /** The shop's own container. */
  public readonly container: ContainerDefinition;
  /** The tasks' security group: out through the egress, in for nobody. */
  public readonly securityGroup: SecurityGroup;
  /** The tasks' place in the network. */
  public readonly connections: Connections;
  /** The role of the shop's code. */
  public readonly grantPrincipal: IPrincipal;
  private readonly helperImage: ShopImage;
  private readonly settings: string[] = [];
  private readonly secrets: string[] = [];
  private readonly opened: string[] = [];
  private opener?: ContainerDefinition;

  public constructor(scope: Construct, id: string, props: StorefrontTaskProps) {
    super(scope, id);
    this.helperImage = props.helperImage ?? ShopImage.nginx();
    this.cluster = props.cluster ?? new StorefrontCluster(this, 'Cluster', props);
    this.logsKey = props.logsKey ?? new DataKey(this, 'LogsKey', { dataClass: DataClass.LOGS });
    this.logGroup = this.createLogGroup(this.logsKey);
    this.taskDefinition = this.createTaskDefinition(props);
    this.grantPrincipal = this.taskDefinition.taskRole;
    this.container = this.createContainer(scope, props);
    Object.entries(props.environment ?? {}).forEach(([name, value]) => this.addEnvironment(name, value));
    Object.entries(props.secrets ?? {}).forEach(([name, secret]) => this.addSecret(name, secret));
    (props.writablePaths ?? ['/tmp']).forEach((path) => this.addWritablePath(this.container, path));
    this.securityGroup = this.createSecurityGroup(props);
    this.connections = new Connections({ securityGroups: [this.securityGroup] });
    props.network.allowEgress(this);
  }

  /** What must be in place before a task starts although nothing refers to it: grants and rules, later ones included. */
  public get startConditions(): IDependable[] {
    const { taskDefinition, securityGroup } = this;
    return [taskDefinition.taskRole, taskDefinition.obtainExecutionRole(), rulesOf(securityGroup)];
  }

  /** Adds a container beside the shop's that runs `script`. */
  public addHelper(name: string, { script, ...options }: HelperContainer): ContainerDefinition {
    return this.taskDefinition.addContainer(name, {
      ...options,
      containerName: name.toLowerCase(),
      image: this.helperImage._imageFor(this),
      entryPoint: ['/bin/sh', '-c'],
      command: [script],
      memoryReservationMiB: 32,
      readonlyRootFilesystem: true,
      linuxParameters: this.linuxParameters(`${name}Linux`, true),
      logging: this.logDriver(),
    });
  }

  /**
   * Gives `container` an empty directory of its own at `path`. Fargate makes such a directory as root's, mode 0755; a
   * first container opens it to everybody, and `container` waits until that has succeeded.
   */
  public addWritablePath(container: ContainerDefinition, path: string): void {
    const name = `writable-${this.opened.length}`;
    this.opened.push(name);
    this.taskDefinition.addVolume({ name });
    container.addMountPoints({ containerPath: path, sourceVolume: name, readOnly: false });
    this.opener ??= this.addHelper('Opener', { script: openerScript('/writable'), user: '0:0', essential: false });
    this.opener.addMountPoints({ containerPath: `/writable/${name}`, sourceVolume: name, readOnly: false });
    const waits = container.containerDependencies.some(({ container: other }) => other === this.opener);
    if (!waits) {
      container.addContainerDependencies({ container: this.opener, condition: ContainerDependencyCondition.SUCCESS });
    }
  }

  /**
   * Gives the shop's container a setting that is no secret.
   *
   * @throws BaselineError `SecretInEnvironment`, `VariableTwice`
   */
  public addEnvironment(name: string, value: string): void {
    const problems = new Problems(`environment of ${this.node.path}`);
    requireSetting(problems, { property: name, name, taken: [...this.settings, ...this.secrets] }, value);
    problems.throwIfAny();
    if (this.settings.length === 0) {
      decline(this.taskDefinition, 'AwsSolutions-ECS2');
    }
    this.settings.push(name);
    this.container.addEnvironment(name, value);
  }

  /**
   * Gives the shop's container a secret, which the execution role alone may read.
   *
   * @throws BaselineError `SecretArnIncomplete`, `VariableTwice`
   */
  public addSecret(name: string, secret: TaskSecret): void {
    const problems = new Problems(`secrets of ${this.node.path}`);
    requireSecret(problems, { property: name, name, taken: [...this.settings, ...this.secrets] }, secret);
    problems.throwIfAny();
    this.secrets.push(name);
    this.container.addSecret(name, secret._forTask());
  }

  /**
   * Shows the shop's container a directory of a shared file system at `path`: over TLS, by IAM.
   *
   * @throws BaselineError `PathMalformed`, `PathTwice`
   */
  public mount(path: string, { fileSystemId, accessPointId }: FileVolume): void {
    const { mountPoints } = this.container;
    const problems = new Problems(`mount of ${this.node.path}`);
    requirePath(
      problems,
      'path',
      path,
      mountPoints.map(({ containerPath }) => containerPath ?? ''),
    );
    problems.throwIfAny();
    const name = `files-${mountPoints.length}`;
    const authorizationConfig = { accessPointId, iam: 'ENABLED' };
    const efsVolumeConfiguration = { fileSystemId, transitEncryption: 'ENABLED', authorizationConfig };
    this.taskDefinition.addVolume({ name, efsVolumeConfiguration });
    this.container.addMountPoints({ containerPath: path, sourceVolume: name, readOnly: false });
  }

  private createLogGroup(encryptionKey: IKey): LogGroup {
    letLogGroupsUse(encryptionKey);
    return new LogGroup(this, 'Logs', {
      encryptionKey,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: removalPolicyOf(this),
    });
  }

  private createTaskDefinition(props: StorefrontTaskProps): FargateTaskDefinition {
    const { cpu, memory } = sizeOf(props);
    return new FargateTaskDefinition(this, 'Definition', {
      cpu,
      memoryLimitMiB: memory.toMebibytes(),
      runtimePlatform: {
        cpuArchitecture: props.architecture ?? CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      taskRole: createTaskRole(this, props.description),
      executionRole: createExecutionRole(this, props.description),
    });
  }

  private createContainer(scope: Construct, props: StorefrontTaskProps): ContainerDefinition {
    const unprivileged = keeps(scope, 'workload.unprivileged-user', props.withoutUnprivilegedUser);
    const privilegedPort = unprivileged && props.port !== undefined && props.port < 1024;
    return this.taskDefinition.addContainer('Shop', {
      containerName: SHOP_CONTAINER,
      image: props.image._imageFor(scope),
      command: props.command,
      user: props.user ?? (unprivileged ? '10001:10001' : undefined),
      readonlyRootFilesystem: keeps(scope, 'workload.read-only-root', props.withoutReadOnlyRoot),
      linuxParameters: this.linuxParameters('ShopLinux', unprivileged),
      // Otherwise only root may listen there.
      systemControls: privilegedPort ? [{ namespace: UNPRIVILEGED_PORTS, value: String(props.port) }] : undefined,
      stopTimeout: props.stopTimeout ?? Duration.seconds(120),
      portMappings: props.port === undefined ? undefined : [{ containerPort: props.port }],
      logging: this.logDriver(),
    });
  }

  private linuxParameters(id: string, withoutCapabilities: boolean): LinuxParameters {
    const parameters = new LinuxParameters(this, id, { initProcessEnabled: true });
    if (withoutCapabilities) {
      parameters.dropCapabilities(Capability.ALL);
    }
    return parameters;
  }

  private logDriver(): LogDriver {
    return LogDriver.awsLogs({
      logGroup: this.logGroup,
      streamPrefix: STREAM_PREFIX,
      // When CloudWatch cannot be reached, the shop goes on; the newest 25 MiB wait in memory.
      mode: AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(25),
    });
  }

  private createSecurityGroup({ network, description }: StorefrontTaskProps): SecurityGroup {
    return new SecurityGroup(this, 'SecurityGroup', { vpc: network.vpc, description, allowAllOutbound: false });
  }
}

/** Opens the directories below `root`. Root without capabilities may change the mode of what root owns, and no more. */
export function openerScript(root: string): string {
  return `chmod 1777 ${root}/*`;
}

/** The lowest port that is open to everybody. */
const UNPRIVILEGED_PORTS = 'net.ipv4.ip_unprivileged_port_start';
