import { Option } from 'commander';
import type { CliCommand } from '../command';
import type { EvidenceWords } from '../evidence/run';

const HELP = `
Writes a directory for an auditor: index.html, a page that needs nothing else and runs no script; the same as OSCAL; and
manifest.json, which names each file by its SHA-256. The page is computed from the templates, so all of it is designed.
What was observed in an account, or attested by a person, comes from records that you give; docs/EVIDENCE.md describes
them. The same assembly, records, day and commit give the same bytes. It asks no account, but for a key in KMS.

--verify names every file that differs, is missing or is extra. Without a signature, or without --key, it vouches for
integrity only.

Exit codes: 0 clean; 1 a finding that nobody acknowledged, a waiver past its last day (the bundle is written all the
same), or a bundle that is not as its manifest says; 2 and 3 as everywhere.

Examples:
  npx commerce-baseline evidence --out evidence
  npx commerce-baseline evidence cdk.out --out evidence --attested records/attested --sign key.pem
  npx commerce-baseline evidence --out evidence --sign kms:<ARN of a key>
  npx commerce-baseline evidence --verify evidence --key key.pub.pem`;

/** `commerce-baseline evidence`: what an auditor reads. */
export const evidence: CliCommand = {
  addTo(program, run) {
    program
      .command('evidence')
      .summary('write what an auditor reads, or verify it')
      .description('Writes what an auditor reads about an assembly, or verifies what was written.')
      .argument('[directory]', 'what "cdk synth" wrote', 'cdk.out')
      .option('--out <directory>', 'where to write it; an earlier bundle there is replaced')
      .option('--day <date>', 'the day of the evidence, YYYY-MM-DD; otherwise today, UTC')
      .option('--observed <directory>', 'records of what was read from an account')
      .option('--attested <directory>', 'records of what people say')
      .option('--sign <key>', 'sign the manifest with this private key: a file, PEM, or kms:<ARN>')
      .addOption(new Option('--verify <directory>', 'verify this bundle').conflicts(['out', 'sign', 'schema']))
      .option('--key <file>', 'with --verify: the public key that has to have signed it, PEM')
      .option('--schema', 'print the JSON Schema of records')
      .option('--json', 'print JSON: for a program, complete')
      .addHelpText('after', HELP)
      .action((assembly: string, options: Omit<EvidenceWords, 'assembly'>) =>
        run(async (terminal) => {
          const { runEvidence } = await import('../evidence/run.ts');
          return runEvidence({ ...options, assembly }, terminal);
        }),
      );
  },
};
