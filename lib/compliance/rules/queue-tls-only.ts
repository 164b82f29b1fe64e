import { statementsOf } from '../policy/statement';
import { refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const queueTlsOnly: ResourceRule = {
  name: 'queue-tls-only',
  severity: 'medium',
  statement: 'A queue refuses every request that does not come over TLS.',
  fix: 'Set enforceSSL.',
  appliesTo: ['AWS::SQS::Queue'],
  judge: (queue, graph) => {
    const policies = graph.referrers(queue, 'AWS::SQS::QueuePolicy', 'Queues');
    const statements = policies.flatMap((policy) => statementsOf(policy, 'PolicyDocument'));
    const refused = some(statements, (statement) =>
      refusesWithoutTls(statement, 'sqs:SendMessage', 'sqs:ReceiveMessage'),
    );
    return unless(refused, policies.length === 0 ? 'it has no policy' : 'no statement of its policy denies that');
  },
};
