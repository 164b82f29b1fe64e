import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const instanceProfileAttached: ResourceRule = {
  name: 'instance-profile-attached',
  severity: 'medium',
  statement: 'An instance has a role instead of keys.',
  fix: 'Give it an instance profile.',
  appliesTo: ['AWS::EC2::Instance'],
  judge: (resource) => {
    const value = resource.at('IamInstanceProfile');
    return unless(value.isPresent, 'it has no role', value);
  },
};
