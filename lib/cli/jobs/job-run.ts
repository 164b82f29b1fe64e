import { setTimeout } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient } from '@aws-sdk/client-ecs';
import type { JobPlace } from '../../core/job-metadata';
import type { Aws } from '../aws/aws';
import { isDenied, isRefusal, messageOf } from '../aws/errors';
import { CannotRun } from '../exit-code';
import { LedgerEntry, type Entry } from './ledger';
import { Tasks, type TaskRequest, type TaskState } from './task';
import { TaskOutput } from './task-output';

/** What is run, where, and for whom. */
export interface JobRequest extends TaskRequest {
  readonly process: string;
  readonly region: string;
  /** ARN of whoever asked. */
  readonly by: string;
  readonly place: JobPlace;
}

/** How a run is watched. */
export interface Watch {
  readonly aws: Aws;
  /** Now, as the ledger is to know it. */
  readonly now: () => Date;
  /** Aborted when nobody waits any longer. */
  readonly signal: AbortSignal;
  /** Whether the task is stopped then. */
  readonly stop: boolean;
  /** Milliseconds between two looks. */
  readonly pause: number;
  /** Takes every line of the output. */
  readonly print: (line: string) => void;
  /** Is told how the task stands now. */
  readonly say: (status: string) => void;
  /** Is told what could not be written down. */
  readonly warn: (text: string) => void;
}

/** How a run came out, as far as somebody waited for it. */
export interface Outcome {
  readonly event: 'not-started' | 'unknown' | 'ended' | 'left' | 'stopped';
  readonly task?: string;
  readonly exitCode?: number;
  /** Why it did not start, stopped, or was lost sight of. */
  readonly why?: string;
}

/** Looks that have to bring nothing new after the end, until there is nothing: CloudWatch is some seconds behind. */
const QUIET_LOOKS = 3;

/** One run: written down, started, watched to its end, and that written down too. */
export class JobRun {
  /** Where it is written down. */
  public readonly entry: LedgerEntry;
  private readonly tasks: Tasks;

  public constructor(
    private readonly request: JobRequest,
    private readonly watch: Watch,
  ) {
    const { region, place, run } = request;
    this.entry = new LedgerEntry(this.logs, place.ledger, run, watch.now);
    this.tasks = new Tasks(watch.aws.client(ECSClient, region), place);
  }

  /**
   * Runs it. Nothing starts before it is written down who wants what, and why.
   *
   * @throws CannotRun when that cannot be written down
   */
  public async run(): Promise<Outcome> {
    const { process, command, reason, by } = this.request;
    await this.open({ event: 'requested', process, command, reason, by });
    const outcome = await this.startAndFollow();
    await this.note({ ...outcome });
    return outcome;
  }

  /** What the task with that ARN says. */
  public outputOf(task: string): TaskOutput {
    const { logGroup, streamPrefix, container } = this.request.place;
    const stream = `${streamPrefix}/${container}/${task.slice(task.lastIndexOf('/') + 1)}`;
    return new TaskOutput(this.logs, logGroup, stream, this.watch.print);
  }

  private get logs(): CloudWatchLogsClient {
    return this.watch.aws.client(CloudWatchLogsClient, this.request.region);
  }

  private async open(entry: Entry): Promise<void> {
    try {
      await this.entry.open(entry);
    } catch (error) {
      const { ledger, policy } = this.request.place;
      throw new CannotRun(
        `Nothing was started: the reason could not be written down in ${ledger}. ${messageOf(error)}`,
        isDenied(error) ? `Let somebody attach ${policy} to your role.` : 'Try again.',
      );
    }
  }

  private async startAndFollow(): Promise<Outcome> {
    let task: string;
    try {
      task = await this.tasks.start(this.request);
    } catch (error) {
      const hint = isDenied(error) ? ` The policy ${this.request.place.policy} lets somebody.` : '';
      return { event: isRefusal(error) ? 'not-started' : 'unknown', why: `${messageOf(error)}${hint}` };
    }
    await this.note({ event: 'started', task });
    try {
      return { task, ...(await this.follow(task)) };
    } catch (error) {
      return { event: 'left', task, why: messageOf(error) };
    }
  }

  private async follow(task: string): Promise<Outcome> {
    const output = this.outputOf(task);
    let status = '';
    for (;;) {
      const state = await this.tasks.look(task);
      await output.read();
      if (state?.status === 'STOPPED') {
        await this.drain(output);
        return outcomeOf(state);
      }
      if (state !== undefined && state.status !== status) {
        ({ status } = state);
        this.watch.say(status);
      }
      if (this.watch.signal.aborted) {
        return this.leave(task);
      }
      await this.pause();
    }
  }

  private async drain(output: TaskOutput): Promise<void> {
    for (let quiet = 0; quiet < QUIET_LOOKS && !this.watch.signal.aborted;) {
      await this.pause();
      quiet = (await output.read()) > 0 ? 0 : quiet + 1;
    }
  }

  private async leave(task: string): Promise<Outcome> {
    if (!this.watch.stop) {
      return { event: 'left' };
    }
    await this.tasks.stop(task, `${this.request.by} did not want to wait any longer`.slice(-255));
    return { event: 'stopped' };
  }

  /** Waits until the next look, or until nobody waits any longer. */
  private async pause(): Promise<void> {
    const { pause, signal } = this.watch;
    await setTimeout(pause, undefined, { signal }).catch(() => undefined);
  }

  /** What happened is written down, too; the task is under way by then, and is not stopped for want of it. */
  private async note(entry: Entry): Promise<void> {
    try {
      await this.entry.add(entry);
    } catch (error) {
      this.watch.warn(`"${entry.event}" could not be written down: ${messageOf(error)}`);
    }
  }
}

function outcomeOf({ exitCode, stoppedReason }: TaskState): Outcome {
  return exitCode === undefined
    ? { event: 'not-started', why: stoppedReason }
    : { event: 'ended', exitCode, why: stoppedReason };
}
