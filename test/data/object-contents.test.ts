import { Duration } from 'aws-cdk-lib';
import { ObjectContents } from '../../lib';
import { refusal } from '../support/refusal';

describe.each([
  ['evidence', (days: Duration) => ObjectContents.evidence(days), 36_500],
  ['irrevocableEvidence', (days: Duration) => ObjectContents.irrevocableEvidence(days), 3_653],
])('%s', (name, factory, longest) => {
  test.each([1, longest])('takes a lock of %s days', (days) => {
    expect(() => factory(Duration.days(days))).not.toThrow();
  });

  test.each([Duration.hours(36), Duration.days(0), Duration.days(longest + 1)])('refuses a lock of %s', (retention) => {
    expect(() => factory(retention)).toThrow(
      refusal(['EvidenceRetentionOutOfRange'], `must be a whole number of days from 1 to ${longest}. Write`),
    );
  });

  test('names itself when it refuses', () => {
    expect(() => factory(Duration.days(0))).toThrow(`ObjectContents.${name}`);
  });
});
