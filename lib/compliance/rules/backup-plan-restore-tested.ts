import { type ResourceRule } from '../rule';
import { every, some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { type TemplateGraph } from '../template-graph/template-graph';
import { type Value } from '../template-graph/value';
import { notApplicable, unless } from '../verdict';
import { selects } from './support/backup-selection';

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
      some(tests, (test) => restoresFrom(test, vaults) && restoresClusters(test, graph)),
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

function restoresFrom(test: GraphResource, vaults: readonly Value[]): boolean {
  const { items: included } = test.at('RecoveryPointSelection', 'IncludeVaults');
  const { items: excluded } = test.at('RecoveryPointSelection', 'ExcludeVaults');
  return some(vaults, (vault) =>
    every(
      [() => some(included, (arn) => isArnOf(arn, vault)), () => !some(excluded, (arn) => isArnOf(arn, vault))],
      (part) => part(),
    ),
  );
}

/** Whether `arn` is that of the vault that a plan calls `name`, or of every vault. */
function isArnOf(arn: Value, name: Value): boolean {
  const vault = arn.reference?.resource;
  return vault === undefined
    ? arn.text === '*' || arn.text?.split(':').at(-1) === name.text
    : vault === name.reference?.resource || vault.at('BackupVaultName').text === name.text;
}

function restoresClusters(test: GraphResource, graph: TemplateGraph): boolean {
  return some(graph.resources('AWS::Backup::RestoreTestingSelection'), (selection) => {
    const plan = selection.at('RestoreTestingPlanName');
    const isOfTest = plan.reference?.resource === test || plan.text === test.at('RestoreTestingPlanName').text;
    return isOfTest && selection.at('ProtectedResourceType').is('Aurora');
  });
}
