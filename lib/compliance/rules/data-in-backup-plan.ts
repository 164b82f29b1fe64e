import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { compliant, notApplicable, unless } from '../verdict';
import { BACKED_UP_TYPES, backsUpItself, selects } from './support/backup-selection';
import { DATABASES, isDatabase } from './support/database';

export const dataInBackupPlan: ResourceRule = {
  name: 'data-in-backup-plan',
  severity: 'high',
  statement: 'A backup plan selects each database, file system and table, beside what the service keeps itself.',
  fix: 'Select it in a backup plan of its account and Region, by its ARN or by a tag.',
  appliesTo: BACKED_UP_TYPES,
  judge: (resource, graph) => {
    if (DATABASES.includes(resource.type) && !isDatabase(resource)) {
      return notApplicable();
    }
    if (backsUpItself(resource)) {
      return compliant();
    }
    const selections = graph.resources('AWS::Backup::BackupSelection');
    return unless(
      some(selections, (selection) => selects(selection, resource)),
      selections.length === 0 ? 'the app has no backup plan' : 'no backup plan of the app selects it',
    );
  },
};
