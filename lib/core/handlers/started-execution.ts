import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ExecutionAlreadyExists, StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { ANSWERED_ELSEWHERE, type ResourceHandler } from './custom-resource';

/** Part of the input of an execution: whom its end is told, and about which resource. */
export const AnsweredExecution = z.object({
  physicalId: z.string(),
  request: z.object({
    StackId: z.string(),
    RequestId: z.string(),
    LogicalResourceId: z.string(),
    ResponseURL: z.string(),
  }),
});

export type AnsweredExecution = z.infer<typeof AnsweredExecution>;

/** How a failure reaches the end of an execution: `Catch` writes it so. */
export const ExecutionFailure = z.object({ Error: z.string(), Cause: z.optional(z.string()) });

const Environment = z.object({ STATE_MACHINE: z.string() });

/** How a stack is called while it goes back to what was there before. */
const ROLLING_BACK = 'UPDATE_ROLLBACK_IN_PROGRESS';

/** What an execution is started with, and the services that it takes. */
export interface StartedExecutionOptions<Properties> {
  readonly properties: z.ZodMiniType<Properties>;
  /** What the execution is told, besides whom it answers. */
  readonly inputOf: (properties: Properties) => object;
  readonly stepFunctions: Pick<SFNClient, 'send'>;
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * A resource that is an execution of a state machine, which answers CloudFormation when it has ended. Nothing is started
 * on a deletion, nor while the stack is rolled back: what was there before has run already, and must not be what keeps
 * the stack from getting back.
 */
export function startedExecution<Properties>(
  options: StartedExecutionOptions<Properties>,
): ResourceHandler<Properties> {
  const { properties, inputOf, stepFunctions, cloudFormation, environment } = options;
  const isRollingBack = async ({ StackId }: CloudFormationCustomResourceEvent): Promise<boolean> => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: StackId }));
    return Stacks.some(({ StackStatus }) => StackStatus === ROLLING_BACK);
  };

  const start = async (
    physicalId: string,
    given: Properties,
    event: CloudFormationCustomResourceEvent,
  ): Promise<typeof ANSWERED_ELSEWHERE> => {
    const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
    const { STATE_MACHINE: stateMachineArn } = z.parse(Environment, environment);
    const answered: AnsweredExecution = {
      physicalId,
      request: { StackId, RequestId, LogicalResourceId, ResponseURL },
    };
    try {
      // One execution for one request: Lambda may hand the same request over twice.
      const input = JSON.stringify({ ...inputOf(given), ...answered });
      await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name: RequestId, input }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) {
        throw error;
      }
    }
    return ANSWERED_ELSEWHERE;
  };

  return {
    properties,
    create: (given, event) => start(event.LogicalResourceId, given, event),
    update: async (given, event) => {
      const physicalId = event.RequestType === 'Update' ? event.PhysicalResourceId : event.LogicalResourceId;
      return (await isRollingBack(event)) ? { physicalId } : start(physicalId, given, event);
    },
    delete: () => Promise.resolve(),
  };
}
