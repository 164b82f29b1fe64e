import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const detectorEnabled: ResourceRule = {
  name: 'detector-enabled',
  severity: 'high',
  statement: 'A detector that looks for intruders is on.',
  fix: 'Set Enable to true.',
  appliesTo: ['AWS::GuardDuty::Detector'],
  judge: property(['Enable'], isTrue, 'it is switched off'),
};
