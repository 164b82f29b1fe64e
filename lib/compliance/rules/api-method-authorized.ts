import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

export const apiMethodAuthorized: ResourceRule = {
  name: 'api-method-authorized',
  severity: 'high',
  statement: 'A method of an API asks who calls.',
  fix: 'Give it an authorizer; OPTIONS and what is public on purpose are acknowledged.',
  appliesTo: ['AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route'],
  judge: (method) => {
    // Browsers ask by OPTIONS before they have said who they are.
    if (method.at('HttpMethod').is('OPTIONS') || (method.at('RouteKey').text ?? '').startsWith('OPTIONS ')) {
      return notApplicable();
    }
    const type = method.at('AuthorizationType');
    return unless(type.isPresent && !type.is('NONE'), 'it answers everybody', type);
  },
};
