import { Stack } from 'aws-cdk-lib';
import { CfnFramework, CfnReportPlan } from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { identityOf } from '../core/identity';
import type { LogStore } from '../core/log-store';
import { BACKUP_TAG } from '../core/tag-names';
import { DataClass } from '../core/tags';
import type { IOffsiteVault } from './offsite-vault-ref';
import type { RetentionPlan } from './retention-plan';
import { DEFAULT_RETENTION } from './schedule-check';

/** Where reports go. */
export interface BackupAuditProps {
  /** Where reports are kept: with a key, they are locked for a year. */
  readonly reports: LogStore;

  /**
   * The vault off site: says whether copies have to be in another account.
   *
   * @default - copies in another Region are asked for, another account is not
   */
  readonly copyTo?: IOffsiteVault;

  /**
   * The plans: every backup has to be kept for as long as the shortest of them says.
   *
   * @default - those of a `BackupSchedule` by itself: 35 days
   */
  readonly retention?: RetentionPlan[];
}

/** What is reported every day: https://docs.aws.amazon.com/aws-backup/latest/devguide/choosing-report-template.html */
const JOB_REPORTS = { Backups: 'BACKUP_JOB_REPORT', Copies: 'COPY_JOB_REPORT', Restores: 'RESTORE_JOB_REPORT' };

/**
 * Says every day, in files that are evidence, which backups, copies and restores there were, and whether each resource is
 * backed up, copied off site, encrypted and locked: AWS Backup Audit Manager.
 *
 * It works where AWS Config records resources in this account and Region; elsewhere AWS Backup refuses it. Costs what the
 * evaluations of its eight or nine controls cost, about 0.00125 USD each.
 */
export class BackupAudit extends Construct {
  /** The controls. */
  public readonly framework: CfnFramework;
  /** What is reported. */
  public readonly reportPlans: CfnReportPlan[];

  public constructor(scope: Construct, id: string, props: BackupAuditProps) {
    super(scope, id);
    const { reports, copyTo, retention = DEFAULT_RETENTION } = props;
    reports.letBackupReportsWrite();
    const isElsewhere = copyTo !== undefined && copyTo.vaultAccount !== Stack.of(this).account;
    this.framework = new CfnFramework(this, 'Framework', {
      frameworkDescription: 'Whether what has to be backed up is, as this store means it',
      frameworkControls: controls(isElsewhere, Math.min(...retention.map(({ _days }) => _days))),
    });
    this.reportPlans = [
      ...Object.entries(JOB_REPORTS).map(([name, template]) =>
        this.report(name, reports, { ReportTemplate: template }),
      ),
      this.report('Compliance', reports, {
        ReportTemplate: 'RESOURCE_COMPLIANCE_REPORT',
        FrameworkArns: [this.framework.attrFrameworkArn],
      }),
    ];
  }

  private report(name: string, { bucket }: LogStore, reportSetting: object): CfnReportPlan {
    const { id, environment } = identityOf(this) ?? { id: Stack.of(this).stackName, environment: 'backups' };
    const plan = new CfnReportPlan(this, `${name}Report`, {
      reportDeliveryChannel: {
        Formats: ['CSV', 'JSON'],
        S3BucketName: bucket.bucketName,
        S3KeyPrefix: `backup-reports/${id}-${environment}`,
      },
      reportSetting,
    });
    // AWS Backup writes a first file to see whether it may.
    plan.node.addDependency(bucket);
    return plan;
  }
}

/** Controls by the names of https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html */
function controls(inAnotherAccount: boolean, retentionDays: number): CfnFramework.FrameworkControlProperty[] {
  const kept = { requiredRetentionDays: String(retentionDays) };
  // A scope is a tag or types of resources, not both: only what a plan of ours selects has this tag.
  const scope = { Tags: [{ Key: BACKUP_TAG, Value: DataClass.CUSTOMER_DATA }] };
  const ofResources = (
    name: string,
    parameters: Record<string, string> = {},
  ): CfnFramework.FrameworkControlProperty => ({
    ...control(name, parameters),
    controlScope: scope,
  });
  return [
    ofResources('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN'),
    ofResources('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK'),
    ofResources('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION'),
    ...(inAnotherAccount ? [ofResources('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT')] : []),
    ofResources('BACKUP_LAST_RECOVERY_POINT_CREATED', { recoveryPointAgeUnit: 'days', recoveryPointAgeValue: '2' }),
    control('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', {
      requiredFrequencyUnit: 'days',
      requiredFrequencyValue: '1',
      ...kept,
    }),
    control('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', kept),
    control('BACKUP_RECOVERY_POINT_ENCRYPTED'),
    control('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED'),
  ];
}

function control(controlName: string, parameters: Record<string, string> = {}): CfnFramework.FrameworkControlProperty {
  const controlInputParameters = Object.entries(parameters).map(([parameterName, parameterValue]) => ({
    parameterName,
    parameterValue,
  }));
  return { controlName, controlInputParameters };
}
