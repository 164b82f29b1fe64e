import { heldToTls, refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';

export const topicTlsOnly: ResourceRule = {
  name: 'topic-tls-only',
  severity: 'medium',
  statement: 'A topic refuses every message that does not come over TLS.',
  fix: 'Set enforceSSL.',
  appliesTo: ['AWS::SNS::Topic'],
  judge: (topic, graph) =>
    heldToTls(graph.referrers(topic, 'AWS::SNS::TopicPolicy', 'Topics'), (statement) =>
      refusesWithoutTls(statement, 'sns:Publish'),
    ),
};
