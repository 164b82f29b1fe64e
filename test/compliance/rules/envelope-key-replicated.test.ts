import { DATA_CLASS_TAG } from '../../../lib/core/tag-names';
import { DataClass } from '../../../lib/core/tags';
import { GIVEN, judged, outcomeOf, type JudgedResources, type Outcome } from '../../support/rule-outcome';

/** A key for `value`, and its replica. */
const key = (Value: unknown, properties: object, PrimaryKeyArn?: unknown): JudgedResources =>
  judged(
    'AWS::KMS::Key',
    { Tags: [{ Key: DATA_CLASS_TAG, Value }], ...properties },
    PrimaryKeyArn === undefined ? {} : { Replica: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn } } },
  );
const ARN = { 'Fn::GetAtt': ['Judged', 'Arn'] };

test.each<[about: string, outcome: Outcome, resources: JudgedResources]>([
  ['in two Regions', 'compliant', key(DataClass.APPLICATION, { MultiRegion: true }, ARN)],
  ['of one Region', 'objection', key(DataClass.APPLICATION, {}, ARN)],
  ['for two Regions, in one', 'objection', key(DataClass.APPLICATION, { MultiRegion: true })],
  ['that another key is the replica of', 'objection', key(DataClass.APPLICATION, { MultiRegion: true }, 'arn:other')],
  ['with a replica of who knows what', 'undecidable', key(DataClass.APPLICATION, { MultiRegion: true }, GIVEN)],
  ['for as many Regions as a parameter says', 'undecidable', key(DataClass.APPLICATION, { MultiRegion: GIVEN }, ARN)],
  ['for something else', 'silent', key(DataClass.LOGS, {})],
  ['that says nothing', 'silent', judged('AWS::KMS::Key')],
])('a key %s: %s', (_, outcome, resources) => {
  expect(outcomeOf('envelope-key-replicated', resources)).toBe(outcome);
});
