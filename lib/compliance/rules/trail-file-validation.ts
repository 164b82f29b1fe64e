import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const trailFileValidation: ResourceRule = {
  name: 'trail-file-validation',
  severity: 'medium',
  statement: 'A trail shows when one of its files was changed.',
  fix: 'Set EnableLogFileValidation to true.',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge: (resource) => {
    const value = resource.at('EnableLogFileValidation');
    return unless(value.isTrue, 'its files are not validated', value);
  },
};
