import { isDate } from '../../core/clock';
import { repositoryAround } from '../check/source-lines';
import { graphOf } from '../check/own-packs';
import { readAssembly } from '../cloud-assembly';
import { CannotRun, ExitCode } from '../exit-code';
import { plain } from '../plain-text';
import type { Terminal } from '../terminal';
import { Waiting } from '../waiting';
import { MANIFEST_FILE, manifestOf, SIGNATURE_FILE, type BundleFile } from './bundle/manifest';
import { signerNamed } from './bundle/signature';
import { verifyBundle } from './bundle/verify';
import { writeBundle } from './bundle/write-bundle';
import { sourcesIn } from './model/cover';
import { evidenceOf, type Evidence } from './model/evidence';
import { oscalFiles } from './oscal/oscal';
import { pageOf } from './page/page';
import { readRecords } from './records/read-records';
import { recordSchema } from './records/record';
import { VERSION } from './version';

/** What was typed. */
export interface EvidenceWords {
  readonly assembly: string;
  readonly out?: string;
  readonly day?: string;
  readonly observed?: string;
  readonly attested?: string;
  readonly sign?: string;
  readonly verify?: string;
  readonly key?: string;
  readonly schema?: boolean;
  readonly json?: boolean;
}

/** Writes a bundle, verifies one, or prints the schema of records: as the words say. */
export async function runEvidence(words: EvidenceWords, terminal: Terminal): Promise<ExitCode> {
  if (words.schema === true) {
    terminal.print(JSON.stringify(recordSchema(), null, 2));
    return ExitCode.CLEAN;
  }
  return words.verify === undefined ? write(words, terminal) : verify(words.verify, words, terminal);
}

async function write(words: EvidenceWords, terminal: Terminal): Promise<ExitCode> {
  const { out } = words;
  if (out === undefined) {
    terminal.tell("error: required option '--out <directory>' not specified");
    return ExitCode.USAGE;
  }
  const signer = words.sign === undefined ? undefined : await signerNamed(words.sign);
  const waiting = new Waiting(terminal);
  try {
    const evidence = await collect(words, out, terminal.now, waiting);
    await waiting.for('Writing');
    const files = filesOf(evidence);
    const { day, tool, sources } = evidence.cover;
    const manifest = manifestOf(files, { day, commit: sources.commit, tool });
    const signature = signer && {
      file: SIGNATURE_FILE,
      content: `${JSON.stringify(await signer.sign(manifest), null, 2)}\n`,
    };
    writeBundle(out, [...files, { file: MANIFEST_FILE, content: manifest }, ...(signature ? [signature] : [])]);
    waiting.stop();
    return tellOf(evidence, words, out, terminal);
  } finally {
    waiting.stop();
  }
}

async function collect(words: EvidenceWords, out: string, now: Date, waiting: Waiting): Promise<Evidence> {
  const day = words.day ?? now.toISOString().slice(0, 10);
  if (!isDate(day)) {
    throw new CannotRun(`--day ${day} is no day.`, 'Write it as YYYY-MM-DD.');
  }
  await waiting.for(`Reading ${words.assembly}`);
  const assembly = readAssembly(words.assembly);
  if (assembly.stacks.length === 0) {
    throw new CannotRun(`The assembly in ${words.assembly} holds no stack.`, 'Synthesise an app that has one.');
  }
  const records = (['observed', 'attested'] as const).flatMap((kind) => {
    const directory = words[kind];
    return directory === undefined ? [] : readRecords(kind, directory, day);
  });
  await waiting.for(`Judging ${assembly.stacks.length} stacks`);
  const graph = graphOf(words.assembly);
  const sources = sourcesIn(repositoryAround(process.cwd()), out);
  return evidenceOf({ assembly, graph, records, day, tool: VERSION, sources });
}

function filesOf(evidence: Evidence): BundleFile[] {
  return [
    { file: 'index.html', content: pageOf(evidence) },
    ...oscalFiles(evidence),
    ...evidence.records.map(({ file, content }) => ({ file, content })),
  ];
}

function tellOf({ report, cover }: Evidence, { json }: EvidenceWords, out: string, terminal: Terminal): ExitCode {
  const { verdict } = report;
  if (json === true) {
    terminal.print(JSON.stringify({ directory: out, day: cover.day, ...cover.sources, verdict }, null, 2));
  } else {
    terminal.print([`Evidence written to ${out}: open ${out}/index.html.`, ...verdict].map(plain).join('\n'));
  }
  return verdict.length === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
}

function verify(directory: string, { key, json }: EvidenceWords, terminal: Terminal): ExitCode {
  const verification = verifyBundle(directory, key);
  const { different, missing, extra, trust, isForged, manifest } = verification;
  const differences = [
    ...different.map((file) => `differs: ${file}`),
    ...missing.map((file) => `missing: ${file}`),
    ...extra.map((file) => `extra:   ${file}`),
  ];
  if (json === true) {
    terminal.print(JSON.stringify(verification, null, 2));
  } else {
    const same = `${manifest.files.length} files are as the manifest of ${manifest.day} says.`;
    terminal.print([...(differences.length === 0 ? [same] : differences), trust].map(plain).join('\n'));
  }
  return differences.length === 0 && !isForged ? ExitCode.CLEAN : ExitCode.FINDINGS;
}
