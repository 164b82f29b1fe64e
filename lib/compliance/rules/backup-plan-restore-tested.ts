import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { notApplicable, unless } from '../verdict';
import { selects } from './support/backup-selection';
import { vaultOf } from './support/backup-vault';
import { restoresFrom, selectionsOf } from './support/restore-test';

export const backupPlanRestoreTested: ResourceRule = {
  name: 'backup-plan-restore-tested',
  severity: 'medium',
  statement:
    'Where a backup plan backs up clusters or buckets, a restore testing plan restores one of each from a vault of that plan.',
  fix: 'Add a restore testing plan that includes a vault of the plan, with a selection for Aurora, or for S3.',
  appliesTo: ['AWS::Backup::BackupPlan'],
  judge: (plan, graph) => {
    const selections = graph
      .resources('AWS::Backup::BackupSelection')
      .filter((selection) => selection.at('BackupPlanId').references.some(({ resource }) => resource === plan));
    const isBackedUp = ({ type }: Kind): boolean =>
      some(selections, (selection) => some(graph.resources(type), (resource) => selects(selection, resource)));
    if (!some(KINDS, isBackedUp)) {
      return notApplicable();
    }
    const vaults = plan.at('BackupPlan', 'BackupPlanRule').items.map((rule) => rule.at('TargetBackupVault'));
    const isTested = ({ tested }: Kind): boolean =>
      some(
        graph.resources('AWS::Backup::RestoreTestingPlan'),
        (test) =>
          some(vaults, (vault) => restoresFrom(test, vaultOf(vault, plan))) &&
          some(selectionsOf(test), (selection) => selection.at('ProtectedResourceType').is(tested)),
      );
    return unless(
      !some(KINDS, (kind) => isBackedUp(kind) && !isTested(kind)),
      'no restore testing plan restores what it keeps of clusters, or of buckets',
    );
  },
};

/** Kinds of resources that can be restored for a test and that hold what a shop cannot make again. */
const KINDS = [
  { type: 'AWS::RDS::DBCluster', tested: 'Aurora' },
  { type: 'AWS::S3::Bucket', tested: 'S3' },
] as const;

type Kind = (typeof KINDS)[number];
