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
import { endOfStatement, skeletonOf } from './postgresql-statement';
import { textOf, type Value } from './sql-session';

const NAME = String.raw`(?:"(?:[^"]|"")+"|[a-z_\x80-\xff][\w$\x80-\xff]*)`;
const QUALIFIED = String.raw`${NAME}(?:\.${NAME})?`;

const pattern = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll('<name>', NAME).replaceAll('<table>', QUALIFIED)}`, 'i');

/** Statements that are run, as they read without comments and with empty literals. */
const RUN = [
  String.raw`CREATE TABLE <table> \((?!.*\) AS\b)`,
  'CREATE SEQUENCE <table>\\b',
  'ALTER SEQUENCE <table> OWNED BY ',
  'ALTER TABLE (ONLY )?<table> (ADD CONSTRAINT|ATTACH PARTITION|REPLICA IDENTITY) ',
  'ALTER TABLE (ONLY )?<table> ALTER COLUMN <name> (SET DEFAULT|SET NOT NULL|SET STATISTICS|SET STORAGE|ADD GENERATED) ',
  'CREATE (UNIQUE )?INDEX <name> ON ',
  'ALTER INDEX <table> ATTACH PARTITION ',
  String.raw`CREATE TYPE <table> AS (ENUM )?\(`,
  'CREATE DOMAIN <table> AS ',
  'CREATE SCHEMA <name>$',
  'CREATE VIEW <table> ',
  'COMMENT ON (TABLE|COLUMN|INDEX|CONSTRAINT|SEQUENCE|TYPE|DOMAIN|VIEW) ',
  String.raw`SELECT pg_catalog\.setval\('', -?\d+, (true|false)\)$`,
].map(pattern);

/** Statements that are left out: users and privileges are declared elsewhere, and sessions set up elsewhere. */
const LEFT_OUT = [
  'SET ',
  String.raw`SELECT pg_catalog\.set_config\('', '', (true|false)\)$`,
  '(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) ',
  String.raw`ALTER [a-z ]+ <table>(\([^)]*\))? OWNER TO <name>$`,
  'COMMENT ON (SCHEMA|EXTENSION) ',
  'ALTER TABLE (ONLY )?<table> CLUSTER ON <name>$',
].map(pattern);

/** Extensions that PostgreSQL lets the owner of a database make. Any other is left out. */
const TRUSTED_EXTENSIONS =
  /^"?(btree_gin|btree_gist|citext|cube|fuzzystrmatch|hstore|intarray|isn|ltree|pg_trgm|pgcrypto|tablefunc|unaccent|uuid-ossp)"?$/;

const EXTENSION = pattern('CREATE EXTENSION (?:IF NOT EXISTS )?(<name>)');
const COPY = new RegExp(`^COPY (${QUALIFIED}) \\((${NAME}(?:, ${NAME})*)\\) FROM stdin$`, 'i');
const CREATE_TABLE = pattern('CREATE TABLE (<table>) ');

/** What pg_dump writes since 2025 so that psql runs nothing in between. */
const RESTRICTION = /^\\(un)?restrict [A-Za-z0-9]+$/;

const COMPLETE = 'PostgreSQL database dump complete';

/** A dump of `pg_dump --format=plain`, with rows in COPY blocks. */
export const postgresqlDump: DumpForm = {
  async check(dump) {
    await readOn(dump);
    requireUncompressed(dump);
    if (dump.text.startsWith('PGDMP')) {
      throw new LoadError('DumpFormUnknown', 'this is the custom form of pg_dump: dump again with --format=plain');
    }
    if (!/^(--\n)?-- PostgreSQL database dump\n/.test(dump.text)) {
      throw new LoadError('DumpFormUnknown', 'the file does not begin as pg_dump --format=plain begins');
    }
  },
  async next(dump, said) {
    return said.block === undefined ? nextStatement(dump, said) : nextRows(dump, said, said.block);
  },
};

async function nextStatement(dump: DumpText, said: Said): Promise<Part> {
  const skipped = await skip(dump);
  const { offset } = dump;
  const end = await dump.until(endOfStatement, LONGEST);
  if (end === undefined) {
    if (dump.text !== '' || !skipped.includes(COMPLETE)) {
      throw damaged(offset, 'the dump ends early; upload all of it');
    }
    return { what: { kind: 'end' }, said };
  }
  const text = dump.take(end);
  const skeleton = skeletonOf(text.slice(0, -1));
  const [, table = '', columns = ''] = COPY.exec(skeleton) ?? [];
  if (table !== '') {
    await dump.until((rest) => (rest === '' ? undefined : 0), LONGEST);
    dump.take(1);
    const names = columns.match(new RegExp(NAME, 'gi')) ?? [];
    return nextRows(dump, said, { ...tableNamed(table), columns: names.map(unquoted) });
  }
  return { what: { kind: 'statement', text: textOf(text.slice(0, -1)), ...judge(skeleton, text, offset) }, said };
}

function judge(
  skeleton: string,
  text: string,
  offset: number,
): { what: string; runs: boolean; creates?: Pick<Block, 'schema' | 'table'> } {
  const what = keywords(skeleton);
  requireReadable(text);
  const [, extension] = EXTENSION.exec(skeleton) ?? [];
  if (extension !== undefined) {
    return { what, runs: TRUSTED_EXTENSIONS.test(extension) };
  }
  if (LEFT_OUT.some((each) => each.test(skeleton)) || /^CREATE SCHEMA public$/.test(skeleton)) {
    return { what, runs: false };
  }
  if (!RUN.some((each) => each.test(skeleton))) {
    refuse(skeleton, offset);
  }
  const [, created] = CREATE_TABLE.exec(skeleton) ?? [];
  return { what, runs: true, creates: created === undefined ? undefined : tableNamed(created) };
}

function requireReadable(text: string): void {
  const [, setting, value] = /^\s*SET (client_encoding|standard_conforming_strings) = '?([\w-]+)/i.exec(text) ?? [];
  if (setting === 'client_encoding' && !/^(UTF-?8|unicode)$/i.test(value ?? '')) {
    throw new LoadError('DumpNotUtf8', `the dump is written in ${value}: dump again with --encoding=UTF8`);
  }
  if (setting === 'standard_conforming_strings' && value !== 'on') {
    throw new LoadError('DumpFormUnknown', 'the dump escapes strings as PostgreSQL did before version 9.1');
  }
}

async function nextRows(dump: DumpText, said: Said, block: Block): Promise<Part> {
  const rows: Value[][] = [];
  let raw = '';
  for (;;) {
    const end = await dump.until((text) => positive(text.indexOf('\n')), LONGEST);
    if (end === undefined) {
      throw damaged(dump.offset, 'the dump ends within the rows of a table; upload all of it');
    }
    const lines = linesOf(dump.text, BATCH - raw.length);
    const closing = lines.indexOf('\\.');
    const taken = closing < 0 ? lines : lines.slice(0, closing);
    for (const line of taken) {
      rows.push(valuesOf(line, block, dump.offset));
    }
    raw += dump.take(taken.reduce((sum, line) => sum + line.length + 1, 0));
    if (closing >= 0) {
      dump.take(3);
      return { what: { kind: 'rows', block, rows, raw }, said: { ...said, block: undefined } };
    }
    if (raw.length >= BATCH) {
      return { what: { kind: 'rows', block, rows, raw }, said: { ...said, block } };
    }
  }
}

/** Whole lines that were read, at least one, as many as `room` has bytes for. */
function linesOf(text: string, room: number): string[] {
  const within = text.indexOf('\n', Math.min(room, text.length));
  return text.slice(0, within < 0 ? text.lastIndexOf('\n') : within).split('\n');
}

function positive(index: number): number | undefined {
  return index < 0 ? undefined : index;
}

function valuesOf(line: string, { columns = [] }: Block, offset: number): Value[] {
  const values = line.split('\t').map(unescaped);
  // A table without columns has rows of nothing.
  if (values.length !== Math.max(columns.length, 1)) {
    throw damaged(offset, `a row has ${values.length} values for ${columns.length} columns`);
  }
  return values;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unescaped(field: string): Value {
  if (field === '\\N') {
    return null;
  }
  return field.includes('\\') ? field.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter) : field;
}

/** Takes what means nothing: white space, comments, and the two commands of psql that pg_dump writes. */
async function skip(dump: DumpText): Promise<string> {
  let skipped = '';
  for (;;) {
    await readOn(dump);
    const space = /^(?:\s+|--[^\n]*\n)+/.exec(dump.text)?.[0].length ?? 0;
    skipped = (skipped + dump.take(space)).slice(-1000);
    if (/^(-?$|--[^\n]*$)/.test(dump.text)) {
      if (!(await dump.more())) {
        return skipped + dump.take(dump.text.length);
      }
    } else if (dump.text.startsWith('\\')) {
      const end = await dump.until((text) => positive(text.indexOf('\n')), LONGEST);
      const command = dump.text.slice(0, end);
      if (!RESTRICTION.test(command)) {
        refuse(command, dump.offset);
      }
      dump.take(command.length);
    } else {
      return skipped;
    }
  }
}

function tableNamed(qualified: string): Pick<Block, 'schema' | 'table'> {
  const [first = '', second] = (qualified.match(new RegExp(NAME, 'gi')) ?? []).map(unquoted);
  return second === undefined ? { schema: 'public', table: first } : { schema: first, table: second };
}

function unquoted(name: string): string {
  return textOf(name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase());
}
