import { bucketEncrypted } from '../rules/bucket-encrypted';
import { cacheEncrypted } from '../rules/cache-encrypted';
import { databaseEncrypted } from '../rules/database-encrypted';
import { envelopeKeyReplicated } from '../rules/envelope-key-replicated';
import { fileSystemEncrypted } from '../rules/file-system-encrypted';
import { keyDeletionWindow } from '../rules/key-deletion-window';
import { keyPolicyNamed } from '../rules/key-policy-named';
import { keyRotation } from '../rules/key-rotation';
import { logGroupEncrypted } from '../rules/log-group-encrypted';
import { queueEncrypted } from '../rules/queue-encrypted';
import { secretCustomerKey } from '../rules/secret-customer-key';
import { topicEncrypted } from '../rules/topic-encrypted';
import { attested, checkedBy, type Control } from './control';

/** Practice 4: encryption. */
export const encryption: readonly Control[] = [
  checkedBy(
    {
      id: 'KEYS-1',
      practice: 4,
      statement: 'Keys renew themselves, and one that somebody deletes can be saved for a month.',
      pci: ['3.7.4', '3.6.1'],
      nist: ['SC-12', 'SC-12(1)'],
      cis: ['3.6'],
    },
    keyRotation,
    keyDeletionWindow,
  ),
  checkedBy(
    {
      id: 'KEYS-2',
      practice: 4,
      statement: 'Only named principals may use a key.',
      pci: ['3.6.1', '7.3.3'],
      nist: ['SC-12', 'AC-3', 'AC-6'],
    },
    keyPolicyNamed,
  ),
  checkedBy(
    {
      id: 'KEYS-3',
      practice: 4,
      statement: 'The database is encrypted with a key of your own.',
      pci: ['3.5.1', '3.6.1'],
      nist: ['SC-28', 'SC-28(1)'],
      cis: ['2.3.1'],
    },
    databaseEncrypted,
  ),
  checkedBy(
    {
      id: 'KEYS-4',
      practice: 4,
      statement: 'Files are encrypted with keys of your own.',
      pci: ['3.5.1'],
      nist: ['SC-28', 'SC-28(1)'],
      cis: ['2.4.1'],
    },
    bucketEncrypted,
    fileSystemEncrypted,
  ),
  checkedBy(
    {
      id: 'KEYS-5',
      practice: 4,
      statement: 'Sessions and carts are encrypted, on the way and at rest.',
      pci: ['3.5.1', '4.2.1'],
      nist: ['SC-8', 'SC-28'],
    },
    cacheEncrypted,
  ),
  checkedBy(
    {
      id: 'KEYS-6',
      practice: 4,
      statement: 'Messages between programs, secrets and logs are encrypted with keys of your own.',
      pci: ['3.5.1', '3.6.1.2'],
      nist: ['SC-28', 'SC-28(1)'],
    },
    queueEncrypted,
    topicEncrypted,
    secretCustomerKey,
    logGroupEncrypted,
  ),
  attested(
    {
      id: 'KEYS-7',
      practice: 4,
      statement: 'Everybody who can end a key knows it and has said so.',
      pci: ['3.6.1.4', '3.7.8'],
      nist: ['SC-12', 'PS-6'],
    },
    {
      who: 'owner of the keys',
      every: 'P1Y',
      severity: 'medium',
      remedy: 'Have the administrators of the keys sign what they are responsible for.',
    },
  ),
  checkedBy(
    {
      id: 'KEYS-8',
      practice: 4,
      statement: 'What the shop encrypts field by field can be read in another Region, because its key lies there too.',
      pci: ['12.10.1'],
      nist: ['SC-12', 'CP-9'],
    },
    envelopeKeyReplicated,
  ),
];
