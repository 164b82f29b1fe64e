import { runCommand } from './program';
import { terminalOf } from './terminal';

/** Runs the command that the process was started with. */
export async function main(now: Date): Promise<void> {
  process.exitCode = await runCommand(process.argv.slice(2), terminalOf(process, now));
}
