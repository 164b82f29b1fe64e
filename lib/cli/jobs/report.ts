import { printable } from '../printable';
import type { JobRequest, JobRun, Outcome } from './job-run';
import { startedBy } from './task';
import { remedyFor } from './why-not-started';

/** What is known of a run once nobody waits for it any longer. */
export interface JobReport extends Omit<Outcome, 'event'> {
  readonly outcome: Outcome['event'];
  readonly process: string;
  readonly command: readonly string[];
  readonly reason: string;
  readonly by: string;
  readonly run: string;
  readonly region: string;
  readonly cluster: string;
  /** Where the output is. */
  readonly output?: LogPlace;
  /** Where it is written down. */
  readonly ledger: LogPlace;
}

/** A log stream. */
export interface LogPlace {
  readonly logGroup: string;
  readonly logStream: string;
}

/** The report about `job`. */
export function reportOf(request: JobRequest, job: JobRun, { event, ...outcome }: Outcome): JobReport {
  const { place, process, command, reason, by, run, region } = request;
  const { task } = outcome;
  return {
    outcome: event,
    ...outcome,
    process,
    command,
    reason,
    by,
    run,
    region,
    cluster: place.cluster,
    output: task === undefined ? undefined : { logGroup: place.logGroup, logStream: job.outputOf(task).stream },
    ledger: { logGroup: place.ledger, logStream: job.entry.stream },
  };
}

/** The report for a person: how it came out, and what to do now. */
export function renderReport(report: JobReport): string {
  const { ledger } = report;
  return [...cameOut(report), `Written down in ${ledger.logGroup}, stream ${ledger.logStream}.`].join('\n');
}

function cameOut(report: JobReport): string[] {
  const { process, exitCode, region, cluster, task = '', output } = report;
  const why = printable(report.why ?? '');
  const follow = `  aws logs tail ${output?.logGroup} --log-stream-names ${output?.logStream} --follow --region ${region}`;
  const stop = `  aws ecs stop-task --cluster ${cluster} --task ${task} --region ${region}`;
  switch (report.outcome) {
    case 'ended':
      return [`${process} ended with exit code ${exitCode}.${exitCode === 0 || why === '' ? '' : ` ${why}`}`];
    case 'not-started':
      return [`${process} did not run: ${why || 'ECS does not say why.'}`, remedyFor(why)];
    case 'unknown':
      return [
        `It is not known whether ${process} started: ${why}`,
        'To find out:',
        `  aws ecs list-tasks --cluster ${cluster} --started-by ${startedBy(report.run)} --region ${region}`,
      ];
    case 'stopped':
      return [`ECS was asked to stop ${process}. Its last words:`, follow];
    case 'left':
      return [`${process} goes on; nobody waits for it. ${why}`.trim(), 'To follow it:', follow, 'To stop it:', stop];
  }
}
