import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod/mini';
import { answer } from '../../core/handlers/custom-resource';
import { AnsweredExecution, ExecutionFailure } from '../../core/handlers/started-execution';

/** A stopped task, as far as it says how it ended. ECS gives no exit code to a container that never ran. */
const StoppedTask = z.object({
  TaskArn: z.string(),
  StoppedReason: z.optional(z.string()),
  Containers: z.array(z.object({ Name: z.string(), ExitCode: z.optional(z.int()), Reason: z.optional(z.string()) })),
});

const Input = z.extend(AnsweredExecution, {
  task: z.optional(StoppedTask),
  failure: z.optional(ExecutionFailure),
});

const Environment = z.object({ LOG_GROUP: z.string(), LOG_STREAM_PREFIX: z.string() });

/** How much of another service's words CloudFormation is given: it takes 4,096 bytes in all. */
const LONGEST_CAUSE = 1000;

const logger = new Logger();

/** Tells CloudFormation how the job before a rollout ended. Only exit code 0 of every container counts as success. */
export function createHandler(environment: NodeJS.ProcessEnv = process.env) {
  return async (event: unknown): Promise<{ succeeded: boolean }> => {
    const { request, physicalId, task, failure } = z.parse(Input, event);
    const stopped = task ?? taskIn(failure);
    const problem = whatFailed(stopped, failure);
    const { LogicalResourceId } = request;
    if (problem === undefined) {
      logger.info('Succeeded', { LogicalResourceId, TaskArn: stopped?.TaskArn });
      await answer(request, 'SUCCESS', { physicalId });
      return { succeeded: true };
    }
    const reason = `JobFailed: ${problem}. ${whereToLook(stopped, environment)}`;
    logger.error('Failed', { LogicalResourceId, reason });
    await answer(request, 'FAILED', { physicalId }, reason);
    return { succeeded: false };
  };
}

type Stopped = z.infer<typeof StoppedTask>;

/** The task that Step Functions describes, as text, when it calls a task failed. */
function taskIn(failure: z.infer<typeof ExecutionFailure> | undefined): Stopped | undefined {
  try {
    return z.safeParse(StoppedTask, JSON.parse(failure?.Cause ?? '')).data;
  } catch {
    return undefined;
  }
}

function whatFailed(
  task: Stopped | undefined,
  failure: z.infer<typeof ExecutionFailure> | undefined,
): string | undefined {
  const container = task?.Containers.find(({ ExitCode }) => ExitCode !== 0);
  if (task !== undefined && container !== undefined) {
    const { Name, ExitCode, Reason = task.StoppedReason } = container;
    const end = ExitCode === undefined ? 'did not run' : `ended with exit code ${ExitCode}`;
    return `container ${Name} ${end}${Reason === undefined ? '' : ` (${Reason})`}`;
  }
  if (failure?.Error === 'States.Timeout') {
    return 'the job took too long and was stopped';
  }
  if (failure !== undefined) {
    return `${failure.Error} (${(failure.Cause ?? 'no cause given').slice(0, LONGEST_CAUSE)})`;
  }
  return task === undefined || task.Containers.length === 0 ? 'no container was run' : undefined;
}

function whereToLook(task: Stopped | undefined, environment: NodeJS.ProcessEnv): string {
  const { LOG_GROUP, LOG_STREAM_PREFIX } = z.parse(Environment, environment);
  const stream = task === undefined ? '' : `, log stream ${LOG_STREAM_PREFIX}/${task.TaskArn.split('/').pop()}`;
  return `What it said is in log group ${LOG_GROUP}${stream}`;
}

export const handler = createHandler();
