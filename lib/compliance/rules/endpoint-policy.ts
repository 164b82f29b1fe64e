import { statementsOf } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { every } from '../template-graph/cannot-tell';
import { about, notApplicable, objection, unless } from '../verdict';

export const endpointPolicy: ResourceRule = {
  name: 'endpoint-policy',
  severity: 'medium',
  statement: 'The ways from the network to AWS lead to your own account.',
  fix: 'Give the endpoint a policy that names the account or organisation.',
  appliesTo: ['AWS::EC2::VPCEndpoint'],
  judge: (endpoint) => {
    if (endpoint.at('VpcEndpointType').isOneOf('GatewayLoadBalancer', 'Resource', 'ServiceNetwork')) {
      return notApplicable();
    }
    const policy = endpoint.at('PolicyDocument');
    return !policy.isPresent
      ? objection('it has the policy that allows everything', policy)
      : about(statementsOf(endpoint, 'PolicyDocument'), (statement) =>
          unless(
            !statement.isAllow ||
              statement.conditions.length > 0 ||
              !statement.isAboutEverybody ||
              every(statement.resources, (resource) => resource !== '*'),
            'a statement allows everybody everything of every account',
            statement.value,
          ),
        );
  },
};
