import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const detectorEnabled: ResourceRule = {
  name: 'detector-enabled',
  severity: 'high',
  statement: 'A detector that looks for intruders is on.',
  fix: 'Set Enable to true.',
  appliesTo: ['AWS::GuardDuty::Detector'],
  judge: (resource) => {
    const value = resource.at('Enable');
    return unless(value.isTrue, 'it is switched off', value);
  },
};
