import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const serviceNoExec: ResourceRule = {
  name: 'service-no-exec',
  severity: 'medium',
  statement: 'Nobody opens a shell in a running container.',
  fix: 'Leave enableExecuteCommand out.',
  appliesTo: ['AWS::ECS::Service'],
  judge: (service) => {
    const exec = service.at('EnableExecuteCommand');
    return unless(!exec.isTrue, 'commands can be run in its tasks', exec);
  },
};
