import { labelOf, tablesOf, type Table } from './catalog';
import { damaged, fit, type DumpForm, type FittedRows, type RowsPart, type Statement } from './dump-form';
import { LoadError } from './load-error';
import { DumpText, type PinnedDump, type ReadFrom } from './dump-text';
import { LoadRegister, type LoadState } from './load-register';
import type { SqlSession } from './sql-session';
import { TableDigest, type StoredDigest } from './table-digest';

/** What differs between the engines when a dump is loaded. */
export interface LoadTarget {
  readonly session: SqlSession;
  readonly form: DumpForm;
  /** Runs a statement of the dump and then `record`; when it was done before and not recorded, does it over. */
  apply(statement: Statement, isRecorded: boolean, record: () => Promise<void>): Promise<void>;
  /** Writes rows, in the transaction that is open. */
  insert(table: Table, rows: FittedRows, raw: string): Promise<void>;
}

export interface LoadTask {
  readonly target: LoadTarget;
  readonly dump: PinnedDump;
  readonly readFrom: ReadFrom;
  /** Whether there is time for another batch. */
  readonly hasTime: () => boolean;
}

/** How far a load has come. */
export interface LoadProgress {
  readonly done: boolean;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly tables: number;
  readonly rows: number;
}

/** What a dump holds: its tables as they were read, and what was not loaded. */
export interface LoadedDump {
  readonly tables: Readonly<Record<string, StoredDigest>>;
  readonly leftOut: Readonly<Record<string, number>>;
}

/**
 * Loads a dump into an empty database, or goes on where that was broken off, until it is done or out of time. What is
 * loaded and how far it came are stored together: nothing is loaded twice and nothing left out, whenever it is killed.
 */
export async function loadDump({ target, dump, readFrom, hasTime }: LoadTask): Promise<[LoadProgress, LoadedDump]> {
  const { session, form } = target;
  await session.lock();
  const beginning = new DumpText(readFrom, 0);
  await form.check(beginning);
  const load = await Load.open(target, dump);
  const text = load.state.position === 0 ? beginning : new DumpText(readFrom, load.state.position);
  while (!load.state.done && hasTime()) {
    const { what, said } = await form.next(text, load.state.said);
    load.state = { ...load.state, said: said as LoadState['said'], position: text.offset };
    if (what.kind === 'end') {
      load.state = { ...load.state, done: true };
    } else if (what.kind === 'rows') {
      await load.insert(what);
    } else {
      await load.apply(what);
    }
  }
  // What was only left out is no progress to anybody else.
  await load.store();
  return [load.progress(), load.loaded()];
}

class Load {
  public static async open(target: LoadTarget, dump: PinnedDump): Promise<Load> {
    const register = new LoadRegister(target.session);
    const state = await register.open(dump);
    return new Load(target, register, state, await register.digests(), await tablesOf(target.session));
  }

  private readonly open = new Map<string, TableDigest>();

  private constructor(
    private readonly target: LoadTarget,
    private readonly register: LoadRegister,
    public state: LoadState,
    private readonly digests: Map<string, StoredDigest>,
    private tables: readonly Table[],
  ) {}

  public async apply(statement: Statement): Promise<void> {
    const { what, runs, creates } = statement;
    if (!runs) {
      const { leftOut } = this.state;
      this.state = { ...this.state, leftOut: { ...leftOut, [what]: (leftOut[what] ?? 0) + 1 } };
      return;
    }
    const label = creates && labelOf({ schema: creates.schema, name: creates.table });
    const isRecorded = label !== undefined && this.digests.has(label);
    const apply = this.target.apply(statement, isRecorded, async () => {
      if (creates !== undefined && label !== undefined) {
        await this.recordTable(creates, label);
      }
      await this.register.store(this.state);
    });
    await apply.catch((error: unknown) => this.explain(error, what));
  }

  public async insert(part: RowsPart): Promise<void> {
    const { block } = part;
    const label = labelOf({ schema: block.schema, name: block.table });
    const table = this.find(block);
    if (table === undefined) {
      throw damaged(this.state.position, `rows of ${label}, which the dump did not create`);
    }
    const { columns, rows } = fit(table, part, this.state.position);
    const digest = this.open.get(label) ?? TableDigest.of(columns, this.digests.get(label));
    this.open.set(label, digest);
    rows.forEach((row) => digest.add(row));
    const stored = digest.store();
    const insertion = this.target.session.atomically(async () => {
      await this.target.insert(table, { columns, rows }, part.raw);
      await this.register.storeDigest(label, stored);
      await this.register.store(this.state);
    });
    await insertion.catch((error: unknown) => this.explain(error, label, true));
    this.digests.set(label, stored);
  }

  public async store(): Promise<void> {
    await this.register.store(this.state);
  }

  public progress(): LoadProgress {
    const { done, position, dump } = this.state;
    const rows = [...this.digests.values()].reduce((sum, digest) => sum + digest.rows, 0);
    return { done, bytes: position, totalBytes: dump.size, tables: this.digests.size, rows };
  }

  public loaded(): LoadedDump {
    return { tables: Object.fromEntries(this.digests), leftOut: this.state.leftOut };
  }

  private async recordTable(created: { schema: string; table: string }, label: string): Promise<void> {
    this.tables = await tablesOf(this.target.session);
    const table = this.find(created);
    // A partitioned table holds no rows itself.
    if (table !== undefined) {
      const digest = TableDigest.of(table.columns).store();
      await this.register.storeDigest(label, digest);
      this.digests.set(label, digest);
    }
  }

  /** A database names the value that it does not take, and that may be a customer's: then its number has to do. */
  private explain(error: unknown, what: string, isAboutRows = false): never {
    const { code, errno, message } = error as { code?: string; errno?: number; message: string };
    if (error instanceof LoadError || !/^[0-9A-Z]{5}$|^ER_/.test(code ?? '')) {
      throw error;
    }
    const where = `before byte ${this.state.position}: ${what}`;
    throw isAboutRows
      ? new LoadError('RowsRefused', `${where}: the database answers ${code} ${errno ?? ''}`.trimEnd())
      : new LoadError('StatementFailed', `${where}: ${message} (${code})`);
  }

  private find({ schema, table }: { schema: string; table: string }): Table | undefined {
    return this.tables.find((each) => each.schema === schema && each.name === table);
  }
}
