/** A value of a row as the server writes it, one character for each byte (latin1), or NULL. */
export type Value = string | null;

/** The rows of one answer, each with its values in the order in which they were asked for. */
export type Rows = readonly (readonly Value[])[];

/** One session with a database. Both engines offer the same, so that what moves data is written once. */
export interface SqlSession {
  readonly dialect: 'postgresql' | 'mysql';

  /** An identifier, quoted. */
  name(identifier: string): string;

  /** A text literal, quoted. Takes text, not bytes. */
  text(literal: string): string;

  /** Runs exactly one statement: a text that holds two is refused by the server. */
  run(statement: string): Promise<Rows>;

  /** Runs what we composed ourselves: any number of statements in one round trip. */
  script(statements: readonly string[]): Promise<void>;

  /** Gives every row of a query to `take`, some at a time, in constant memory. */
  read(query: string, take: (rows: Rows) => void): Promise<void>;

  /** Runs `work` in a transaction: all of it or nothing. */
  atomically(work: () => Promise<void>): Promise<void>;

  /** Has everybody else wait who moves data in this database, or throws `Busy`. Held until the session ends. */
  lock(): Promise<void>;

  end(): Promise<void>;
}

/** A PostgreSQL session, which takes rows as COPY writes them. */
export interface CopySession extends SqlSession {
  copy(statement: string, data: Buffer): Promise<void>;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Text as one character for each byte of its UTF-8. */
export function bytesOf(text: string): string {
  return BEYOND_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

/** The reverse of `bytesOf`. */
export function textOf(bytes: string): string {
  return BEYOND_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}
