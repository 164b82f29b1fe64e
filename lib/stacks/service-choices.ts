import type { Size } from 'aws-cdk-lib';
import type { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { requirePrefixListId } from '../compute/origin-facing-prefix-list';
import { FEWEST_OF_A_SERVICE, requireScaling, requireWorkerScaling, type TaskScaling } from '../compute/task-scaling';
import type { TaskTls } from '../compute/task-tls';
import { requireSize } from '../compute/workload-check';
import type { Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';

/** Size and number of the tasks behind the shop. */
export interface WorkerChoices {
  /**
   * CPU units of a task; 1024 are one processor.
   *
   * @default 512
   */
  readonly cpu?: number;

  /**
   * Memory of a task.
   *
   * @default - 1 GiB
   */
  readonly memory?: Size;

  /**
   * How many tasks run.
   *
   * @default - 2 to 10 that answer shoppers, 1 to 10 behind the shop, by load
   */
  readonly scaling?: TaskScaling;
}

/** Size and number of the tasks that answer shoppers. Jobs have the same size. */
export interface ServiceChoices extends WorkerChoices {
  /**
   * The processor the image is built for.
   *
   * @default - ARM64, a fifth cheaper than X86_64
   */
  readonly architecture?: CpuArchitecture;

  /**
   * How TLS ends inside a task.
   *
   * @default TaskTls.sidecar()
   */
  readonly tls?: TaskTls;

  /**
   * Id, in the home Region, of the prefix list `com.amazonaws.global.cloudfront.origin-facing`.
   *
   * @default - looked up at deployment
   */
  readonly originFacingPrefixListId?: string;

  /**
   * Lets a single task, in one zone, answer shoppers.
   *
   * @default - two tasks at least, in two zones
   */
  readonly withoutSecondZone?: Waiver;
}

/** Refuses what no service could be. */
export function requireServiceChoices(problems: Problems, choices: ServiceChoices): void {
  requireSize(problems, choices);
  requireScaling(problems, choices.scaling ?? {}, choices.withoutSecondZone === undefined ? FEWEST_OF_A_SERVICE : 1);
  requirePrefixListId(problems, choices.originFacingPrefixListId);
}

/** Refuses what no worker could be. */
export function requireWorkerChoices(problems: Problems, choices: WorkerChoices): void {
  requireSize(problems, choices);
  requireWorkerScaling(problems, choices.scaling ?? {});
}
