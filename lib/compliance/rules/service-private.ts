import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const servicePrivate: ResourceRule = {
  name: 'service-private',
  severity: 'high',
  statement: 'A task has no address on the internet.',
  fix: 'Set assignPublicIp to DISABLED.',
  appliesTo: ['AWS::ECS::Service'],
  judge: (service) => {
    const assigned = service.at('NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp');
    return unless(!assigned.is('ENABLED'), 'its tasks get public addresses', assigned);
  },
};
