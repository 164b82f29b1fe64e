import { runCommand } from './program';
import { terminalOf } from './terminal';

/** Runs the command that the process was started with. */
export async function main(now: Date): Promise<void> {
  [process.stdout, process.stderr].forEach((stream) => stream.on('error', unlessNobodyReads));
  process.exitCode = await runCommand(process.argv.slice(2), terminalOf(process, now));
}

/** "| head" has read enough. That is no mistake, and what is under way is seen to its end. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') {
    throw error;
  }
}
