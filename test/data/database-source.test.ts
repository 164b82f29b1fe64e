import { CustomerDatabase, DatabaseSource } from '../../lib';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { foreignStack } from '../support/stack';

/** Problems are kept until a database uses the source, so that a configuration reports them all. */
function used(source: DatabaseSource): void {
  const stack = foreignStack();
  new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack), source });
}

test.each([
  'acme-2026-11-01',
  'rds:acme-production-1a2b3c4d-2026-11-01-18-05',
  'awsbackup:job-1a2b3c4d',
  'arn:aws:rds:eu-central-1:111122223333:cluster-snapshot:rds:acme-2026-11-01',
])('the snapshot %s is taken', (snapshot) => {
  expect(() => used(DatabaseSource.snapshot(snapshot))).not.toThrow();
});

test.each(['', ' acme', '-acme', 'acme/1'])('the snapshot %j is refused', (snapshot) => {
  expect(() => used(DatabaseSource.snapshot(snapshot))).toThrow(
    refusal(['SnapshotIdentifierInvalid'], 'be the identifier or the ARN of a cluster snapshot'),
  );
});

test.each(['2026-11-01T10:00:00Z', '2024-02-29T23:59:59Z'])('the moment %s is taken', (time) => {
  expect(() => used(DatabaseSource.pointInTime({ cluster: 'acme', time }))).not.toThrow();
});

test.each(['2026-11-01', '2026-11-01T10:00:00', '2026-11-01T10:00:00+02:00', '2026-02-30T10:00:00Z', 'yesterday', ''])(
  'the moment %j is refused',
  (time) => {
    expect(() => used(DatabaseSource.pointInTime({ cluster: 'acme', time }))).toThrow(
      refusal(['RestoreTimeInvalid'], 'be a moment in UTC, written YYYY-MM-DDThh:mm:ssZ'),
    );
  },
);
