import * as z from 'zod/mini';
import { OWN_PREFIX } from './catalog';
import type { Said } from './dump-form';
import type { PinnedDump } from './dump-text';
import { LoadError } from './load-error';
import { textOf, type SqlSession } from './sql-session';
import { StoredDigest } from './table-digest';

const Pinned = z.object({ bucket: z.string(), key: z.string(), etag: z.string(), size: z.number() });

const Block = z.object({ schema: z.string(), table: z.string(), columns: z.optional(z.array(z.string())) });

/** How far the loading of a dump has come. */
const LoadState = z.object({
  dump: Pinned,
  position: z.number(),
  said: z.object({ block: z.optional(Block), inUtc: z.boolean() }),
  /** How often each kind of statement was left out. */
  leftOut: z.record(z.string(), z.number()),
  done: z.boolean(),
});
export type LoadState = z.infer<typeof LoadState>;

const NOTHING_SAID: Said = { inUtc: false };

/**
 * What is known of a load, in the database that is loaded: it changes in the same transaction as the rows, so that a
 * process that is killed at any moment is resumed where it was.
 */
export class LoadRegister {
  private readonly progress: string;
  private readonly tables: string;

  public constructor(private readonly session: SqlSession) {
    const own = `${OWN_PREFIX}_load`;
    const [progress, tables] = ['progress', 'tables'].map((table) =>
      session.dialect === 'postgresql'
        ? `${session.name(own)}.${session.name(table)}`
        : session.name(`${own}_${table}`),
    ) as [string, string];
    this.progress = progress;
    this.tables = tables;
  }

  /**
   * What is known of the load of `dump`: a new one, where the database is empty.
   *
   * @throws LoadError `DatabaseNotEmpty`, `DumpChanged`
   */
  public async open(dump: PinnedDump): Promise<LoadState> {
    const found = (await this.exists()) ? await this.session.run(`SELECT state FROM ${this.progress}`) : [];
    if (found[0]?.[0] === undefined || found[0][0] === null) {
      return this.begin(dump);
    }
    const state = z.parse(LoadState, JSON.parse(textOf(found[0][0])));
    if (state.dump.bucket !== dump.bucket || state.dump.key !== dump.key) {
      throw new LoadError('DatabaseNotEmpty', `the database holds what was loaded from ${state.dump.key}`);
    }
    if (state.dump.etag !== dump.etag || state.dump.size !== dump.size) {
      throw new LoadError(
        'DumpChanged',
        `${dump.key} is not the object whose loading began: upload it under another key`,
      );
    }
    return state;
  }

  /** The digest of each table so far, by its label. */
  public async digests(): Promise<Map<string, StoredDigest>> {
    const rows = await this.session.run(`SELECT label, digest FROM ${this.tables}`);
    return new Map(
      rows.map(([label, digest]) => [textOf(label ?? ''), z.parse(StoredDigest, JSON.parse(textOf(digest ?? '')))]),
    );
  }

  /** Stores how far a load has come. In a transaction, together with what it tells of. */
  public async store(state: LoadState): Promise<void> {
    await this.session.run(`UPDATE ${this.progress} SET state = ${this.json(state)}`);
  }

  public async storeDigest(label: string, digest: StoredDigest): Promise<void> {
    const { session } = this;
    const again = session.dialect === 'postgresql' ? 'ON CONFLICT (label) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
    const text = this.json(digest);
    await session.run(
      `INSERT INTO ${this.tables} (label, digest) VALUES (${session.text(label)}, ${text}) ${again} digest = ${text}`,
    );
  }

  private json(value: unknown): string {
    return this.session.text(JSON.stringify(value));
  }

  private async exists(): Promise<boolean> {
    const [, schema, table] =
      this.session.dialect === 'postgresql'
        ? ['', `'${OWN_PREFIX}_load'`, 'progress']
        : ['', 'database()', `${OWN_PREFIX}_load_progress`];
    const rows = await this.session.run(
      `SELECT 1 FROM information_schema.tables WHERE table_schema = ${schema} AND table_name = '${table}'`,
    );
    return rows.length > 0;
  }

  private async begin(dump: PinnedDump): Promise<LoadState> {
    const { session } = this;
    await this.requireEmpty();
    const state: LoadState = { dump, position: 0, said: NOTHING_SAID as LoadState['said'], leftOut: {}, done: false };
    if (session.dialect === 'postgresql') {
      await session.run(`CREATE SCHEMA IF NOT EXISTS ${session.name(`${OWN_PREFIX}_load`)}`);
    }
    const [label, text] = session.dialect === 'postgresql' ? ['text', 'text'] : ['varchar(200)', 'longtext'];
    await session.run(
      `CREATE TABLE IF NOT EXISTS ${this.tables} (label ${label} PRIMARY KEY, digest ${text} NOT NULL)`,
    );
    await session.run(`CREATE TABLE IF NOT EXISTS ${this.progress} (id int PRIMARY KEY, state ${text} NOT NULL)`);
    await session.run(`INSERT INTO ${this.progress} (id, state) VALUES (1, ${this.json(state)})`);
    return state;
  }

  /** Whoever has tables in there may be selling: nothing of theirs is touched. */
  private async requireEmpty(): Promise<void> {
    const query =
      this.session.dialect === 'postgresql'
        ? `SELECT format('%s.%s', n.nspname, c.relname) FROM pg_catalog.pg_class c
             JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
              AND n.nspname !~ '^(pg_|information_schema$|${OWN_PREFIX})'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            ORDER BY 1 LIMIT 1`
        : `SELECT table_name FROM information_schema.tables
            WHERE table_schema = database() AND table_name NOT LIKE '${OWN_PREFIX.replaceAll('_', '\\_')}%'
            ORDER BY 1 LIMIT 1`;
    const [found] = await this.session.run(query);
    if (found !== undefined) {
      throw new LoadError(
        'DatabaseNotEmpty',
        `the database holds ${textOf(found[0] ?? '')} and was not filled from this dump: load into an empty database`,
      );
    }
  }
}
