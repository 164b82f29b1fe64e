import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const instanceProfileAttached: ResourceRule = {
  name: 'instance-profile-attached',
  severity: 'medium',
  statement: 'An instance has a role instead of keys.',
  fix: 'Give it an instance profile.',
  appliesTo: ['AWS::EC2::Instance'],
  judge: property(['IamInstanceProfile'], isPresent, 'it has no role'),
};
