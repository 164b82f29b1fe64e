import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';
import { isElsewhere } from './support/backup-vault';

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
