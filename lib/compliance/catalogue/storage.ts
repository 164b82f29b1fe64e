import { bucketPublicAccess } from '../rules/bucket-public-access';
import { bucketTlsOnly } from '../rules/bucket-tls-only';
import { bucketVersioned } from '../rules/bucket-versioned';
import { databaseBackupRetention } from '../rules/database-backup-retention';
import { databaseDeletionProtection } from '../rules/database-deletion-protection';
import { databaseIsolated } from '../rules/database-isolated';
import { databaseNotPublic } from '../rules/database-not-public';
import { databaseTls } from '../rules/database-tls';
import { fileSystemPolicy } from '../rules/file-system-policy';
import { queueTlsOnly } from '../rules/queue-tls-only';
import { stackTerminationProtection } from '../rules/stack-termination-protection';
import { statefulRetained } from '../rules/stateful-retained';
import { taskVolumeTls } from '../rules/task-volume-tls';
import { topicTlsOnly } from '../rules/topic-tls-only';
import { checkedBy, type Control } from './control';

/** Practice 5: where data lies. */
export const storage: readonly Control[] = [
  checkedBy(
    {
      id: 'STORAGE-1',
      practice: 5,
      statement: 'Files are never fetched or stored without encryption on the way.',
      pci: ['4.2.1', '2.2.7'],
      nist: ['SC-8', 'SC-8(1)'],
      cis: ['2.1.1'],
    },
    bucketTlsOnly,
    fileSystemPolicy,
    taskVolumeTls,
  ),
  checkedBy(
    {
      id: 'STORAGE-2',
      practice: 5,
      statement: 'The database refuses connections without TLS.',
      pci: ['4.2.1', '2.2.7'],
      nist: ['SC-8', 'SC-8(1)'],
    },
    databaseTls,
  ),
  checkedBy(
    {
      id: 'STORAGE-3',
      practice: 5,
      statement: 'Queues and topics refuse requests without TLS.',
      pci: ['4.2.1'],
      nist: ['SC-8', 'SC-8(1)'],
    },
    queueTlsOnly,
    topicTlsOnly,
  ),
  checkedBy(
    {
      id: 'STORAGE-4',
      practice: 5,
      statement: 'No file can be made public by mistake.',
      pci: ['1.4.4', '7.2.1'],
      nist: ['AC-3', 'SC-7'],
      cis: ['2.1.4'],
    },
    bucketPublicAccess,
  ),
  checkedBy(
    {
      id: 'STORAGE-5',
      practice: 5,
      statement: 'What is overwritten or deleted can be had back.',
      pci: ['10.5.1', '12.10.1'],
      nist: ['CP-9', 'SI-12'],
    },
    bucketVersioned,
    databaseBackupRetention,
  ),
  checkedBy(
    {
      id: 'STORAGE-6',
      practice: 5,
      statement: 'Data and keys outlive the stack that made them, and no single call deletes them.',
      pci: ['6.5.1', '12.10.1'],
      nist: ['CM-3', 'CP-9', 'SI-12'],
      protections: ['stack.retention', 'database.deletion-protection'],
    },
    statefulRetained,
    stackTerminationProtection,
    databaseDeletionProtection,
  ),
  checkedBy(
    {
      id: 'STORAGE-7',
      practice: 5,
      statement: 'Nobody on the internet reaches the database, and nothing leads from it there.',
      pci: ['1.4.4', '1.3.1', '1.3.2'],
      nist: ['SC-7', 'AC-4'],
      cis: ['2.3.3'],
    },
    databaseNotPublic,
    databaseIsolated,
  ),
];
