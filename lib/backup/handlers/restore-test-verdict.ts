import * as z from 'zod/mini';
import { METRICS } from '../restore-test-names';
import type { Measurement } from './judge-restore-test';

const time = z.iso.datetime({ offset: true });
const Failure = z.object({ Error: z.string() });

/** What the check of the restored database answers. */
const Answer = z.object({
  isRight: z.boolean(),
  measuredRecoveryPointSeconds: z.optional(z.number()),
  findings: z.array(z.object({ kind: z.string(), subject: z.string(), detail: z.string() })),
});

/** What the state machine has gathered of one restore, as AWS calls it. */
export const RestoreTested = z.object({
  restoreJobId: z.string(),
  job: z.object({
    Status: z.string(),
    StatusMessage: z.optional(z.string()),
    CreationDate: time,
    RecoveryPointArn: z.optional(z.string()),
    RecoveryPointCreationDate: z.optional(time),
    SourceResourceArn: z.optional(z.string()),
  }),
  cluster: z.optional(
    z.object({
      is: z.object({
        Status: z.string(),
        StorageEncrypted: z.optional(z.boolean()),
        KmsKeyId: z.optional(z.string()),
        IamDatabaseAuthenticationEnabled: z.optional(z.boolean()),
        DbClusterParameterGroup: z.optional(z.string()),
        VpcSecurityGroups: z.optional(z.array(z.object({ VpcSecurityGroupId: z.string() }))),
      }),
    }),
  ),
  /** When the database was there and had answered. */
  usable: z.optional(z.object({ at: time })),
  check: z.optional(z.object({ answer: Answer })),
  /** What could not be done. */
  failure: z.optional(Failure),
  /** What did not come in time. */
  late: z.optional(z.object({ what: z.string() })),
  /** Why the instance is still there. */
  leftBehind: z.optional(Failure),
});
export type RestoreTested = z.infer<typeof RestoreTested>;

type Finding = z.infer<typeof Answer>['findings'][number];

/** What a restore is measured by. */
export interface Declared {
  readonly isChecked: boolean;
  readonly store: string;
  readonly key: string;
  readonly parameterGroup: string;
  readonly securityGroup: string;
  readonly recoveryTimeSeconds: number;
  readonly recoveryPointSeconds: number;
  readonly now: Date;
  readonly measure: (name: string, value: number, unit: Measurement['Unit']) => Measurement;
}

/** The verdict, for AWS Backup, for the metrics and for the evidence. */
export interface Verdict {
  readonly status: 'SUCCESSFUL' | 'FAILED' | 'TIMED_OUT';
  readonly message: string;
  readonly metrics: readonly Measurement[];
  /** JSON. */
  readonly report: string;
}

/** AWS Backup shows the message in a list. */
const LONGEST_MESSAGE = 1000;

/** A restore is right only when every step was made and nothing was found: what is not known is not right. */
export function judgeTest(test: RestoreTested, declared: Declared): Verdict {
  const { restoreJobId, job, usable, late, check } = test;
  const recoveryTime = secondsBetween(job.CreationDate, usable?.at);
  // A heartbeat in the data tells best. Without one, what is lost is what came after the backup.
  const recoveryPoint =
    check?.answer.measuredRecoveryPointSeconds ?? secondsBetween(job.RecoveryPointCreationDate, job.CreationDate);
  const findings = [
    ...stepFindings(test),
    ...clusterFindings(test, declared),
    ...answerFindings(test, declared),
    ...over('RecoveryTimeExceeded', recoveryTime, declared.recoveryTimeSeconds),
    ...(isToldBy(check) ? [] : over('RecoveryPointExceeded', recoveryPoint, declared.recoveryPointSeconds)),
  ];
  const status = findings.length === 0 ? 'SUCCESSFUL' : late === undefined ? 'FAILED' : 'TIMED_OUT';
  const named = findings.map(({ kind, subject }) => `${kind} (${subject})`).join(', ');
  const { store, isChecked, recoveryTimeSeconds, recoveryPointSeconds, now, measure } = declared;
  const report = {
    ...{ restoreJobId, store, status, findings, judgedAt: now.toISOString() },
    restoredFrom: { resource: job.SourceResourceArn, recoveryPoint: job.RecoveryPointArn },
    recoveryPointAt: job.RecoveryPointCreationDate,
    restoreStartedAt: job.CreationDate,
    usableAt: usable?.at,
    rowsWereAsked: isChecked,
    recoveryTime: { measuredSeconds: recoveryTime, declaredSeconds: recoveryTimeSeconds },
    recoveryPoint: { measuredSeconds: recoveryPoint, declaredSeconds: recoveryPointSeconds },
  };
  return {
    status,
    message: (named === '' ? 'What was restored is right' : named).slice(0, LONGEST_MESSAGE),
    metrics: [
      // One at least: CloudWatch takes no empty list.
      measure('RestoreTests', 1, 'Count'),
      ...(recoveryTime === undefined ? [] : [measure(METRICS.recoveryTime, recoveryTime, 'Seconds')]),
      ...(recoveryPoint === undefined ? [] : [measure(METRICS.recoveryPoint, recoveryPoint, 'Seconds')]),
    ],
    report: JSON.stringify(report, undefined, 2),
  };
}

