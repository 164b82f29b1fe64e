import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { customResource } from '../../core/handlers/custom-resource';
import { startedExecution } from '../../core/handlers/started-execution';

/** Starts the job before a rollout. The state machine answers CloudFormation when the job has ended. */
export function createHandler(
  stepFunctions: Pick<SFNClient, 'send'>,
  cloudFormation: Pick<CloudFormationClient, 'send'>,
  environment: NodeJS.ProcessEnv = process.env,
): ReturnType<typeof customResource> {
  return customResource(
    startedExecution({
      properties: z.object({ TaskDefinition: z.string() }),
      inputOf: ({ TaskDefinition }) => ({ taskDefinition: TaskDefinition }),
      stepFunctions,
      cloudFormation,
      environment,
    }),
  );
}

export const handler = createHandler(new SFNClient(), new CloudFormationClient());
