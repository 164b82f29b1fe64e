import {
  BATCH,
  damaged,
  keywords,
  LONGEST,
  readOn,
  refuse,
  requireUncompressed,
  type Block,
  type DumpForm,
  type Part,
  type Said,
} from './dump-form';
import type { DumpText } from './dump-text';
import { LoadError } from './load-error';
import { endOfStatement, rowAt, skeletonOf, withInnoDb } from './mysql-statement';
import { textOf, type Value } from './sql-session';

const NAME = '`((?:[^`]|``)+)`';

const INSERT = new RegExp(`^INSERT INTO ${NAME}(?: \\((${NAME}(?:, ?${NAME})*)\\))? VALUES\\s`, 'i');
const CREATE_TABLE = new RegExp(`^CREATE TABLE (?:IF NOT EXISTS )?${NAME} \\(`, 'i');

/** What a CREATE TABLE could reach beside its own database. Literals and quoted names are not looked at. */
const REACHES_OUT = /\b(SELECT|TABLE \w+ LIKE|DIRECTORY|CONNECTION|UNION|TABLESPACE|SECONDARY_ENGINE)\b/i;

/** What is left out: sessions are set up elsewhere, the database is empty, and nobody else uses it. */
const LEFT_OUT = [
  /^SET /i,
  /^DROP TABLE IF EXISTS /i,
  /^(UN)?LOCK TABLES\b/i,
  /^ALTER TABLE `(?:[^`]|``)+` (DISABLE|ENABLE) KEYS$/i,
  /^(START TRANSACTION|COMMIT)$/i,
];

const COMPLETE = 'Dump completed';

/** The first line of newer clients of MariaDB: it forbids the client what we do not offer anyway. */
const SANDBOX = /^\/\*M?!999999\\- enable the sandbox mode \*\/\s*\n/;

/** A dump of `mysqldump` or `mariadb-dump` of one database. */
export const mysqlDump: DumpForm = {
  async check(dump) {
    await readOn(dump);
    requireUncompressed(dump);
    dump.take(SANDBOX.exec(dump.text)?.[0].length ?? 0);
    await readOn(dump);
    if (!/^-- (MySQL|MariaDB) dump /.test(dump.text)) {
      throw new LoadError('DumpFormUnknown', 'the file does not begin as mysqldump and mariadb-dump begin');
    }
  },
  async next(dump, said) {
    return said.block === undefined ? nextStatement(dump, said) : nextRows(dump, said, said.block);
  },
};

async function nextStatement(dump: DumpText, said: Said): Promise<Part> {
  const skipped = await skip(dump);
  const { offset } = dump;
  await dump.until((text) => (INSERT.test(text) || !/^INSERT INTO /i.test(text) ? 0 : undefined), 1024 * 1024);
  const [head = '', table, columns] = INSERT.exec(dump.text) ?? [];
  if (table !== undefined) {
    if (!said.inUtc) {
      throw new LoadError('DumpWithoutUtc', 'times in the dump have no time zone: dump again with --tz-utc');
    }
    dump.take(head.length);
    const names = columns?.match(/`(?:[^`]|``)+`/g)?.map((name) => unquoted(name.slice(1, -1)));
    return nextRows(dump, said, { schema: '', table: unquoted(table), columns: names });
  }
  const end = await dump.until(endOfStatement, LONGEST);
  if (end === undefined) {
    if (dump.text !== '' || !skipped.includes(COMPLETE)) {
      throw damaged(offset, 'the dump ends early; upload all of it');
    }
    return { what: { kind: 'end' }, said };
  }
  const text = bare(dump.take(end).slice(0, -1).trim());
  const skeleton = skeletonOf(text);
  const inUtc = said.inUtc || setsUtc(skeleton, text);
  return { what: { kind: 'statement', ...judge(skeleton, text, offset) }, said: { ...said, inUtc } };
}

interface Judged {
  readonly text: string;
  readonly what: string;
  readonly runs: boolean;
  readonly creates?: Pick<Block, 'schema' | 'table'>;
}

