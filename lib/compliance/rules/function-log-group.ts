import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const functionLogGroup: ResourceRule = {
  name: 'function-log-group',
  severity: 'low',
  statement: 'What a function writes is encrypted, and kept as long as you say.',
  fix: 'Give the function a log group.',
  appliesTo: ['AWS::Lambda::Function'],
  judge: (lambda, graph) =>
    unless(
      lambda.at('LoggingConfig', 'LogGroup').isPresent ||
        some(graph.resources('AWS::Logs::LogGroup'), (group) =>
          group.at('LogGroupName').references.some(({ resource }) => resource === lambda),
        ),
      'Lambda makes a log group that nobody encrypts and that never ends',
      lambda.at('LoggingConfig', 'LogGroup'),
    ),
};
