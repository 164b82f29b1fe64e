import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { type TemplateGraph } from '../template-graph/template-graph';
import { notApplicable, unless } from '../verdict';
import { selects } from './support/backup-selection';
import { vaultOf } from './support/backup-vault';
import { restoresFrom, selectionsOf } from './support/restore-test';

export const backupPlanRestoreTested: ResourceRule = {
  name: 'backup-plan-restore-tested',
  severity: 'medium',
  statement: 'Where a backup plan backs up clusters, a restore testing plan restores one from a vault of that plan.',
  fix: 'Add a restore testing plan that includes a vault of the plan, with a selection for Aurora.',
  appliesTo: ['AWS::Backup::BackupPlan'],
  judge: (plan, graph) => {
    if (!backsUpClusters(plan, graph)) {
      return notApplicable();
    }
    const vaults = plan.at('BackupPlan', 'BackupPlanRule').items.map((rule) => rule.at('TargetBackupVault'));
    const tests = graph.resources('AWS::Backup::RestoreTestingPlan');
    return unless(
      some(
        tests,
        (test) =>
          some(vaults, (vault) => restoresFrom(test, vaultOf(vault, plan))) &&
          some(selectionsOf(test), (selection) => selection.at('ProtectedResourceType').is('Aurora')),
      ),
      'no restore testing plan restores what it keeps of clusters',
    );
  },
};

function backsUpClusters(plan: GraphResource, graph: TemplateGraph): boolean {
  const selections = graph
    .resources('AWS::Backup::BackupSelection')
    .filter((selection) => selection.at('BackupPlanId').references.some(({ resource }) => resource === plan));
  const clusters = graph.resources('AWS::RDS::DBCluster');
  return some(selections, (selection) => some(clusters, (cluster) => selects(selection, cluster)));
}
