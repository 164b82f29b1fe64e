import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const searchDomainEncrypted: ResourceRule = {
  name: 'search-domain-encrypted',
  severity: 'high',
  statement: 'A search domain is encrypted at rest.',
  fix: 'Set EncryptionAtRestOptions.Enabled to true.',
  appliesTo: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  judge: property(['EncryptionAtRestOptions', 'Enabled'], isTrue, 'it is not encrypted'),
};
