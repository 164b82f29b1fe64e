import { CannotTell } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type TemplateGraph } from '../../template-graph/template-graph';
import { type Value } from '../../template-graph/value';

/** Of what hands events to functions without waiting for them, where it says to which. */
const TARGETS: Readonly<Record<string, (caller: GraphResource) => readonly Value[]>> = {
  'AWS::Events::Rule': (rule) => rule.at('Targets').items.map((target) => target.at('Arn')),
  'AWS::Logs::SubscriptionFilter': (filter) => [filter.at('DestinationArn')],
  'AWS::S3::Bucket': (bucket) =>
    bucket.at('NotificationConfiguration', 'LambdaConfigurations').items.map((each) => each.at('Function')),
  'AWS::SNS::Subscription': (subscription) =>
    subscription.at('Protocol').is('lambda') ? [subscription.at('Endpoint')] : [],
  'AWS::Scheduler::Schedule': (schedule) => [schedule.at('Target', 'Arn')],
  // Made by CDK for a bucket that notifies.
  'Custom::S3BucketNotifications': (bucket) =>
    bucket
      .at('NotificationConfiguration', 'LambdaFunctionConfigurations')
      .items.map((each) => each.at('LambdaFunctionArn')),
};

/** Types of what hands events to functions and does not wait. */
export const CALLERS: readonly string[] = Object.keys(TARGETS);

const called = new WeakMap<TemplateGraph, ReadonlySet<GraphResource>>();

/** The functions of `graph` that something calls without waiting, as far as the templates show. */
export function calledWithoutWaiting(graph: TemplateGraph): ReadonlySet<GraphResource> {
  const functions = called.get(graph) ?? new Set(graph.resources(...CALLERS).flatMap(shownToBeCalledBy));
  called.set(graph, functions);
  return functions;
}

/**
 * The functions that `caller` calls.
 *
 * @throws CannotTell where a template does not show whom it calls
 */
export function calledBy(caller: GraphResource): readonly GraphResource[] {
  return (TARGETS[caller.type]?.(caller) ?? []).flatMap((target) => {
    if (target.doubt !== undefined) {
      throw new CannotTell(target.location, target.doubt);
    }
    return target.references.map(({ resource }) => functionOf(resource));
  });
}

function shownToBeCalledBy(caller: GraphResource): readonly GraphResource[] {
  try {
    return calledBy(caller);
  } catch (error) {
    if (error instanceof CannotTell) {
      return [];
    }
    throw error;
  }
}

/** The function behind an alias or a version of it. */
function functionOf(resource: GraphResource): GraphResource {
  const isPointer = resource.type === 'AWS::Lambda::Alias' || resource.type === 'AWS::Lambda::Version';
  return (isPointer ? resource.at('FunctionName').references[0]?.resource : undefined) ?? resource;
}
