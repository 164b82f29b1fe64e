import { statementsOf } from '../policy/statement';
import { refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const topicTlsOnly: ResourceRule = {
  name: 'topic-tls-only',
  severity: 'medium',
  statement: 'A topic refuses every message that does not come over TLS.',
  fix: 'Set enforceSSL.',
  appliesTo: ['AWS::SNS::Topic'],
  judge: (topic, graph) => {
    const policies = graph.referrers(topic, 'AWS::SNS::TopicPolicy', 'Topics');
    const statements = policies.flatMap((policy) => statementsOf(policy, 'PolicyDocument'));
    const refused = some(statements, (statement) => refusesWithoutTls(statement, 'sns:Publish'));
    return unless(refused, policies.length === 0 ? 'it has no policy' : 'no statement of its policy denies that');
  },
};
