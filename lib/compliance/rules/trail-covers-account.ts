import { type ResourceRule } from '../rule';
import { together, unless } from '../verdict';

export const trailCoversAccount: ResourceRule = {
  name: 'trail-covers-account',
  severity: 'high',
  statement: 'A trail records what happens in every Region and in global services.',
  fix: 'Set IsMultiRegionTrail, and leave IsLogging and IncludeGlobalServiceEvents on.',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge: (trail) =>
    together(
      () => unless(trail.at('IsLogging').isTrue, 'it is switched off', trail.at('IsLogging')),
      () =>
        unless(trail.at('IsMultiRegionTrail').isTrue, 'it records one Region alone', trail.at('IsMultiRegionTrail')),
      () =>
        unless(
          !trail.at('IncludeGlobalServiceEvents').is(false),
          'it leaves out global services',
          trail.at('IncludeGlobalServiceEvents'),
        ),
    ),
};
