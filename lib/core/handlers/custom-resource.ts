import { Logger } from '@aws-lambda-powertools/logger';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { $ZodError } from 'zod/v4/core';
import * as z from 'zod/mini';

/** What a handler did: the resource's identity, and attributes that other resources may read. */
export interface ResourceResult {
  /** Identity of the resource. CloudFormation deletes the old resource when an update answers with another one. */
  readonly physicalId: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Said by a handler whose work goes on elsewhere: whoever ends it tells CloudFormation, with `answer`. */
export const ANSWERED_ELSEWHERE = Symbol('answered elsewhere');

/** What a creation or an update came to. */
export type ResourceOutcome = ResourceResult | typeof ANSWERED_ELSEWHERE;

/** The three things CloudFormation asks for. Each must be safe to run twice with the same input. */
export interface ResourceHandler<Properties> {
  /** Shape of the resource's properties, without `ServiceToken` and `ServiceTimeout`. */
  readonly properties: z.ZodMiniType<Properties>;
  create(properties: Properties, event: CloudFormationCustomResourceEvent): Promise<ResourceOutcome>;
  update(properties: Properties, event: CloudFormationCustomResourceEvent): Promise<ResourceOutcome>;
  /** Must also succeed when there is nothing to delete: CloudFormation asks after a failed creation too. */
  delete(physicalId: string, event: CloudFormationCustomResourceEvent): Promise<void>;
}

/** Time kept back for the answer, so that a stack never waits an hour for a function that was cut off. */
const ANSWER_MILLISECONDS = 10_000;

const logger = new Logger();

/**
 * Turns `handler` into the function behind a CloudFormation custom resource: checks the properties, answers exactly once
 * whatever happens, also shortly before the function's own time runs out, and tells CloudFormation the name and message
 * of an error, never its data.
 */
export function customResource<Properties>(handler: ResourceHandler<Properties>) {
  return async (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> => {
    logger.addContext(context);
    const { RequestType, LogicalResourceId, ResourceType } = event;
    try {
      const outcome = await inTime(context, perform(handler, event));
      if (outcome === ANSWERED_ELSEWHERE) {
        logger.info('Goes on elsewhere', { RequestType, LogicalResourceId, ResourceType });
        return;
      }
      logger.info('Done', { RequestType, LogicalResourceId, ResourceType });
      await answer(event, 'SUCCESS', outcome);
    } catch (error) {
      const { name, message } = explain(error);
      logger.error('Failed', { RequestType, LogicalResourceId, ResourceType, error: name, reason: message });
      await answer(event, 'FAILED', { physicalId: identityIn(event) ?? NEVER_CREATED }, `${name}: ${message}`);
    }
  };
}

function explain(error: unknown): { name: string; message: string } {
  if (error instanceof $ZodError) {
    return { name: 'InvalidProperties', message: z.prettifyError(error) };
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** Identity of a resource whose creation failed; its deletion is nothing to do. */
const NEVER_CREATED = 'never-created';

async function perform<Properties>(
  handler: ResourceHandler<Properties>,
  event: CloudFormationCustomResourceEvent,
): Promise<ResourceOutcome> {
  if (event.RequestType === 'Delete') {
    if (event.PhysicalResourceId !== NEVER_CREATED) {
      await handler.delete(event.PhysicalResourceId, event);
    }
    return { physicalId: event.PhysicalResourceId };
  }
  const properties = z.parse(handler.properties, event.ResourceProperties);
  return event.RequestType === 'Create' ? handler.create(properties, event) : handler.update(properties, event);
}

function identityIn(event: CloudFormationCustomResourceEvent): string | undefined {
  return event.RequestType === 'Create' ? undefined : event.PhysicalResourceId;
}

class OutOfTime extends Error {
  public override readonly name = 'OutOfTime';
}

async function inTime<T>(context: Context, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    const left = context.getRemainingTimeInMillis() - ANSWER_MILLISECONDS;
    timer = setTimeout(() => reject(new OutOfTime('the function has no time left; see its log')), left);
  });
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}

/** What identifies a request of CloudFormation to which an answer belongs. */
export type AnswerableRequest = Pick<
  CloudFormationCustomResourceEvent,
  'ResponseURL' | 'StackId' | 'RequestId' | 'LogicalResourceId'
>;

/**
 * Tells CloudFormation what came of a request.
 *
 * @throws Error when CloudFormation does not take the answer
 */
export async function answer(
  event: AnswerableRequest,
  Status: 'SUCCESS' | 'FAILED',
  { physicalId, attributes }: ResourceResult,
  Reason?: string,
): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({
    Status,
    Reason,
    PhysicalResourceId: physicalId,
    StackId,
    RequestId,
    LogicalResourceId,
    Data: attributes,
  });
  const response = await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } });
  if (!response.ok) {
    // Thrown, so that Lambda tries the whole event again: CloudFormation would otherwise wait for an hour.
    throw new Error(`CloudFormation refused the answer with status ${response.status}`);
  }
}
