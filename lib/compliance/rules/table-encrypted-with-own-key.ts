import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const tableEncryptedWithOwnKey: ResourceRule = {
  name: 'table-encrypted-with-own-key',
  severity: 'high',
  statement: 'A table, under a key of its own, is encrypted at rest.',
  fix: 'Set SSESpecification.SSEEnabled to true, with a key.',
  appliesTo: ['AWS::DynamoDB::Table'],
  judge: property(['SSESpecification', 'SSEEnabled'], isTrue, 'it is encrypted with a key that AWS owns'),
};
