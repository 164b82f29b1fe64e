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
    const tests = graph.resources('AWS::Backup::RestoreTestingPlan');
    const isTested = ({ tested }: Kind): boolean =>
      some(tests, (test) => restoresFrom(test, vaults) && restores(tested, test, graph));
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

function restores(kind: string, test: GraphResource, graph: TemplateGraph): boolean {
  return some(graph.resources('AWS::Backup::RestoreTestingSelection'), (selection) => {
    const plan = selection.at('RestoreTestingPlanName');
    const isOfTest = plan.reference?.resource === test || plan.text === test.at('RestoreTestingPlanName').text;
    return isOfTest && selection.at('ProtectedResourceType').is(kind);
  });
}
