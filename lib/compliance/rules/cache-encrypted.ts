import { type ResourceRule } from '../rule';
import { together, unless } from '../verdict';

export const cacheEncrypted: ResourceRule = {
  name: 'cache-encrypted',
  severity: 'high',
  statement: 'Sessions and carts are encrypted, on the way and at rest.',
  fix: 'Set transit encryption (mode required) and encryption at rest with a key of your own.',
  appliesTo: ['AWS::ElastiCache::ReplicationGroup'],
  judge: (cache) => {
    const mode = cache.at('TransitEncryptionMode');
    return together(
      () =>
        unless(
          cache.at('TransitEncryptionEnabled').isTrue,
          'it speaks without TLS',
          cache.at('TransitEncryptionEnabled'),
        ),
      () => unless(!mode.is('preferred'), 'it speaks without TLS to whoever wants that', mode),
      () =>
        unless(
          cache.at('AtRestEncryptionEnabled').isTrue,
          'it is not encrypted at rest',
          cache.at('AtRestEncryptionEnabled'),
        ),
      () => unless(cache.at('KmsKeyId').isPresent, 'it is encrypted with the key of AWS', cache.at('KmsKeyId')),
    );
  },
};