/** Steps that were not made. */
function stepFindings({ job, failure, late, leftBehind, cluster, usable }: RestoreTested): Finding[] {
  const findings: Finding[] = [];
  const add = (kind: string, subject: string, detail: string): number => findings.push({ kind, subject, detail });
  if (job.Status !== 'COMPLETED') {
    add('RestoreFailed', 'restore job', `${job.Status}: ${job.StatusMessage ?? 'AWS Backup does not say why'}`);
  }
  if (failure !== undefined) {
    add('StepFailed', cluster === undefined ? 'cluster' : 'instance', failure.Error);
  }
  if (late !== undefined) {
    add('TimedOut', late.what, 'did not come in time');
  }
  if (leftBehind !== undefined) {
    add('LeftBehind', 'instance', `${leftBehind.Error}; AWS Backup cannot delete a cluster that has an instance`);
  }
  if (findings.length === 0 && usable === undefined) {
    add('StepMissing', 'instance', 'nobody saw it answer');
  }
  return findings;
}

/** What the restored cluster has otherwise than it should. */
function clusterFindings({ cluster, late }: RestoreTested, declared: Declared): Finding[] {
  if (cluster === undefined || late?.what === 'cluster') {
    return [];
  }
  const { is } = cluster;
  const wrong = (kind: string, detail: string): Finding[] => [{ kind, subject: 'cluster', detail }];
  const groups = (is.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId);
  return [
    ...(is.StorageEncrypted === true && is.KmsKeyId === declared.key
      ? []
      : wrong('EncryptionDiffers', `encrypted with ${is.KmsKeyId ?? 'no key'}`)),
    ...(is.IamDatabaseAuthenticationEnabled === true ? [] : wrong('IamLoginOff', 'nobody can log in by IAM')),
    ...(is.DbClusterParameterGroup === declared.parameterGroup
      ? []
      : wrong('ParametersDiffer', `it has ${is.DbClusterParameterGroup ?? 'none'}, which may not force TLS`)),
    ...(groups.join() === declared.securityGroup
      ? []
      : wrong('NotIsolated', `it is in the security groups ${groups.join(', ') || 'of the default'}`)),
  ];
}

function answerFindings({ check, usable }: RestoreTested, { isChecked }: Declared): Finding[] {
  if (check === undefined) {
    const isSkipped = isChecked && usable !== undefined;
    return isSkipped ? [{ kind: 'CheckMissing', subject: 'rows', detail: 'nobody asked the database' }] : [];
  }
  const { isRight, findings } = check.answer;
  const isSilent = !isRight && findings.length === 0;
  return isSilent ? [{ kind: 'CheckFailed', subject: 'rows', detail: 'the check found it wrong' }] : findings;
}

/** The check may have an objective of its own. */
function isToldBy(check: RestoreTested['check']): boolean {
  return check?.answer.findings.some(({ kind }) => kind === 'RecoveryPointExceeded') ?? false;
}

function over(kind: string, measured: number | undefined, declared: number): Finding[] {
  return measured === undefined || measured <= declared
    ? []
    : [{ kind, subject: 'objective', detail: `${measured} seconds, ${declared} are declared` }];
}

function secondsBetween(one: string | undefined, other: string | undefined): number | undefined {
  return one === undefined || other === undefined
    ? undefined
    : Math.round((Date.parse(other) - Date.parse(one)) / 1000);
}
