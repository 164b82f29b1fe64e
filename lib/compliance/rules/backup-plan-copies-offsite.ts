import { type ResourceRule } from '../rule';
import { CannotTell, some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { type GraphStack } from '../template-graph/graph-stack';
import { type Value } from '../template-graph/value';
import { unless } from '../verdict';

const AIR_GAPPED = 'AWS::Backup::LogicallyAirGappedBackupVault';

export const backupPlanCopiesOffsite: ResourceRule = {
  name: 'backup-plan-copies-offsite',
  severity: 'high',
  statement: 'A backup plan copies what it keeps to another Region or account, or into an air-gapped vault.',
  fix: 'Add a copy action to the vault of another Region or account to the rules of the plan.',
  appliesTo: ['AWS::Backup::BackupPlan'],
  judge: (plan) => {
    const rules = plan.at('BackupPlan', 'BackupPlanRule');
    return unless(
      some(rules.items, (rule) => {
        const copies = rule.at('CopyActions').items.map((copy) => copy.at('DestinationBackupVaultArn'));
        const airGapped = rule.at('TargetLogicallyAirGappedBackupVaultArn');
        return some([() => airGapped.isPresent, () => some(copies, (vault) => isElsewhere(vault, plan))], (part) =>
          part(),
        );
      }),
      'no rule of it copies to another Region or account',
      rules,
    );
  },
};

/** Whether `vault`, an ARN, is out of reach of whoever has the account and Region of `plan`. */
function isElsewhere(vault: Value, { stack: here }: GraphResource): boolean {
  const named = vault.reference?.resource;
  if (named?.type === AIR_GAPPED) {
    return true;
  }
  const { region, account } = named?.stack ?? placeIn(vault);
  return some(
    [
      [region, here.region],
      [account, here.account],
    ],
    ([there, own]) => {
      if (there !== undefined && own === undefined) {
        throw new CannotTell(vault.location, 'where the plan will be is chosen at deployment');
      }
      return there !== undefined && there !== own;
    },
  );
}

/** Account and Region as they stand in an ARN; nothing for what the stack says of itself, which is not elsewhere. */
function placeIn(vault: Value): Pick<GraphStack, 'account' | 'region'> {
  const [, , , region = '', account = ''] = (vault.text ?? '').replace(/\$\{AWS::\w+\}/g, '').split(':');
  return { region: region || undefined, account: account || undefined };
}
