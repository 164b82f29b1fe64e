import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HandlerFunction, type HandlerFunctionProps } from '../core/handler-function';

/** A function that does the same for every construct of a stack: made by the first that asks, with its `props`. */
export function sharedHandler(scope: Construct, id: string, props: HandlerFunctionProps): HandlerFunction {
  const stack = Stack.of(scope);
  const existing = stack.node.tryFindChild(id) as HandlerFunction | undefined;
  return existing ?? new HandlerFunction(stack, id, props);
}
