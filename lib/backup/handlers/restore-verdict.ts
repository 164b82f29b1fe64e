import * as z from 'zod/mini';
import { METRICS } from '../restore-test-names';

const time = z.iso.datetime({ offset: true });

/** Something that AWS refused. */
export const Failure = z.object({ Error: z.string() });

/** What every check of something restored answers. */
export const Answer = z.object({
  isRight: z.boolean(),
  findings: z.array(z.object({ kind: z.string(), subject: z.string(), detail: z.string() })),
});

/** Something that is not as it should be. */
export type Finding = z.infer<typeof Answer>['findings'][number];

/** What a state machine has gathered of one restore, whatever was restored, as AWS calls it. */
export const Tested = z.object({
  restoreJobId: z.string(),
  job: z.object({
    Status: z.string(),
    StatusMessage: z.optional(z.string()),
    CreationDate: time,
    RecoveryPointArn: z.optional(z.string()),
    RecoveryPointCreationDate: z.optional(time),
    SourceResourceArn: z.optional(z.string()),
  }),
  /** When it was there and had answered. */
  usable: z.optional(z.object({ at: time })),
  /** What could not be done. */
  failure: z.optional(Failure),
  /** What did not come in time. */
  late: z.optional(z.object({ what: z.string() })),
});
export type Tested = z.infer<typeof Tested>;

/** A measurement as CloudWatch takes it. */
export interface Measurement {
  readonly MetricName: string;
  readonly Value: number;
  readonly Unit: 'Seconds' | 'Count';
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** Makes a measurement of whoever is judged. */
export type Measure = (name: string, value: number, unit: Measurement['Unit']) => Measurement;

/** What every restore is measured by. */
export interface Declared {
  readonly store: string;
  readonly recoveryTimeSeconds: number;
  readonly recoveryPointSeconds: number;
  readonly now: Date;
  readonly measure: Measure;
}

/** The verdict, for AWS Backup, for the metrics and for the evidence. */
export interface Verdict {
  readonly status: 'SUCCESSFUL' | 'FAILED' | 'TIMED_OUT';
  readonly message: string;
  readonly metrics: readonly Measurement[];
  /** JSON. */
  readonly report: string;
}

/** What was seen of one restore. */
export interface Seen {
  /** What is wrong with it, beside how long it took. */
  readonly findings: readonly Finding[];
  /** Data that would have been lost, in seconds, where something tells better than the age of the backup. */
  readonly recoveryPointSeconds?: number;
  /** Whether the recovery point was judged by who measured it. */
  readonly isPointJudged?: boolean;
  /** What the report says beside. */
  readonly more: object;
}

/** AWS Backup shows the message in a list. */
const LONGEST_MESSAGE = 1000;

/** A restore is right only when every step was made and nothing was found: what is not known is not right. */
export function conclude(test: Tested, declared: Declared, seen: Seen): Verdict {
  const { restoreJobId, job, usable, late } = test;
  const recoveryTime = secondsBetween(job.CreationDate, usable?.at);
  // What is lost is what came after the backup, unless something in the data tells better.
  const recoveryPoint = seen.recoveryPointSeconds ?? secondsBetween(job.RecoveryPointCreationDate, job.CreationDate);
  const findings = [
    ...seen.findings,
    ...over('RecoveryTimeExceeded', recoveryTime, declared.recoveryTimeSeconds),
    ...(seen.isPointJudged === true ? [] : over('RecoveryPointExceeded', recoveryPoint, declared.recoveryPointSeconds)),
  ];
  const status = findings.length === 0 ? 'SUCCESSFUL' : late === undefined ? 'FAILED' : 'TIMED_OUT';
  const named = findings.map(({ kind, subject }) => `${kind} (${subject})`).join(', ');
  const { store, recoveryTimeSeconds, recoveryPointSeconds, now, measure } = declared;
  const report = {
    ...{ restoreJobId, store, status, findings, judgedAt: now.toISOString() },
    restoredFrom: { resource: job.SourceResourceArn, recoveryPoint: job.RecoveryPointArn },
    recoveryPointAt: job.RecoveryPointCreationDate,
    restoreStartedAt: job.CreationDate,
    usableAt: usable?.at,
    ...seen.more,
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

/** What the steps of a test are about. */
export interface Steps {
  /** What is spoken to when a step fails. */
  readonly failing: string;
  /** What has answered once every step is made. */
  readonly last: string;
  /** What else went wrong on the way. */
  readonly others?: readonly Finding[];
}

/** Steps that were not made. */
export function stepFindings({ job, failure, late, usable }: Tested, { failing, last, others = [] }: Steps): Finding[] {
  const why = `${job.Status}: ${job.StatusMessage ?? 'AWS Backup does not say why'}`;
  const findings = [
    ...found(job.Status !== 'COMPLETED', 'RestoreFailed', 'restore job', why),
    ...found(failure !== undefined, 'StepFailed', failing, failure?.Error ?? ''),
    ...found(late !== undefined, 'TimedOut', late?.what ?? '', 'did not come in time'),
    ...others,
  ];
  return findings.length > 0 ? findings : found(usable === undefined, 'StepMissing', last, 'nobody saw it answer');
}

/** What a check answered. One that finds something wrong has to say what; if it does not, that is said of it. */
export function answerFindings({ isRight, findings }: z.infer<typeof Answer>, subject: string): readonly Finding[] {
  const isSilent = !isRight && findings.length === 0;
  return isSilent ? [{ kind: 'CheckFailed', subject, detail: 'the check found it wrong' }] : findings;
}

/** One finding, or none. */
export function found(isSo: boolean, kind: string, subject: string, detail: string): Finding[] {
  return isSo ? [{ kind, subject, detail }] : [];
}

function over(kind: string, measured: number | undefined, declared: number): Finding[] {
  return found((measured ?? 0) > declared, kind, 'objective', `${measured} seconds, ${declared} are declared`);
}

function secondsBetween(one: string | undefined, other: string | undefined): number | undefined {
  return one === undefined || other === undefined
    ? undefined
    : Math.round((Date.parse(other) - Date.parse(one)) / 1000);
}
