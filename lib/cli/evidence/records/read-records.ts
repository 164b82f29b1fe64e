import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { DateTime, Duration } from 'luxon';
import * as z from 'zod/mini';
import { CONTROLS } from '../../../compliance/catalogue';
import { CannotRun } from '../../exit-code';
import { sha256 } from '../model/cover';
import { dayOf, RECORDS, type AttestedRecord, type ObservedRecord, type RecordFile, type RecordKind } from './record';

const AS_DOCUMENTED = 'docs/EVIDENCE.md says what a record holds; "commerce-baseline evidence --schema" prints it.';

/**
 * The records of `kind` in `directory`: its files that end in `.json`, in the order of their names.
 *
 * @param day the day of the evidence: a record of a later day is refused
 * @throws CannotRun when one is not what it should be, or the document it names is another one. A record that is left
 * out would not be missed.
 */
export function readRecords(kind: RecordKind, directory: string, day: string): RecordFile[] {
  return namesIn(kind, directory).map((name) => readRecord(kind, path.join(directory, name), day));
}

function namesIn(kind: RecordKind, directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    throw new CannotRun(`--${kind} ${directory} cannot be read: ${(error as Error).message}.`, 'Name a directory.');
  }
}

function readRecord(kind: RecordKind, file: string, day: string): RecordFile {
  const content = readFileSync(file);
  const record = parsed(kind, file, content.toString());
  const control = CONTROLS.find(({ id }) => id === record.control);
  if (control === undefined) {
    throw new CannotRun(
      `${file} is about ${record.control}: there is no such control.`,
      'docs/CONTROLS.md lists them.',
    );
  }
  if (dayOf(record) > day) {
    throw new CannotRun(
      `${file} is of ${dayOf(record)}, and the evidence of ${day}.`,
      'Correct the day of the record, or write the evidence on a later day.',
    );
  }
  const every = control.check.kind === 'attestation' && kind === 'attested' ? control.check.every : undefined;
  const until = every && DateTime.fromISO(dayOf(record)).plus(Duration.fromISO(every)).toISODate();
  return {
    record,
    file: `records/${kind}/${path.basename(file)}`,
    content,
    sha256: sha256(content),
    document: documentOf(record, file),
    until: until ?? undefined,
    isLapsed: typeof until === 'string' && until < day,
  };
}

function parsed(kind: RecordKind, file: string, text: string): ObservedRecord | AttestedRecord {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CannotRun(`${file} is no JSON.`, AS_DOCUMENTED);
  }
  const read = z.safeParse(RECORDS[kind], json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new CannotRun(
      `${file} is no record of what was ${kind}: ${[...issue.path, issue.message].join(' ')}.`,
      AS_DOCUMENTED,
    );
  }
  return read.data;
}

function documentOf({ document }: ObservedRecord | AttestedRecord, file: string): RecordFile['document'] {
  if (document === undefined) {
    return 'none';
  }
  const named = path.join(path.dirname(file), path.basename(document.file));
  if (!existsSync(named)) {
    return 'not at hand';
  }
  if (sha256(readFileSync(named)) !== document.sha256) {
    throw new CannotRun(
      `${named} is not the document that ${file} names: its SHA-256 is another.`,
      'Find out which of the two changed. A record of another document is a new record.',
    );
  }
  return 'as named';
}
