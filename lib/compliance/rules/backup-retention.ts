import { type ResourceRule } from '../rule';
import { about, type Verdict, together, unless } from '../verdict';
import { some } from '../template-graph/cannot-tell';

/** As long as a database can be taken back by itself, in days. */
const LONG_ENOUGH = 35;

export const backupRetention: ResourceRule = {
  name: 'backup-retention',
  severity: 'medium',
  statement: 'Backups are kept for 35 days at least, and none for ever.',
  fix: 'Set Lifecycle.DeleteAfterDays in each rule of the plan, in one of them to 35 or more.',
  appliesTo: ['AWS::Backup::BackupPlan'],
  judge: (plan) => {
    const rules = plan.at('BackupPlan', 'BackupPlanRule');
    const ends = rules.items.map((rule) => rule.at('Lifecycle', 'DeleteAfterDays'));
    return together(
      () => about(ends, (days): Verdict => unless(days.isPresent, 'what it backs up is kept for ever', days)),
      () =>
        unless(
          some(ends, (days) => !days.isPresent || (days.number ?? 0) >= LONG_ENOUGH),
          `none of its rules keeps a backup for ${LONG_ENOUGH} days`,
          rules,
        ),
    );
  },
};
