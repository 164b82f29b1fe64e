import { reviewOf } from '../assembly-review';
import { readAssembly, type CloudAssembly } from '../cloud-assembly';
import { CannotRun, ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { Waiting } from '../waiting';
import { writeWhole } from '../write-whole';
import { fingerprintsOf, isDirectory } from './base';
import { check } from './check';
import { renderMarkdown, renderText } from './check-page';
import type { CheckReport } from './check-report';
import { ownPacks, practiceOf } from './own-packs';
import { renderSarif } from './sarif';
import { repositoryAround, SourceLines } from './source-lines';

/** How a report can be printed. */
export const FORMATS = ['table', 'markdown', 'sarif', 'json'] as const;

/** What was typed. */
export interface CheckWords {
  readonly assembly: string;
  readonly packs?: string | true;
  readonly base?: string;
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
  readonly output?: string;
  /** Directory of the repository. */
  readonly root?: string;
  readonly newerSchema?: boolean;
}

/** The newest schema of assemblies that this version was tested with: of aws-cdk-lib 2.276.0. */
const NEWEST_SCHEMA = 55;

/** Checks, and prints or writes what was found. */
export async function runCheck(words: CheckWords, terminal: Terminal): Promise<ExitCode> {
  const waiting = new Waiting(terminal);
  try {
    const report = await checkAssembly(words, terminal.now, waiting);
    const text = textOf(report, words);
    waiting.stop();
    if (words.output === undefined) {
      terminal.print(text);
    } else {
      writeWhole(words.output, `${text}\n`);
      terminal.tell([`Written to ${words.output}.`, ...report.verdict].join('\n'));
    }
    return report.verdict.length === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
  } finally {
    waiting.stop();
  }
}

/** Checks the assembly that `words` name, against their base. */
export async function checkAssembly(words: CheckWords, now: Date, waiting: Waiting): Promise<CheckReport> {
  const { assembly: directory, base, root = repositoryAround(process.cwd()) } = words;
  await waiting.for(`Reading ${directory}`);
  const assembly = readWhole(directory, words);
  await waiting.for(`Judging ${assembly.stacks.length} stacks`);
  const review = reviewOf(assembly, packsFor(directory, words));
  const sources = new SourceLines(
    root,
    assembly.stacks.flatMap(({ entries }) => entries),
  );
  await waiting.for('Comparing');
  return check(review, { now, sources, practiceOf, base: base === undefined ? undefined : baseOf(base, words, now) });
}

function packsFor(directory: string, { packs }: CheckWords): ReturnType<typeof ownPacks> {
  return packs === undefined ? [] : ownPacks(directory, packs);
}

/** Fingerprints of the base: an earlier report, or an assembly that is judged in the same way. */
function baseOf(base: string, words: CheckWords, now: Date): readonly string[] {
  if (!isDirectory(base)) {
    return fingerprintsOf(base);
  }
  const review = reviewOf(readWhole(base, words), packsFor(base, words));
  return check(review, { now, practiceOf, sources: new SourceLines(base, []) }).findings.map(
    ({ fingerprint }) => fingerprint,
  );
}

/** An assembly that can be judged: what a newer CDK writes may hold what this version would not see. */
function readWhole(directory: string, { newerSchema }: CheckWords): CloudAssembly {
  const assembly = readAssembly(directory);
  if (Number.parseInt(assembly.schema, 10) > NEWEST_SCHEMA && newerSchema !== true) {
    throw new CannotRun(
      `The assembly in ${directory} was written by a newer CDK: its schema is ${assembly.schema}, this version was tested up to ${NEWEST_SCHEMA}.`,
      'Update cdk-commerce-baseline, or add --newer-schema to read it all the same.',
    );
  }
  if (assembly.stacks.length === 0) {
    throw new CannotRun(
      `The assembly in ${directory} holds no stack: there is nothing to check.`,
      'Synthesise an app that has one.',
    );
  }
  return assembly;
}

function textOf(report: CheckReport, { format, json, assembly, root }: CheckWords): string {
  const chosen = json === true ? 'json' : format;
  switch (chosen) {
    case 'json':
      return JSON.stringify(report, null, 2);
    case 'markdown':
      return renderMarkdown(report).trimEnd();
    case 'sarif':
      return renderSarif(report, { directory: assembly, root: root ?? repositoryAround(process.cwd()) });
    default:
      return renderText(report);
  }
}
