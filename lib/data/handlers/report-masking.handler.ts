import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod/mini';
import { answer } from '../../core/handlers/custom-resource';
import { AnsweredExecution, ExecutionFailure } from '../../core/handlers/started-execution';

/** What the masking found, without what it is. */
const Answer = z.object({
  clean: z.boolean(),
  findings: z.array(z.object({ table: z.string(), column: z.string(), kind: z.string(), rows: z.number() })),
});

/** An execution that somebody started by hand has nobody to tell. */
const Input = z.extend(z.partial(AnsweredExecution), {
  result: z.optional(z.object({ answer: Answer })),
  failure: z.optional(ExecutionFailure),
});

/** CloudFormation takes 4,096 bytes in all. */
const LONGEST_REASON = 2000;

const logger = new Logger();

/** Tells CloudFormation how a masking ended. Only a copy in which nothing was found counts as success. */
export async function handler(event: unknown): Promise<{ succeeded: boolean; reason: string }> {
  const { request, physicalId = '', result, failure } = z.parse(Input, event);
  const problem = whatFailed(result?.answer, failure)?.slice(0, LONGEST_REASON);
  const succeeded = problem === undefined;
  logger.info('Ended', { succeeded, problem });
  if (request !== undefined) {
    await answer(request, succeeded ? 'SUCCESS' : 'FAILED', { physicalId }, problem);
  }
  return { succeeded, reason: problem ?? 'clean' };
}

function whatFailed(
  found: z.infer<typeof Answer> | undefined,
  failure: z.infer<typeof ExecutionFailure> | undefined,
): string | undefined {
  if (failure !== undefined) {
    return `MaskingFailed: ${failure.Error} (${failure.Cause ?? 'no cause given'})`;
  }
  if (found?.clean !== true) {
    const places = (found?.findings ?? []).map(
      ({ table, column, kind, rows }) => `${table}.${column}: ${kind}, ${rows}`,
    );
    return `NotMasked: personal data is left (column: kind, rows). ${places.join('; ')}`;
  }
  return undefined;
}
