import { copiesOf, type CopiesLine } from '../../lib/cli/evidence/model/copies';
import type { Standing } from '../../lib/cli/evidence/model/digit';
import { type StackSource } from '../../lib/compliance/template-graph/stack-source';
import { TemplateGraph } from '../../lib/compliance/template-graph/template-graph';
import { sourceOf } from './graph';

/** Properties of a resource. */
export type Properties = Readonly<Record<string, unknown>>;
/** Resources of a template. */
export type Resources = Readonly<Record<string, object>>;

/** A resource, as a template has it. */
export const of = (Type: string, Properties: Properties = {}, more: object = {}): object => ({
  Type,
  Properties,
  ...more,
});

/** What only a deployment knows. */
export const GIVEN = { Ref: 'Given' };
export const HOME = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:home';
const AWAY = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:away';

export const DATABASE = of('AWS::RDS::DBCluster', {
  Engine: 'aurora-postgresql',
  BackupRetentionPeriod: 35,
  Tags: [{ Key: 'commerce-baseline:data-class', Value: 'customer-data' }],
});
export const SELECTION = of('AWS::Backup::BackupSelection', {
  BackupPlanId: { Ref: 'Plan' },
  BackupSelection: { Resources: ['arn:aws:rds:*:*:cluster:*'] },
});
export const vault = (BackupVaultName: string, LockConfiguration?: object): object =>
  of('AWS::Backup::BackupVault', { BackupVaultName, LockConfiguration });
export const planOf = (rule: Properties): object =>
  of('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'home', ...rule }] } });
export const copiedTo = (DestinationBackupVaultArn: unknown): Properties => ({
  CopyActions: [{ DestinationBackupVaultArn, Lifecycle: { DeleteAfterDays: 90 } }],
});
const PLAN = planOf({ Lifecycle: { DeleteAfterDays: 35 }, ...copiedTo(AWAY) });
const TEST = of('AWS::Backup::RestoreTestingPlan', {
  RestoreTestingPlanName: 'weekly',
  ScheduleExpression: 'cron(0 8 ? * SUN *)',
  RecoveryPointSelection: { IncludeVaults: [HOME] },
});
export const tested = (more: Properties): object =>
  of('AWS::Backup::RestoreTestingSelection', { RestoreTestingPlanName: 'weekly', ...more });
const TESTED = tested({
  ProtectedResourceType: 'Aurora',
  ProtectedResourceArns: [{ 'Fn::Sub': 'arn:aws:rds:eu-central-1:111122223333:cluster:${Database}' }],
});
export const judging = (Effect: string, Action: string): object =>
  of('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Effect, Action, Resource: '*' }] } });
const JUDGE = judging('Allow', 'backup:PutRestoreValidationResult');
export const LOCK = { MinRetentionDays: 35, MaxRetentionDays: 400 };

/** Everything in place, at home. */
export const WHOLE: Resources = {
  Database: DATABASE,
  Vault: vault('home', LOCK),
  Plan: PLAN,
  Selection: SELECTION,
  Test: TEST,
  Tested: TESTED,
  Judge: JUDGE,
};

/** The vault off site, in a stack of its own. */
export const OFFSITE: Resources = { Vault: vault('away', { ...LOCK, ChangeableForDays: 14 }) };

const PARAMETERS = {
  Parameters: { Given: { Type: 'String' } },
  Conditions: { Given: { 'Fn::Equals': [GIVEN, 'yes'] }, Never: { 'Fn::Equals': ['no', 'yes'] } },
};

/** The lines of an app of two stacks. */
export function linesOf(home: Resources, offsite: Resources = OFFSITE, place: Partial<StackSource> = {}): CopiesLine[] {
  return copiesOf(
    new TemplateGraph([
      sourceOf({ Resources: home, ...PARAMETERS }, place),
      sourceOf({ Resources: offsite }, { name: 'Offsite', region: 'eu-west-1' }),
    ]),
  );
}

/** The line of the one thing that holds data. */
export function lineOf(home: Resources, offsite?: Resources, place?: Partial<StackSource>): CopiesLine {
  const lines = linesOf(home, offsite, place);
  if (lines.length !== 1) {
    throw new Error(`${lines.length} resources hold data.`);
  }
  return lines[0];
}

/** How its five digits stand. */
export const standings = ({ copies, storage, offsite, locked, restored }: CopiesLine): Standing[] =>
  [copies, storage, offsite, locked, restored].map(({ standing }) => standing);

/** `WHOLE` with other resources in it; one that is nothing is left out. */
export const whole = (changes: Readonly<Record<string, object | undefined>>): Resources =>
  Object.fromEntries(Object.entries({ ...WHOLE, ...changes }).filter((entry): entry is [string, object] => !!entry[1]));
