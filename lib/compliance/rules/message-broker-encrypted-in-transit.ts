import { type ResourceRule } from '../rule';
import { together, unless } from '../verdict';

export const messageBrokerEncryptedInTransit: ResourceRule = {
  name: 'message-broker-encrypted-in-transit',
  severity: 'high',
  statement: 'A streaming cluster speaks TLS alone, to clients and between brokers.',
  fix: 'Set ClientBroker to TLS, and InCluster to true.',
  appliesTo: ['AWS::MSK::Cluster'],
  judge: (cluster) => {
    const transit = cluster.at('EncryptionInfo', 'EncryptionInTransit');
    const client = transit.at('ClientBroker');
    const within = transit.at('InCluster');
    return together(
      () => unless(!client.isPresent || client.is('TLS'), 'clients may speak in clear text', client),
      () => unless(!within.is(false), 'brokers speak to each other in clear text', within),
    );
  },
};
