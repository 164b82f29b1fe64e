import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const searchDomainEncryptedBetweenNodes: ResourceRule = {
  name: 'search-domain-encrypted-between-nodes',
  severity: 'high',
  statement: 'The nodes of a search domain talk to each other encrypted.',
  fix: 'Set NodeToNodeEncryptionOptions.Enabled to true.',
  appliesTo: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  judge: property(['NodeToNodeEncryptionOptions', 'Enabled'], isTrue, 'its nodes talk in clear text'),
};
