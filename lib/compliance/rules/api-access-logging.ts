import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const apiAccessLogging: ResourceRule = {
  name: 'api-access-logging',
  severity: 'medium',
  statement: 'A stage of an API writes down who asked for what.',
  fix: 'Set a destination for its access log.',
  appliesTo: ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'],
  judge: (stage) => {
    const value = stage.at(
      stage.type === 'AWS::ApiGateway::Stage' ? 'AccessLogSetting' : 'AccessLogSettings',
      'DestinationArn',
    );
    return unless(value.isPresent, 'it has no access log', value);
  },
};
