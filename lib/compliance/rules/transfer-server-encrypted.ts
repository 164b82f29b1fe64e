import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const transferServerEncrypted: ResourceRule = {
  name: 'transfer-server-encrypted',
  severity: 'high',
  statement: 'A file transfer server offers no plain FTP.',
  fix: 'Leave FTP out of Protocols.',
  appliesTo: ['AWS::Transfer::Server'],
  judge: (server) => {
    const protocols = server.at('Protocols');
    return unless(!some(protocols.items, (each) => each.is('FTP')), 'it offers FTP', protocols);
  },
};
