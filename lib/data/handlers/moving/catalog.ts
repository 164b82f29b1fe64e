import { textOf, type Rows, type SqlSession } from './sql-session';

/** What is known of a column. */
export interface Column {
  readonly name: string;
  /** The type as the server names it: `int8`, `varchar`, `jsonb`; of a domain, the type behind it. */
  readonly type: string;
  /** Longest text it takes, in characters. */
  readonly length?: number;
  readonly isNullable: boolean;
}

/** A table that holds rows. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  /** Names of all columns, also of those that the server computes. */
  readonly everyColumn: readonly string[];
  /** The columns that hold what somebody wrote. */
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
}

/** In PostgreSQL the name of the schema, in MySQL that of the tables, of what this library keeps in a database. */
export const OWN_PREFIX = 'cdk_commerce_baseline';

/** The name of a table for people. */
export function labelOf({ schema, name }: Pick<Table, 'schema' | 'name'>): string {
  // Quoted where two names could otherwise read as one.
  return [schema, name]
    .filter((part) => part !== '')
    .map((part) => (/^[\w$-]+$/.test(part) ? part : JSON.stringify(part)))
    .join('.');
}

/** The name of a table for the server. */
export function quoted(session: SqlSession, { schema, name }: Pick<Table, 'schema' | 'name'>): string {
  return schema === '' ? session.name(name) : `${session.name(schema)}.${session.name(name)}`;
}

const postgresql = (kinds: string): string => `
  SELECT n.nspname, c.relname, a.attname, coalesce(base.typname, t.typname),
         CASE WHEN a.atttypmod > 4 AND coalesce(base.typname, t.typname) IN ('varchar', 'bpchar') THEN a.atttypmod - 4 END,
         NOT a.attnotnull,
         array_position(i.indkey::int2[], a.attnum),
         a.attgenerated <> ''
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_type base ON base.oid = nullif(t.typbasetype, 0)
    LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
   WHERE c.relkind IN (${kinds}) AND n.nspname !~ '^(pg_|information_schema$|${OWN_PREFIX})'
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
   ORDER BY 1, 2, a.attnum`;

const MYSQL = `
  SELECT '', c.table_name, c.column_name, c.data_type, c.character_maximum_length,
         CASE c.is_nullable WHEN 'YES' THEN 't' ELSE 'f' END, k.seq_in_index,
         CASE coalesce(c.generation_expression, '') WHEN '' THEN 'f' ELSE 't' END
    FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    LEFT JOIN information_schema.statistics k ON k.table_schema = c.table_schema AND k.table_name = c.table_name
          AND k.column_name = c.column_name AND k.index_name = 'PRIMARY'
   WHERE c.table_schema = database() AND t.table_type = 'BASE TABLE'
     AND c.table_name NOT LIKE '${OWN_PREFIX.replaceAll('_', '\\_')}%'
   ORDER BY c.table_name, c.ordinal_position`;

/** Every table of the database that holds rows, but our own and those of extensions, each with its columns. */
export function tablesOf(session: SqlSession): Promise<Table[]> {
  return tablesOfKind(session, `'r'`);
}

/** The same and, beside the partitions that hold rows, the partitioned tables that a shop knows them by. */
export function namedTablesOf(session: SqlSession): Promise<Table[]> {
  return tablesOfKind(session, `'r', 'p'`);
}

async function tablesOfKind(session: SqlSession, kinds: string): Promise<Table[]> {
  return groupByTable(await session.run(session.dialect === 'postgresql' ? postgresql(kinds) : MYSQL));
}

interface Collected {
  readonly schema: string;
  readonly name: string;
  readonly everyColumn: string[];
  readonly columns: Column[];
  readonly key: [position: number, name: string][];
}

function groupByTable(rows: Rows): Table[] {
  const tables = new Map<string, Collected>();
  for (const row of rows) {
    const [schema = '', name = '', column = '', type = '', length, isNullable, position, isGenerated] = row.map(
      (each) => (each === null ? undefined : textOf(each)),
    );
    const id = JSON.stringify([schema, name]);
    const found = tables.get(id) ?? { schema, name, everyColumn: [], columns: [], key: [] };
    tables.set(id, found);
    found.everyColumn.push(column);
    if (isGenerated !== 't') {
      const bound = length === undefined ? undefined : Number(length);
      found.columns.push({ name: column, type: type.toLowerCase(), length: bound, isNullable: isNullable === 't' });
    }
    if (position !== undefined) {
      found.key.push([Number(position), column]);
    }
  }
  return [...tables.values()].map(({ key, ...table }) => ({
    ...table,
    primaryKey: key.sort(([one], [other]) => one - other).map(([, column]) => column),
  }));
}
