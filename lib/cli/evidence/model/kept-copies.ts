import { backsUpItself, backupKindOf, selects } from '../../../compliance/rules/support/backup-selection';
import { isAirGapped, isElsewhere, vaultOf, type PlacedVault } from '../../../compliance/rules/support/backup-vault';
import { CannotTell } from '../../../compliance/template-graph/cannot-tell';
import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import type { Value } from '../../../compliance/template-graph/value';
import { isMade } from './is-made';
import { told } from './told';

/** A vault in which copies of a resource are kept. */
export interface KeptCopy extends PlacedVault {
  /** Whether it is out of reach of whoever has account and Region of the resource; nothing where that cannot be told. */
  readonly isOffsite?: boolean;
  readonly isAirGapped: boolean;
  /** How long copies stay: `35 days`. */
  readonly terms: readonly string[];
}

/** Where AWS Backup keeps copies of `resource`, each vault once. What templates do not show is added to `doubts`. */
export function keptCopies(resource: GraphResource, doubts: Set<string>): KeptCopy[] {
  const { account, region, graph } = resource.stack;
  if (!told(() => backupKindOf(resource), doubts)) {
    return [];
  }
  const plans = graph
    .resources('AWS::Backup::BackupSelection')
    .filter((selection) => told(() => selects(selection, resource) && isMade(selection), doubts))
    .flatMap((selection) => told(() => planOf(selection), doubts) ?? [])
    .filter((plan) => told(() => isMade(plan), doubts));
  const copies = plans.flatMap((plan) => copiesBy(plan, doubts));
  // Daily, into a vault that AWS makes: https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
  if (told(() => backsUpItself(resource), doubts)) {
    copies.push({
      name: 'aws/efs/automatic-backup-vault',
      account,
      region,
      isAirGapped: false,
      isOffsite: false,
      terms: ['35 days'],
    });
  }
  const byVault = new Map<string, KeptCopy>();
  for (const copy of copies) {
    const key = JSON.stringify([copy.account, copy.region, copy.name]);
    const terms = [...(byVault.get(key)?.terms ?? []), ...copy.terms];
    byVault.set(key, { ...copy, terms: [...new Set(terms)] });
  }
  return [...byVault.values()];
}

function planOf(selection: GraphResource): GraphResource {
  const { location, references } = selection.at('BackupPlanId');
  const plan = references.find(({ resource }) => resource.type === 'AWS::Backup::BackupPlan');
  if (plan === undefined) {
    throw new CannotTell(location, `the plan of ${selection.name} is made by no stack of this app`);
  }
  return plan.resource;
}

function copiesBy(plan: GraphResource, doubts: Set<string>): KeptCopy[] {
  const rules = told(() => plan.at('BackupPlan', 'BackupPlanRule').items, doubts) ?? [];
  return rules.flatMap((rule) => {
    const airGapped = rule.at('TargetLogicallyAirGappedBackupVaultArn');
    const isStraight = told(() => airGapped.isPresent, doubts) ?? false;
    const copies = told(() => rule.at('CopyActions').items, doubts) ?? [];
    return [
      // The ordinary vault is then a place to stop over at, or for what an air-gapped one does not take.
      copyIn(isStraight ? airGapped : rule.at('TargetBackupVault'), rule, plan, doubts, isStraight),
      ...copies.map((copy) => copyIn(copy.at('DestinationBackupVaultArn'), copy, plan, doubts)),
    ].flatMap((copy) => copy ?? []);
  });
}

function vaultMade(named: Value, plan: GraphResource): PlacedVault | undefined {
  const vault = vaultOf(named, plan);
  return vault.resource === undefined || isMade(vault.resource) ? vault : undefined;
}

function copyIn(
  named: Value,
  kept: Value,
  plan: GraphResource,
  doubts: Set<string>,
  isStraight = false,
): KeptCopy | undefined {
  const vault = told(() => vaultMade(named, plan), doubts);
  const days = told(() => kept.at('Lifecycle', 'DeleteAfterDays').number ?? Infinity);
  return (
    vault && {
      ...vault,
      isAirGapped: isStraight || isAirGapped(vault.resource),
      isOffsite: isStraight || told(() => isElsewhere(named, plan)),
      terms: [days === undefined ? 'as long as a deployment says' : days === Infinity ? 'for ever' : `${days} days`],
    }
  );
}
