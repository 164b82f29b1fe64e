import { DescribeTasksCommand, type ECSClient, RunTaskCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { JOB_REASON_TAG, JOB_RUN_TAG, type JobPlace } from '../../core/job-metadata';

/** What to run, and how it is known. */
export interface TaskRequest {
  readonly run: string;
  readonly reason: string;
  /** Empty for what the process runs by itself. */
  readonly command: readonly string[];
}

/** How a task stands. */
export interface TaskState {
  /** `PENDING`, `RUNNING`, `STOPPED`. */
  readonly status: string;
  /** What the shop's container ended with; undefined when it never ran. */
  readonly exitCode?: number;
  /** Why it stopped, in the words of ECS. */
  readonly stoppedReason?: string;
}

/** ECS answered that it started nothing. */
export class NotStarted extends Error {
  public override readonly name = 'NotStarted';
  /** As the SDK marks what a service refuses. */
  public readonly $fault = 'client';
}

/** The tasks of one process. */
export class Tasks {
  public constructor(
    private readonly client: ECSClient,
    private readonly place: JobPlace,
  ) {}

  /**
   * Starts a task: nothing of its definition is changed but the words of the command, which no shell reads. With the same
   * `run` it starts one and no second, however often it is asked.
   *
   * @returns its ARN
   * @throws NotStarted when ECS could not
   */
  public async start({ run, reason, command }: TaskRequest): Promise<string> {
    const { cluster, taskDefinition, container, subnets, securityGroups } = this.place;
    const { tasks = [], failures = [] } = await this.client.send(
      new RunTaskCommand({
        cluster,
        taskDefinition,
        launchType: 'FARGATE',
        count: 1,
        clientToken: run,
        startedBy: startedBy(run),
        tags: [
          { key: JOB_RUN_TAG, value: run },
          { key: JOB_REASON_TAG, value: reason.replace(UNTAGGABLE, '_') },
        ],
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [...subnets],
            securityGroups: [...securityGroups],
            assignPublicIp: 'DISABLED',
          },
        },
        overrides: command.length === 0 ? {} : { containerOverrides: [{ name: container, command: [...command] }] },
      }),
    );
    const arn = tasks[0]?.taskArn;
    if (arn === undefined) {
      const why = failures.map((failure) => [failure.reason, failure.detail].filter(Boolean).join(': '));
      throw new NotStarted(why.join('; ') || 'ECS started nothing and did not say why.');
    }
    return arn;
  }

  /** How the task stands; undefined while ECS does not know it yet. */
  public async look(task: string): Promise<TaskState | undefined> {
    const { cluster, container } = this.place;
    const { tasks = [] } = await this.client.send(new DescribeTasksCommand({ cluster, tasks: [task] }));
    return tasks[0] && stateOf(tasks[0], container);
  }

  /** Asks ECS to stop the task. */
  public async stop(task: string, reason: string): Promise<void> {
    await this.client.send(new StopTaskCommand({ cluster: this.place.cluster, task, reason }));
  }
}

/** What ECS says about who started the task of a run. */
export function startedBy(run: string): string {
  return `job-run/${run}`;
}

function stateOf({ lastStatus = 'PENDING', stoppedReason, containers = [] }: Task, shop: string): TaskState {
  const own = containers.find(({ name }) => name === shop);
  // What went wrong stands with the container that it went wrong with, which may be a helper.
  const reasons = [stoppedReason, own?.reason, ...containers.map(({ reason }) => reason)];
  return {
    status: lastStatus,
    exitCode: own?.exitCode,
    stoppedReason: [...new Set(reasons)].filter(Boolean).join(' ') || undefined,
  };
}

/** What tags do not take. */
const UNTAGGABLE = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;
