import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const replicationInstanceNotPublic: ResourceRule = {
  name: 'replication-instance-not-public',
  severity: 'critical',
  statement: 'A replication instance has no public address.',
  fix: 'Set PubliclyAccessible to false: left out, it is true.',
  appliesTo: ['AWS::DMS::ReplicationInstance'],
  judge: (instance) => {
    const value = instance.at('PubliclyAccessible');
    return unless(value.is(false), 'it has a public address', value);
  },
};
