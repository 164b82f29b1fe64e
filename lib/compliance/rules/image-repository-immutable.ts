import { type ResourceRule } from '../rule';
import { isOneOf, property } from './support/property';

export const imageRepositoryImmutable: ResourceRule = {
  name: 'image-repository-immutable',
  severity: 'medium',
  statement: 'A tag of an image that was reviewed never means another image.',
  fix: 'Make tags immutable.',
  appliesTo: ['AWS::ECR::Repository'],
  judge: property(['ImageTagMutability'], isOneOf('IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'), 'its tags can be moved'),
};
