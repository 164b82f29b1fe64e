import type { Duration } from 'aws-cdk-lib';
import { MathExpression, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** How many runs of a state machine did not end well: CloudWatch counts those that failed, hung and were broken off apart. */
export function workflowFailures(stateMachine: StateMachine, period: Duration): IMetric {
  const statistic = 'sum';
  return new MathExpression({
    expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)',
    usingMetrics: {
      failed: stateMachine.metricFailed({ period, statistic }),
      timedOut: stateMachine.metricTimedOut({ period, statistic }),
      aborted: stateMachine.metricAborted({ period, statistic }),
    },
    label: 'Runs that did not end well',
    period,
  });
}
