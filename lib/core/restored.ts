import type { Duration } from 'aws-cdk-lib';
import { Problems } from './errors';

/** What a name in a database may be: letters, digits, `_` and `$`, as long as both engines take it. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_$]{0,62}$/;

/** The most days that make sense: a century. */
const MOST_DAYS = 36_500;

/** Where a table is. */
export interface RestoredTableOptions {
  /**
   * Schema of the table, in PostgreSQL.
   *
   * @default public
   */
  readonly schema?: string;
}

/**
 * What has to be true of a table in a restored copy of the database. A copy without the table fails its test, and so does
 * one with fewer rows than the live database had before, less those that were erased on purpose. Where the shop itself
 * removes rows, say so with `mayShrink`.
 */
export class Restored {
  /**
   * A table.
   *
   * @param name its name, as the database writes it
   * @throws BaselineError `RestoredNameInvalid`
   */
  public static table(name: string, options: RestoredTableOptions = {}): Restored {
    return new Restored({ schema: options.schema, name });
  }

  private constructor(private readonly declared: RestoredTable) {
    const problems = new Problems('Restored');
    requireName(problems, 'name', declared.name);
    requireName(problems, 'schema', declared.schema);
    requireName(problems, 'column', declared.immutable?.column);
    const { atLeast = 0, mayShrink: share = 1, immutable: { days } = { days: 1 } } = declared;
    problems.require(Number.isSafeInteger(atLeast) && atLeast >= 0, {
      code: 'RestoredFloorInvalid',
      property: 'atLeast',
      value: atLeast,
      bound: 'be a whole number of rows, 0 or more',
      remedy: 'Write how many rows there must be whatever was removed, or leave it out.',
    });
    problems.require(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS, {
      code: 'RestoredAgeInvalid',
      property: 'age',
      value: days,
      bound: `be 1 to ${MOST_DAYS} whole days`,
      remedy: 'Write Duration.days(30).',
    });
    problems.require(share > 0 && share <= 1, {
      code: 'RestoredShareInvalid',
      property: 'share',
      value: share,
      bound: 'be more than 0 and at most 1',
      remedy: 'Write 0.5 where half of the rows may go in a day, or leave it out where none does.',
    });
    problems.throwIfAny();
  }

  /**
   * The same, with rows that never change once they are old enough: their checksum is compared, so that a copy with as
   * many rows of other content fails. Choose a column that is written once: a row that moves out of its age changes the
   * checksum too.
   *
   * @param column a date or a moment, in UTC where it has no time zone
   * @param age how long after that moment nobody changes the row any more
   * @throws BaselineError `RestoredNameInvalid`, `RestoredAgeInvalid`
   */
  public immutableAfter(column: string, age: Duration): Restored {
    return new Restored({ ...this.declared, immutable: { column, days: age.toDays({ integral: false }) } });
  }

  /**
   * The same, with a number of rows below which no copy is right, whatever was removed.
   *
   * @throws BaselineError `RestoredFloorInvalid`
   */
  public atLeast(rows: number): Restored {
    return new Restored({ ...this.declared, atLeast: rows });
  }

  /**
   * The same, of a table that its own program tidies up, so that it has fewer rows one day than the day before: drafts,
   * sessions, what expires. A copy may have lost this share of the rows; without it, a single one too few is told.
   *
   * @param share of the rows, more than 0 and at most 1: of a table with 1, the number of rows says nothing
   * @throws BaselineError `RestoredShareInvalid`
   */
  public mayShrink(share: number): Restored {
    return new Restored({ ...this.declared, mayShrink: share });
  }

  /** The same, passed over while the live database has no such table: versions of a shop differ. */
  public whereThere(): Restored {
    return new Restored({ ...this.declared, optional: true });
  }

  /** @internal */
  public _render(): RestoredTable {
    return this.declared;
  }
}

/** A table as the handler knows it (backup/handlers/restored/expectation.ts), but that the schema may be left out. */
export interface RestoredTable {
  readonly schema?: string;
  readonly name: string;
  readonly optional?: boolean;
  readonly mayShrink?: number;
  readonly atLeast?: number;
  readonly immutable?: { readonly column: string; readonly days: number };
}

function requireName(problems: Problems, property: string, name: string | undefined): void {
  problems.require(name === undefined || IDENTIFIER.test(name), {
    code: 'RestoredNameInvalid',
    property,
    value: name,
    bound: 'be a letter or _ and at most 62 letters, digits, _ and $',
    remedy: 'Write the name as the database lists it, without quotes and without a schema before it.',
  });
}
