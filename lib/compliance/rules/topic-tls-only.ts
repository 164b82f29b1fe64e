import { statementsOf, type Statement } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

function refusesPublishingWithoutTls(statement: Statement): boolean {
  return (
    statement.isDeny &&
    statement.isAboutEverybody &&
    statement.covers('sns:publish') &&
    statement.conditions.length === 1 &&
    some(
      statement.conditions,
      ([, key, value]) => key === 'aws:securetransport' && value.items.every((each) => each.is(false)),
    )
  );
}

export const topicTlsOnly: ResourceRule = {
  name: 'topic-tls-only',
  severity: 'medium',
  statement: 'A topic refuses every message that does not come over TLS.',
  fix: 'Set enforceSSL.',
  appliesTo: ['AWS::SNS::Topic'],
  judge: (topic, graph) => {
    const policies = graph.referrers(topic, 'AWS::SNS::TopicPolicy', 'Topics');
    const statements = policies.flatMap((policy) => statementsOf(policy, 'PolicyDocument'));
    return unless(
      some(statements, (statement) => refusesPublishingWithoutTls(statement)),
      'no statement denies that',
    );
  },
};
