import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

export const serviceRollback: ResourceRule = {
  name: 'service-rollback',
  severity: 'medium',
  statement: 'A release that does not come up is taken back.',
  fix: 'Set a deployment circuit breaker with rollback.',
  appliesTo: ['AWS::ECS::Service'],
  judge: (service) => {
    const controller = service.at('DeploymentController', 'Type');
    const strategy = service.at('DeploymentConfiguration', 'Strategy');
    if (controller.isOneOf('CODE_DEPLOY', 'EXTERNAL') || strategy.isOneOf('BLUE_GREEN', 'LINEAR', 'CANARY')) {
      return notApplicable();
    }
    const breaker = service.at('DeploymentConfiguration', 'DeploymentCircuitBreaker');
    return unless(
      breaker.at('Enable').isTrue && breaker.at('Rollback').isTrue,
      'a failed deployment goes on trying',
      breaker,
    );
  },
};
