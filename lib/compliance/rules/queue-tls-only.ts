import { heldToTls, refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';

export const queueTlsOnly: ResourceRule = {
  name: 'queue-tls-only',
  severity: 'medium',
  statement: 'A queue refuses every request that does not come over TLS.',
  fix: 'Set enforceSSL.',
  appliesTo: ['AWS::SQS::Queue'],
  judge: (queue, graph) =>
    heldToTls(graph.referrers(queue, 'AWS::SQS::QueuePolicy', 'Queues'), (statement) =>
      refusesWithoutTls(statement, 'sqs:SendMessage', 'sqs:ReceiveMessage'),
    ),
};
