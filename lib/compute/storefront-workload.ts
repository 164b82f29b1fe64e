import type { Connections } from 'aws-cdk-lib/aws-ec2';
import type { ContainerDefinition, FargateTaskDefinition, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Problems } from '../core/errors';
import type { FileVolume } from '../core/file-volume';
import type { IRunnable } from './runnable';
import { StorefrontTask } from './storefront-task';
import type { StorefrontWorkloadProps } from './storefront-workload-props';
import type { TaskSecret } from './task-secret';
import { requireWorkload } from './workload-check';

/** What tells a service, a worker and a job apart before they exist. */
export interface WorkloadKind {
  /** For whoever finds its roles and its security group in the console. */
  readonly description: string;
  /** Whether what it runs comes to an end by itself. */
  readonly endsByItself: boolean;
  /** @default - nobody calls it */
  readonly port?: number;
  /** @default - nothing beyond what holds for every workload */
  readonly check?: (problems: Problems) => void;
}

/**
 * What a service, a worker and a job show of themselves, and what is given to them once they are there: a database hands
 * out a login only to a workload that it knows. A hidden base class: jsii folds it into the three.
 *
 * @internal
 */
export abstract class StorefrontWorkload extends Construct implements IRunnable {
  /** The task definition. */
  public readonly taskDefinition: FargateTaskDefinition;
  /** The shop's own container. */
  public readonly container: ContainerDefinition;
  /** The cluster. */
  public readonly cluster: ICluster;
  /** What the containers say. */
  public readonly logGroup: ILogGroup;
  /** What it runs; undefined where that is what the image runs. */
  public readonly command?: string[];
  /** Whether that comes to an end by itself. */
  public readonly endsByItself: boolean;
  /** The tasks' place in the network. */
  public readonly connections: Connections;
  /** The role of the shop's code. */
  public readonly grantPrincipal: IPrincipal;
  /**
   * What is behind all of it.
   *
   * @internal
   */
  public readonly _task: StorefrontTask;

  public constructor(scope: Construct, id: string, props: StorefrontWorkloadProps, kind: WorkloadKind) {
    super(scope, id);
    const problems = new Problems(`${this.constructor.name} ${this.node.path}`);
    requireWorkload(problems, props);
    kind.check?.(problems);
    problems.throwIfAny();
    const task = new StorefrontTask(this, 'Task', { ...props, ...kind });
    this.taskDefinition = task.taskDefinition;
    this.container = task.container;
    this.cluster = task.cluster;
    this.logGroup = task.logGroup;
    this.command = props.command;
    this.endsByItself = kind.endsByItself;
    this.connections = task.connections;
    this.grantPrincipal = task.grantPrincipal;
    this._task = task;
  }

  /**
   * Gives the shop a setting that is no secret.
   *
   * @param name of the environment variable
   * @param value of the setting
   * @throws BaselineError `SecretInEnvironment`, `VariableTwice`
   */
  public addEnvironment(name: string, value: string): void {
    this._task.addEnvironment(name, value);
  }

  /**
   * Gives the shop a secret: `shop.addSecret('DATABASE_URL', TaskSecret.field(login.secret, 'url'))`.
   *
   * @param name of the environment variable
   * @param secret where the value is
   * @throws BaselineError `SecretArnIncomplete`, `VariableTwice`
   */
  public addSecret(name: string, secret: TaskSecret): void {
    this._task.addSecret(name, secret);
  }

  /**
   * Shows the shop a directory of a shared file system: `shop.mount('/app/uploads', files.allow(shop, uploads))`.
   *
   * @param path where the container sees it
   * @param volume file system and access point
   * @throws BaselineError `PathMalformed`, `PathTwice`
   */
  public mount(path: string, volume: FileVolume): void {
    this._task.mount(path, volume);
  }
}
