import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { RunningTasks } from './running-tasks';
import type { StorefrontJob } from './storefront-job';
import { StorefrontWorkload } from './storefront-workload';
import type { StorefrontWorkloadProps } from './storefront-workload-props';
import { FEWEST_OF_A_WORKER, requireWorkerScaling, type TaskScaling } from './task-scaling';
import type { TaskSecret } from './task-secret';

/** What a worker needs beyond what every workload needs. */
export interface StorefrontWorkerProps extends StorefrontWorkloadProps {
  /**
   * How many tasks run.
   *
   * @default - 1 to 10, by load
   */
  readonly scaling?: TaskScaling;

  /**
   * Jobs that must succeed before a new version is deployed, one after the other.
   *
   * @default - none
   */
  readonly before?: StorefrontJob[];
}

/**
 * Work that no shopper waits for: orders on their way to a warehouse, mails, indexes. Nobody can call it; it is kept in,
 * watched and rolled back as a `StorefrontService` is.
 *
 * By default one task runs, in one of the network's zones: when that fails, ECS starts another in a second zone within
 * minutes, and what waits in a queue is done then. Costs about 14 USD a month for each task of the default size
 * (us-east-1).
 */
export class StorefrontWorker extends StorefrontWorkload {
  /** The service. */
  public readonly service: FargateService;
  private readonly tasks: RunningTasks;

  public constructor(scope: Construct, id: string, props: StorefrontWorkerProps) {
    super(scope, id, props, {
      description: 'Tasks that work behind the shop',
      endsByItself: false,
      check: (problems) => requireWorkerScaling(problems, props.scaling ?? {}),
    });
    this.tasks = new RunningTasks(this, 'Tasks', { ...props, task: this._task, fewest: FEWEST_OF_A_WORKER });
    this.service = this.tasks.service;
  }

  /**
   * Gives the worker a secret, and deploys it again when the secret is rotated.
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
   * Deploys the worker again when `secret` is rotated. Done by itself for every `TaskSecret`; for a secret that the code
   * fetches at its start, say it.
   *
   * @param secret whose rotation ends with the library's event
   * @throws BaselineError `SecretArnIncomplete`
   */
  public redeployWhenRotated(secret: ISecret): void {
    this.tasks.redeployWhenRotated(secret);
  }
}
