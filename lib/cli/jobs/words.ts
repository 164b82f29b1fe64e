import { printable } from '../printable';
import { secretIn } from './secrets';

/** What was typed. */
export interface JobWords {
  readonly assembly: string;
  readonly store?: string;
  /** Name of a process. */
  readonly name: string;
  /** Why. */
  readonly reason: string;
  /** What to run; empty for what the process runs by itself. */
  readonly command: readonly string[];
  /** Minutes after which nobody waits any longer. */
  readonly timeout: number;
  /** Stop the task, and do not leave it alone, when nobody waits any longer. */
  readonly stop?: boolean;
  readonly json?: boolean;
  readonly profile?: string;
}

/** Shortest and longest reason: one that says something, and fits into a tag. */
const REASON = { shortest: 8, longest: 256 };

/** RunTask takes 8,192 characters of overrides, names included. */
const LONGEST_COMMAND = 8_000;

/** What is wrong with a reason and a command, in words for whoever typed them; undefined when nothing is. */
export function complaintAbout({ reason, command }: Pick<JobWords, 'reason' | 'command'>): string | undefined {
  if (reason.trim().length < REASON.shortest || reason.length > REASON.longest || printable(reason) !== reason) {
    return `--reason has to say why in ${REASON.shortest} to ${REASON.longest} characters, on one line.`;
  }
  if (JSON.stringify(command).length > LONGEST_COMMAND) {
    return `The command is longer than ${LONGEST_COMMAND} characters, which is what ECS takes.`;
  }
  const [inReason, inCommand] = [secretIn([reason]), secretIn(command)];
  if (inReason !== undefined) {
    return `--reason is written down, and seems to hold a secret: ${inReason.replace('word 1 ', 'it ')}.`;
  }
  return inCommand === undefined
    ? undefined
    : `The command is written down, and seems to hold a secret: ${inCommand}. Let the shop make the secret, or read it ` +
        'from its environment or from Secrets Manager.';
}
