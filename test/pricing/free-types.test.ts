import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { PRICED_TYPES } from '../../lib/pricing/estimates';
import { FREE_TYPES, reasonForFree } from '../../lib/pricing/free-types';

const known = new Set(
  loadAwsServiceSpecSync()
    .all('resource')
    .map(({ cloudFormationType }) => cloudFormationType),
);

test('every type on the lists is one of CloudFormation, or of CDK itself', () => {
  const ours = [...FREE_TYPES, ...PRICED_TYPES].filter((type) => type !== 'AWS::CDK::Metadata');
  expect(ours.filter((type) => !known.has(type))).toEqual([]);
});

test('a type is free with a reason, stands on the list once, and is not priced as well', () => {
  expect(FREE_TYPES.filter((type) => reasonForFree(type) === undefined)).toEqual([]);
  expect(FREE_TYPES.filter((type) => PRICED_TYPES.includes(type))).toEqual([]);
  expect(FREE_TYPES.length).toBe(new Set(FREE_TYPES).size);
});

test('of a type that nobody has looked up there is no reason', () => {
  expect(reasonForFree('AWS::EC2::Instance')).toBeUndefined();
  expect(reasonForFree('Custom::Anything')).toContain('custom resource');
});
