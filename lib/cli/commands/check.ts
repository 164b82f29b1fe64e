import { Option } from 'commander';
import type { CliCommand } from '../command';
import type { CheckWords } from '../check/run';

const HELP = `
Reads what the rule packs said while an app was synthesised, whose ever app it is: findings by pack and practice, what
is acknowledged and why, waivers with their owners and the days left, and acknowledgements that nothing answers to.
With --packs it also runs the packs of this package, on an app that need not know them. It asks no account.

Exit codes: 0 clean; 1 a finding that nobody acknowledged (with --base: that the base does not have), a waiver past
its last day, or in a store of ours an acknowledgement that nothing answers to; 2 and 3 as everywhere.

Examples:
  npx commerce-baseline check
  npx commerce-baseline check cdk.out --packs --format markdown >> "$GITHUB_STEP_SUMMARY"
  npx commerce-baseline check --format sarif --output check.sarif
  npx commerce-baseline check --base main.json                  # of: check --json --output main.json, on main`;

/** `commerce-baseline check`: the gate of a change. */
export const check: CliCommand = {
  addTo(program, run) {
    program
      .command('check')
      .summary('say what the rule packs found, what is waived, and until when')
      .description('Says what the rule packs found in an assembly, what is waived, and until when.')
      .argument('[directory]', 'what "cdk synth" wrote', 'cdk.out')
      .option('--packs [names]', 'run the packs of this package, too: all, or these, with commas between them')
      .option('--base <report or directory>', 'an earlier report as JSON, or an assembly: only what is new counts')
      .addOption(
        new Option('--format <format>', 'how to print it')
          .choices(['table', 'markdown', 'sarif', 'json'])
          .default('table'),
      )
      .option('--json', 'print JSON: for a program, complete; the same as --format json')
      .option('--output <file>', 'write it to this file instead of printing it')
      .option('--root <directory>', 'the repository that source files are relative to; otherwise, where .git is')
      .option('--newer-schema', 'read an assembly of a newer CDK than this version was tested with')
      .addHelpText('after', HELP)
      .action((assembly: string, options: Omit<CheckWords, 'assembly'>) =>
        run(async (terminal) => {
          const { runCheck } = await import('../check/run.ts');
          return runCheck({ ...options, assembly }, terminal);
        }),
      );
  },
};
