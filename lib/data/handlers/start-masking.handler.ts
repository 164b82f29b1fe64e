import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { customResource } from '../../core/handlers/custom-resource';
import { startedExecution } from '../../core/handlers/started-execution';

/** Starts the masking of a copy, which answers CloudFormation when it has ended. */
export function createHandler(
  stepFunctions: Pick<SFNClient, 'send'>,
  cloudFormation: Pick<CloudFormationClient, 'send'>,
  environment: NodeJS.ProcessEnv = process.env,
): ReturnType<typeof customResource> {
  return customResource(
    startedExecution({
      // The plan stands in the state machine; here it only says that it is another one.
      properties: z.object({ Copy: z.string(), Policy: z.string() }),
      inputOf: ({ Copy }) => ({ copy: Copy }),
      stepFunctions,
      cloudFormation,
      environment,
    }),
  );
}

export const handler = createHandler(new SFNClient(), new CloudFormationClient());
