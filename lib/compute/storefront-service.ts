import { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationProtocol,
  ApplicationTargetGroup,
  TargetType,
  type ApplicationListener,
  type ApplicationLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import type { LogStore } from '../core/log-store';
import type { Waiver } from '../core/waiver';
import { requirePrefixListId } from './origin-facing-prefix-list';
import { IDLE_TIMEOUT, PrivateLoadBalancer } from './private-load-balancer';
import { RunningTasks } from './running-tasks';
import { RequestAlarms } from './service-alarms';
import { healthCheckOf, type ServiceHealth } from './service-health';
import type { StorefrontJob } from './storefront-job';
import { StorefrontWorkload } from './storefront-workload';
import type { StorefrontWorkloadProps } from './storefront-workload-props';
import { COOLDOWNS, FEWEST_OF_A_SERVICE, requireScaling, type TaskScaling } from './task-scaling';
import type { TaskSecret } from './task-secret';
import { TaskTls } from './task-tls';

/** What a shop that answers shoppers needs beyond what every workload needs. */
export interface StorefrontServiceProps extends StorefrontWorkloadProps {
  /** Certificate that the private load balancer shows: of this Region, for the host name that CloudFront forwards. */
  readonly certificate: ICertificate;

  /** Port on which the shop listens. */
  readonly port: number;

  /**
   * How TLS ends inside a task.
   *
   * @default TaskTls.sidecar()
   */
  readonly tls?: TaskTls;

  /**
   * How the load balancer finds out whether a task can serve.
   *
   * @default - any page but an error at `/`
   */
  readonly health?: ServiceHealth;

  /**
   * How many tasks run.
   *
   * @default - 2 to 10, by load
   */
  readonly scaling?: TaskScaling;

  /**
   * Jobs that must succeed before a new version is deployed, one after the other: database migrations.
   *
   * @default - none
   */
  readonly before?: StorefrontJob[];

  /**
   * Where the load balancer writes its access and connection logs.
   *
   * @default - a `LogStore` of its own
   */
  readonly accessLogs?: LogStore;

  /**
   * Id, in this Region, of the prefix list `com.amazonaws.global.cloudfront.origin-facing`.
   *
   * @default - looked up at deployment
   */
  readonly originFacingPrefixListId?: string;

  /**
   * Lets one call delete the load balancer, for example before the store is taken down.
   *
   * @default - protected
   */
  readonly withoutDeletionProtection?: Waiver;

  /**
   * Lets the shop run as a single task: when its zone fails, the shop is gone until ECS has started another.
   *
   * @default - two tasks at least, in two zones
   */
  readonly withoutSecondZone?: Waiver;
}

/**
 * The shop behind a private load balancer: reached only from CloudFront, over TLS up to the task itself; in two
 * Availability Zones at least; kept in (read-only file system, no root, no capabilities, no shell from outside, an image
 * by its digest); rolled back by itself when a new version fails to start, or answers with errors; deployed again when a
 * secret it reads was rotated.
 *
 * Creates the service with task definition, roles, security group and logs, the load balancer with its logs, and a
 * cluster unless one is given. Costs about 17 USD a month for the load balancer and 14 USD for each task of the default
 * size (us-east-1, before traffic).
 */
export class StorefrontService extends StorefrontWorkload {
  /** The service. */
  public readonly service: FargateService;
  /** The private load balancer: the origin of a `StorefrontDistribution`. */
  public readonly loadBalancer: ApplicationLoadBalancer;
  /** Its only listener: HTTPS. */
  public readonly listener: ApplicationListener;
  /** The tasks, as the load balancer sees them. */
  public readonly targetGroup: ApplicationTargetGroup;
  private readonly tasks: RunningTasks;

  public constructor(scope: Construct, id: string, props: StorefrontServiceProps) {
    const fewest = props.withoutSecondZone === undefined ? FEWEST_OF_A_SERVICE : 1;
    super(scope, id, props, {
      description: 'Tasks that answer shoppers',
      endsByItself: false,
      port: props.port,
      check: (problems) => {
        requireScaling(problems, props.scaling ?? {}, fewest);
        requirePort(problems, props.port);
        requirePrefixListId(problems, props.originFacingPrefixListId);
      },
    });
    keeps(this, 'storefront-service.second-zone', props.withoutSecondZone);
    this.targetGroup = this.createTargetGroup(props);
    const { targetGroup, _task: task } = this;
    const front = new PrivateLoadBalancer(this, 'Front', { ...props, targetGroup, logsKey: task.logsKey });
    this.loadBalancer = front.loadBalancer;
    this.listener = front.listener;
    this.tasks = this.createTasks(props, fewest);
    this.service = this.tasks.service;
    const end = (props.tls ?? TaskTls.sidecar())._end(task, props.port, IDLE_TIMEOUT);
    this.targetGroup.addTarget(this.service.loadBalancerTarget(end));
  }

  /**
   * Gives the shop a secret, and deploys it again when the secret is rotated.
   *
   * @param name of the environment variable
   * @param secret where the value is
   * @throws BaselineError `SecretArnIncomplete`, `VariableTwice`
   */
  public override addSecret(name: string, secret: TaskSecret): void {
    super.addSecret(name, secret);
    this.redeployWhenRotated(secret.secret);
  }

  /**
   * Deploys the shop again when `secret` is rotated. Done by itself for every `TaskSecret`; for a secret that the code
   * fetches at its start, say it.
   *
   * @param secret whose rotation ends with the library's event
   * @throws BaselineError `SecretArnIncomplete`
   */
  public redeployWhenRotated(secret: ISecret): void {
    this.tasks.redeployWhenRotated(secret);
  }

  private createTargetGroup({ network, health = {} }: StorefrontServiceProps): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, 'Targets', {
      vpc: network.vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTPS,
      healthCheck: healthCheckOf(health),
      // A task that stops finishes what it has begun, which may take as long as anything may take here.
      deregistrationDelay: IDLE_TIMEOUT,
    });
  }

  private createTasks(props: StorefrontServiceProps, fewest: number): RunningTasks {
    const { loadBalancer, targetGroup } = this;
    const alarms = new RequestAlarms(this, 'RequestAlarms', { loadBalancer, targetGroup, alerts: props.alerts });
    const { scaling = {}, health = {} } = props;
    const tasks = new RunningTasks(this, 'Tasks', {
      ...props,
      task: this._task,
      fewest,
      rollbackAlarms: alarms.rollback,
      healthCheckGracePeriod: health.gracePeriod ?? Duration.minutes(2),
    });
    tasks.count.scaleOnRequestCount('Requests', {
      targetGroup,
      requestsPerTarget: scaling.requestsPerTask ?? 1000,
      ...COOLDOWNS,
    });
    return tasks;
  }
}

/** Objects to a port that nothing can listen on. */
export function requirePort(problems: Problems, port: number): void {
  problems.require(Number.isInteger(port) && port >= 1 && port <= 65535, {
    code: 'PortOutOfRange',
    property: 'port',
    value: port,
    bound: 'be a whole number from 1 to 65535',
    remedy: 'Give the port on which the shop listens inside its container.',
  });
}
