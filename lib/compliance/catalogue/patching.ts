import { databaseExtendedSupport } from '../rules/database-extended-support';
import { databaseMinorUpgrades } from '../rules/database-minor-upgrades';
import { functionRuntime } from '../rules/function-runtime';
import { imageRepositoryImmutable } from '../rules/image-repository-immutable';
import { imageRepositoryScanned } from '../rules/image-repository-scanned';
import { imageRolloutScanned } from '../rules/image-rollout-scanned';
import { serviceRollback } from '../rules/service-rollback';
import { taskImageDigest } from '../rules/task-image-digest';
import { attested, checkedBy, type Control } from './control';

/** Practice 3: security updates. */
export const patching: readonly Control[] = [
  checkedBy(
    {
      id: 'PATCHING-1',
      practice: 3,
      statement: 'The database gets its security updates, and no version that has ended.',
      pci: ['6.3.3', '12.3.4'],
      nist: ['SI-2', 'SI-2(5)'],
      cis: ['2.3.2'],
    },
    databaseMinorUpgrades,
    databaseExtendedSupport,
  ),
  checkedBy(
    {
      id: 'PATCHING-2',
      practice: 3,
      statement: 'No function runs on a language that gets no more security updates.',
      pci: ['6.3.3', '12.3.4'],
      nist: ['SI-2', 'SA-22'],
    },
    functionRuntime,
  ),
  checkedBy(
    {
      id: 'PATCHING-3',
      practice: 3,
      statement: 'Images of the shop are searched for known holes when they arrive.',
      pci: ['6.3.1', '6.3.3'],
      nist: ['RA-5', 'SI-2'],
    },
    imageRepositoryScanned,
  ),
  checkedBy(
    {
      id: 'PATCHING-4',
      practice: 3,
      statement: 'What runs is exactly what was reviewed.',
      pci: ['6.5.1', '6.2.3', '11.5.2'],
      nist: ['CM-3', 'SI-7'],
      protections: ['shop-image.digest'],
    },
    taskImageDigest,
    imageRepositoryImmutable,
  ),
  checkedBy(
    {
      id: 'PATCHING-5',
      practice: 3,
      statement: 'A release that does not come up is taken back by itself.',
      pci: ['6.5.1'],
      nist: ['CM-3', 'SI-13'],
    },
    serviceRollback,
  ),
  attested(
    {
      id: 'PATCHING-6',
      practice: 3,
      statement: 'Critical holes in the shop and its plugins are closed within a month.',
      pci: ['6.3.1', '6.3.3'],
      nist: ['SI-2', 'RA-5'],
      protections: ['vulnerability-scanning.inspector', 'image-freshness.report'],
    },
    {
      who: 'who maintains the shop',
      every: 'P1M',
      severity: 'high',
      remedy: 'Read the findings of the scanner and the releases of the shop; update.',
    },
  ),
  checkedBy(
    {
      id: 'PATCHING-7',
      practice: 3,
      statement: 'An image that is built by itself is rolled out only when a scan was asked.',
      pci: ['6.3.1', '6.3.3'],
      nist: ['RA-5', 'SI-2', 'CM-3'],
    },
    imageRolloutScanned,
  ),
];
