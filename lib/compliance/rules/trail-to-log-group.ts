import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const trailToLogGroup: ResourceRule = {
  name: 'trail-to-log-group',
  severity: 'medium',
  statement: 'A trail writes where queries and alarms can read.',
  fix: 'Name a log group in CloudWatchLogsLogGroupArn.',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge: (resource) => {
    const value = resource.at('CloudWatchLogsLogGroupArn');
    return unless(value.isPresent, 'it has no log group', value);
  },
};
