import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const messageBrokerNotPublic: ResourceRule = {
  name: 'message-broker-not-public',
  severity: 'high',
  statement: 'The brokers of a streaming cluster have no public address.',
  fix: 'Set PublicAccess to DISABLED, or leave it out.',
  appliesTo: ['AWS::MSK::Cluster'],
  judge: (cluster) => {
    const value = cluster.at('BrokerNodeGroupInfo', 'ConnectivityInfo', 'PublicAccess', 'Type');
    return unless(!value.isPresent || value.is('DISABLED'), 'its brokers have public addresses', value);
  },
};
