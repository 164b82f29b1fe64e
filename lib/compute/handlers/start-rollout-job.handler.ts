import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { ANSWERED_ELSEWHERE, customResource, type ResourceOutcome } from '../../core/handlers/custom-resource';
import type { RolloutExecution } from './rollout-execution';

const Properties = z.object({ TaskDefinition: z.string() });

const Environment = z.object({ STATE_MACHINE: z.string() });

/** How a stack is called while it goes back to what was there before. */
const ROLLING_BACK = 'UPDATE_ROLLBACK_IN_PROGRESS';

/**
 * Starts the job before a rollout. The state machine answers CloudFormation when the job has ended, except where nothing
 * is started: on a deletion, and while the stack is rolled back, when the former job has nothing to undo and must not be
 * what keeps the stack from getting back.
 */
export function createHandler(
  stepFunctions: Pick<SFNClient, 'send'>,
  cloudFormation: Pick<CloudFormationClient, 'send'>,
  environment: NodeJS.ProcessEnv = process.env,
): ReturnType<typeof customResource> {
  const isRollingBack = async ({ StackId }: CloudFormationCustomResourceEvent): Promise<boolean> => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: StackId }));
    return Stacks.some(({ StackStatus }) => StackStatus === ROLLING_BACK);
  };

  const start = async (
    physicalId: string,
    taskDefinition: string,
    event: CloudFormationCustomResourceEvent,
  ): Promise<ResourceOutcome> => {
    const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
    const { STATE_MACHINE: stateMachineArn } = z.parse(Environment, environment);
    const input: RolloutExecution = {
      taskDefinition,
      physicalId,
      request: { StackId, RequestId, LogicalResourceId, ResponseURL },
    };
    try {
      // One execution for one request: Lambda may hand the same request over twice.
      const command = new StartExecutionCommand({ stateMachineArn, name: RequestId, input: JSON.stringify(input) });
      await stepFunctions.send(command);
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) {
        throw error;
      }
    }
    return ANSWERED_ELSEWHERE;
  };

  return customResource({
    properties: Properties,
    create: ({ TaskDefinition }, event) => start(event.LogicalResourceId, TaskDefinition, event),
    update: async ({ TaskDefinition }, event) => {
      const physicalId = event.RequestType === 'Update' ? event.PhysicalResourceId : event.LogicalResourceId;
      return (await isRollingBack(event)) ? { physicalId } : start(physicalId, TaskDefinition, event);
    },
    delete: () => Promise.resolve(),
  });
}

export const handler = createHandler(new SFNClient(), new CloudFormationClient());
