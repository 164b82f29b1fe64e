import { Duration } from 'aws-cdk-lib';
import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { Problems } from '../core/errors';

/** How many tasks run. */
export interface TaskScaling {
  /**
   * Fewest tasks.
   *
   * @default - 2 for a service, in two zones; 1 for a worker
   */
  readonly min?: number;

  /**
   * Most tasks: what a bad day may cost.
   *
   * @default 10
   */
  readonly max?: number;

  /**
   * Share of the processor, in per cent, that tasks are kept at.
   *
   * @default 60
   */
  readonly cpuPercent?: number;

  /**
   * Requests a minute that each task is kept at. For a service only.
   *
   * @default 1000
   */
  readonly requestsPerTask?: number;
}

/** Fewest tasks of a service: one in each of two zones. */
export const FEWEST_OF_A_SERVICE = 2;

/** Fewest tasks of a worker, for which nobody waits. */
export const FEWEST_OF_A_WORKER = 1;

/** Objects to limits that cannot hold, or that leave fewer than `fewest` tasks. */
export function requireScaling(problems: Problems, scaling: TaskScaling, fewest: number): void {
  const { min, max, cpuPercent, requestsPerTask } = scaling;
  const lower = min ?? fewest;
  for (const [limit, value] of Object.entries({ min, max })) {
    problems.require(value === undefined || Number.isInteger(value), {
      code: 'TasksNotWhole',
      property: `scaling.${limit}`,
      value,
      bound: 'be a whole number of tasks',
      remedy: 'Round it; change cpu and memory for tasks of another size.',
    });
  }
  problems.require(lower >= fewest, {
    code: 'TooFewTasks',
    property: 'scaling.min',
    value: min,
    bound: `be ${fewest} or more`,
    remedy: 'Run more tasks. One task is one zone; a service takes withoutSecondZone to accept that.',
  });
  problems.require((max ?? MOST) >= lower, {
    code: 'ScalingLimitsReversed',
    property: 'scaling.max',
    value: max ?? MOST,
    bound: `be at least scaling.min, which is ${lower}`,
    remedy: 'Raise max or lower min.',
  });
  problems.require(cpuPercent === undefined || (cpuPercent >= 10 && cpuPercent <= 90), {
    code: 'ScalingTargetUseless',
    property: 'scaling.cpuPercent',
    value: cpuPercent,
    bound: 'be from 10 to 90',
    remedy: 'Leave room above the target, or new tasks come too late.',
  });
  problems.require(requestsPerTask === undefined || requestsPerTask >= 1, {
    code: 'ScalingTargetUseless',
    property: 'scaling.requestsPerTask',
    value: requestsPerTask,
    bound: 'be 1 or more',
    remedy: 'Write how many requests one task answers in a minute without hurry.',
  });
}

/** Objects to what `requireScaling` objects to, and to requests as a measure: nobody calls a worker. */
export function requireWorkerScaling(problems: Problems, scaling: TaskScaling): void {
  requireScaling(problems, { ...scaling, requestsPerTask: undefined }, FEWEST_OF_A_WORKER);
  problems.require(scaling.requestsPerTask === undefined, {
    code: 'ScalingByRequests',
    property: 'scaling.requestsPerTask',
    value: scaling.requestsPerTask,
    bound: 'be left out for a worker, which nobody calls',
    remedy: 'Scale by cpuPercent, or scale the exposed service by the length of a queue.',
  });
}

const MOST = 10;

/** Keeps the number of tasks of `service` by their load. */
export function scaleByLoad(service: FargateService, scaling: TaskScaling, fewest: number): ScalableTaskCount {
  const tasks = service.autoScaleTaskCount({ minCapacity: scaling.min ?? fewest, maxCapacity: scaling.max ?? MOST });
  tasks.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: scaling.cpuPercent ?? 60, ...COOLDOWNS });
  return tasks;
}

/** More tasks at once; fewer only when the quiet lasts. */
export const COOLDOWNS = { scaleOutCooldown: Duration.minutes(1), scaleInCooldown: Duration.minutes(5) };
