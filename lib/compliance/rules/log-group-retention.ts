import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

/** Days. */
const YEAR = 365;

export const logGroupRetention: ResourceRule = {
  name: 'log-group-retention',
  severity: 'medium',
  statement: 'Logs are kept for a year at least.',
  fix: 'Set a retention of 365 days or more, or leave it out.',
  appliesTo: ['AWS::Logs::LogGroup'],
  judge: (group) => {
    const days = group.at('RetentionInDays');
    // Without a number, logs never expire.
    return unless((days.number ?? YEAR) >= YEAR, `they are gone after ${days.describe()} days`, days);
  },
};
