import { InvalidArgumentError, type Command } from 'commander';
import type { CliCommand, Run } from '../command';
import type { JobListWords } from '../jobs/list';
import { complaintAbout, type JobWords } from '../jobs/words';

const HELP = `
Runs a command in a task of its own beside the shop: same image, settings, secrets, roles and network as the process it
is named after, and nothing else of them can be changed. The words behind -- are handed over one by one; no shell reads
them, here or there. What the command says is printed, control characters written out.

Before anything starts, who runs what and why is written down in the ledger of the store, where it can be added to and
not changed. When that fails, nothing starts. Reason and command stand in CloudTrail and in ECS as well: what looks like
a password, a key or the number of a card is refused, as far as it can be told by name and shape.

  worker      for commands that work on the shop
  migrations  for commands that change tables; without a command, what it runs before a rollout
  "job list" shows all of them.

With --json, what the command says goes to standard error, and the outcome to standard output.
Ctrl-C, and the end of --timeout, leave the task alone and say how to follow it; with --stop they stop it.
Whoever runs commands needs a policy that the store has made: attach it ("job list --json" has its ARN), or write
jobLedger.grantRun(role).

Exit codes: 0 the command ended with 0, 1 with another code, 3 it did not run, or nobody waited for its end.

Examples:
  npx commerce-baseline job run worker --reason "Owner forgot her password" -- wp shop invite owner@acme.example
  npx commerce-baseline job run migrations --reason "Repeat after the lock was gone, ticket 142"`;

const GROUP_HELP = `
Both take --json, and each has help of its own: npx commerce-baseline job run --help

Exit codes: 0 the command ended with 0, 1 with another code; 2 and 3 as everywhere.`;

/** `commerce-baseline job`: commands in tasks of the store, each with a reason. */
export const job: CliCommand = {
  addTo(program, run) {
    const group = program
      .command('job')
      .summary('run a command in a task of the store, and say why')
      .description('Runs a command in a task of the store. Who did and why is written down first.')
      .addHelpText('after', GROUP_HELP)
      .enablePositionalOptions();
    addRun(group, run);
    addList(group, run);
  },
};

function addRun(group: Command, run: Run): void {
  aboutAJob(group.command('run'))
    .summary('run a command')
    .description('Runs a command in a task of the store, prints what it says, and ends as it ended.')
    .argument('<name>', 'the process to run it as, in whatever case: see "job list"')
    .argument('[command...]', 'behind --: the command, word by word; without it, what a job runs by itself')
    .requiredOption('--reason <text>', 'why, in a sentence: written down')
    .option('--timeout <minutes>', 'how long to wait', minutes, 60)
    .option('--stop', 'stop the task when nobody waits any longer')
    .addHelpText('after', HELP)
    .action((name: string, command: string[], options: Omit<JobWords, 'name' | 'command'>, typed: Command) => {
      const words = { ...options, name, command };
      const complaint = complaintAbout(words);
      if (complaint !== undefined) {
        typed.error(`error: ${complaint}`);
      }
      return run(async (terminal) => {
        const { runJob } = await import('../jobs/run.ts');
        return runJob(words, terminal);
      });
    });
}

function addList(group: Command, run: Run): void {
  aboutAJob(group.command('list'))
    .summary('say what a command can be run in')
    .description('Says what a command can be run in, what that runs by itself, and where it says what it does.')
    .action((options: JobListWords) =>
      run(async (terminal) => {
        const { listJobs } = await import('../jobs/list.ts');
        return listJobs(options, terminal);
      }),
    );
}

/** The store is an option here: a command has arguments of its own. */
function aboutAJob(command: Command): Command {
  return command
    .option('--store <store>', 'the store, as <id>-<environment>; needed where the assembly holds several')
    .option('--assembly <directory>', 'what "cdk synth" wrote', 'cdk.out')
    .option('--json', 'print JSON: for a program, complete')
    .option('--profile <name>', 'the AWS profile to use');
}

function minutes(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1440)) {
    throw new InvalidArgumentError('It is a number of minutes, up to 1440.');
  }
  return value;
}
