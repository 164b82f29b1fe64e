import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, together, unless } from '../verdict';

export const restApiExecutionLogging: ResourceRule = {
  name: 'rest-api-execution-logging',
  severity: 'medium',
  statement: 'A stage of a REST API writes down how it answered.',
  fix: 'Set LoggingLevel to INFO or ERROR for every method.',
  appliesTo: ['AWS::ApiGateway::Stage'],
  judge: (stage) => {
    const settings = stage.at('MethodSettings');
    const isForAll = some(settings.items, (each) => each.at('HttpMethod').is('*') && each.at('ResourcePath').is('/*'));
    return together(
      () => unless(isForAll, 'no setting is for every method', settings),
      () =>
        about(settings.items, (each) =>
          unless(each.at('LoggingLevel').isOneOf('INFO', 'ERROR'), 'its log is off', each),
        ),
    );
  },
};
