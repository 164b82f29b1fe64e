import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const searchDomainEncrypted: ResourceRule = {
  name: 'search-domain-encrypted',
  severity: 'high',
  statement: 'A search domain is encrypted at rest.',
  fix: 'Set EncryptionAtRestOptions.Enabled to true.',
  appliesTo: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  judge: (resource) => {
    const value = resource.at('EncryptionAtRestOptions', 'Enabled');
    return unless(value.isTrue, 'it is not encrypted', value);
  },
};
