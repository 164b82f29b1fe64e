import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { type TemplateGraph } from '../template-graph/template-graph';
import { notApplicable, unless } from '../verdict';
import { calledWithoutWaiting, calledBy, CALLERS } from './support/asynchronous-calls';

const FUNCTION = 'AWS::Lambda::Function';

/**
 * The mistake is a function on a schedule or behind a topic with nothing more: Lambda tries three times, then throws the
 * event away. What cannot be delivered to the function at all is another matter, which the queue of a rule's target or
 * of a subscription is for.
 */
export const functionFailuresKept: ResourceRule = {
  name: 'function-failures-kept',
  severity: 'medium',
  statement: 'What a function cannot do, and nobody waits for, is kept until somebody looks.',
  fix: 'Give the function a dead-letter queue, or a destination for failures.',
  appliesTo: [FUNCTION, ...CALLERS],
  judge: (resource, graph) => {
    if (resource.type !== FUNCTION) {
      // Whom it calls, the function's own verdict counts; whether that can be told at all, only this one does.
      calledBy(resource);
      return notApplicable();
    }
    return calledWithoutWaiting(graph).has(resource)
      ? unless(
          resource.at('DeadLetterConfig', 'TargetArn').isPresent || hasDestination(resource, graph),
          'events that it fails on are thrown away',
          resource.at('DeadLetterConfig'),
        )
      : notApplicable();
  },
};

function hasDestination(lambda: GraphResource, graph: TemplateGraph): boolean {
  return some(
    graph.referrers(lambda, 'AWS::Lambda::EventInvokeConfig', 'FunctionName'),
    (config) => config.at('DestinationConfig', 'OnFailure', 'Destination').isPresent,
  );
}
