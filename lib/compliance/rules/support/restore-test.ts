import { matches } from '../../policy/statement';
import { every, some, those } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';
import { backupKindOf, meets, names } from './backup-selection';
import { isAt, knownText, VAULTS, type PlacedVault } from './backup-vault';

/** What restore testing plan `test` restores. */
export function selectionsOf(test: GraphResource): readonly GraphResource[] {
  return those(test.stack.graph.resources('AWS::Backup::RestoreTestingSelection'), (selection) => {
    const plan = selection.at('RestoreTestingPlanName');
    return plan.reference?.resource === test || plan.text === test.at('RestoreTestingPlanName').text;
  });
}

/** Whether `selection`, of a restore testing plan, takes in backups of `resource`: of its type, by ARN or by its tags. */
export function restores(selection: GraphResource, resource: GraphResource): boolean {
  const kind = backupKindOf(resource);
  const { items: arns } = selection.at('ProtectedResourceArns');
  const parts = [
    () => kind !== undefined && selection.at('ProtectedResourceType').is(kind),
    () => arns.length === 0 || some(arns, (arn) => names(arn, resource)),
    () => every(selection.at('ProtectedResourceConditions').entries, (condition) => meets(condition, resource)),
  ];
  return every(parts, (part) => part());
}

/** Whether restore testing plan `test` restores from `vault`, which has to be in its account and Region. */
export function restoresFrom(test: GraphResource, vault: PlacedVault): boolean {
  const { items: included } = test.at('RecoveryPointSelection', 'IncludeVaults');
  const { items: excluded } = test.at('RecoveryPointSelection', 'ExcludeVaults');
  const parts = [
    () => isAt(test.stack, vault),
    () => some(included, (arn) => isArnOf(arn, vault)),
    () => !some(excluded, (arn) => isArnOf(arn, vault)),
  ];
  return every(parts, (part) => part());
}

/** Whether `arn`, which may be a pattern, is that of `vault`. */
function isArnOf(arn: Value, { name, resource }: PlacedVault): boolean {
  const referred = arn.references.find((reference) => VAULTS.includes(reference.resource.type));
  return referred === undefined
    ? matches(knownText(arn).split(':').at(-1) ?? '', name)
    : referred.resource === resource;
}
