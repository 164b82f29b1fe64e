import * as z from 'zod/mini';

/** Input of an execution: what is run, and whom its end is told. */
export const RolloutExecution = z.object({
  taskDefinition: z.string(),
  physicalId: z.string(),
  request: z.object({
    StackId: z.string(),
    RequestId: z.string(),
    LogicalResourceId: z.string(),
    ResponseURL: z.string(),
  }),
});

export type RolloutExecution = z.infer<typeof RolloutExecution>;
