import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const trailToLogGroup: ResourceRule = {
  name: 'trail-to-log-group',
  severity: 'medium',
  statement: 'A trail writes where queries and alarms can read.',
  fix: 'Name a log group in CloudWatchLogsLogGroupArn.',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge: property(['CloudWatchLogsLogGroupArn'], isPresent, 'it has no log group'),
};