function judge(skeleton: string, bytes: string, offset: number): Judged {
  const what = keywords(skeleton);
  const text = textOf(bytes);
  const [, names] = /^SET NAMES (\w+)/i.exec(skeleton) ?? [];
  if (names !== undefined && !/^utf8(mb[34])?$/i.test(names)) {
    throw new LoadError(
      'DumpNotUtf8',
      `the dump is written in ${names}: dump again with --default-character-set=utf8mb4`,
    );
  }
  if (skeleton === '' || LEFT_OUT.some((each) => each.test(skeleton))) {
    return { text, what, runs: false };
  }
  const [, table] = CREATE_TABLE.exec(skeleton) ?? [];
  if (table === undefined || REACHES_OUT.test(skeleton.replaceAll(/`(?:[^`]|``)*`/g, '``'))) {
    refuse(skeleton, offset);
  }
  return { text: withInnoDb(text), what, runs: true, creates: { schema: '', table: unquoted(table) } };
}

/** Only UTC says the same on every server. What puts the former zone back names a variable. */
function setsUtc(skeleton: string, text: string): boolean {
  const [, zone] = /\bTIME_ZONE\s*=\s*'([^']*)'/i.exec(skeleton.startsWith('SET ') ? text : '') ?? [];
  if (zone !== undefined && zone !== '+00:00') {
    throw new LoadError('DumpWithoutUtc', 'times in the dump are not in UTC: dump again with --tz-utc');
  }
  return zone !== undefined;
}

/** A statement for certain versions alone, without the comment around it. */
function bare(text: string): string {
  const [, inner] = /^\/\*M?!\d{5,6}\s([^]*)\*\/$/.exec(text) ?? [];
  // With a second comment inside, as around a DEFINER, it is not what is loaded and is refused as it stands.
  return inner === undefined || inner.includes('*/') ? text : inner.trim();
}

async function nextRows(dump: DumpText, said: Said, block: Block): Promise<Part> {
  const rows: Value[][] = [];
  const { offset: start } = dump;
  for (;;) {
    let row: Value[] = [];
    const { offset } = dump;
    const end = await dump.until((text) => {
      const found = rowAt(text, offset);
      row = found?.row ?? row;
      return found?.end;
    }, LONGEST);
    if (end === undefined) {
      throw damaged(dump.offset, 'the dump ends within the rows of a table; upload all of it');
    }
    const isLast = dump.take(end).endsWith(';');
    requireValues(row, block, offset);
    rows.push(row);
    if (isLast || dump.offset - start >= BATCH) {
      const what = { kind: 'rows' as const, block, rows, raw: '' };
      return { what, said: { ...said, block: isLast ? undefined : block } };
    }
  }
}

function requireValues(row: readonly Value[], { columns }: Block, offset: number): void {
  if (columns !== undefined && row.length !== columns.length) {
    throw damaged(offset, `a row has ${row.length} values for ${columns.length} columns`);
  }
}

/** Takes white space and comments that no server runs. */
async function skip(dump: DumpText): Promise<string> {
  let skipped = '';
  for (;;) {
    await readOn(dump);
    const space = /^(?:\s+|--(?:[ \t][^\n]*)?\n|#[^\n]*\n)+/.exec(dump.text)?.[0].length ?? 0;
    skipped = (skipped + dump.take(space)).slice(-1000);
    if (/^(-?$|--[^\n]*$)/.test(dump.text)) {
      if (!(await dump.more())) {
        return skipped + dump.take(dump.text.length);
      }
    } else if (/^\/\*(?!M?!)/.test(dump.text)) {
      const end = await dump.until((text) => endOf(text, '*/'), LONGEST);
      dump.take(end ?? dump.text.length);
    } else {
      return skipped;
    }
  }
}

function endOf(text: string, what: string): number | undefined {
  const index = text.indexOf(what);
  return index < 0 ? undefined : index + what.length;
}

function unquoted(name: string): string {
  return textOf(name.replaceAll('``', '`'));
}
