import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const trailFileValidation: ResourceRule = {
  name: 'trail-file-validation',
  severity: 'medium',
  statement: 'A trail shows when one of its files was changed.',
  fix: 'Set EnableLogFileValidation to true.',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge: property(['EnableLogFileValidation'], isTrue, 'its files are not validated'),
};
