import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Progress, Terminal } from './terminal';

/** How long a person waits without being told, in milliseconds. */
const PATIENCE = 1000;

/** Tells a person what a command is at, once it takes longer than they expect. */
export class Waiting {
  private readonly started = performance.now();
  private progress?: Progress;

  public constructor(private readonly terminal: Pick<Terminal, 'progress'>) {}

  /** Says what comes next, if it is time; and lets the line be drawn before the work goes on. */
  public async for(work: string): Promise<void> {
    if (performance.now() - this.started > PATIENCE) {
      this.progress ??= await this.terminal.progress(work);
      this.progress.say(work);
    }
    await setImmediate();
  }

  /** Takes the line away. */
  public stop(): void {
    this.progress?.stop();
  }
}
