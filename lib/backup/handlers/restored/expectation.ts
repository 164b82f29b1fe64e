import * as z from 'zod/mini';

/** What a merchant declares of a table. Names are data: they are looked up in the catalog and quoted, never joined in. */
export const ExpectedTable = z.object({
  schema: z.string(),
  name: z.string(),
  /** Passed over when the live database has no such table: versions of a shop differ. */
  optional: z.optional(z.boolean()),
  /** The share of its rows that a table may lose by itself; 0 where none does. */
  mayShrink: z.optional(z.number().check(z.positive(), z.maximum(1))),
  /** Rows below which a copy is not right, whatever was removed. */
  atLeast: z.optional(z.number().check(z.int(), z.nonnegative())),
  /** Rows whose `column` is older than so many days never change. */
  immutable: z.optional(z.object({ column: z.string(), days: z.number().check(z.int(), z.positive()) })),
});
export type ExpectedTable = z.infer<typeof ExpectedTable>;

/** What makes a restored database right. */
export const Expectation = z.object({
  tables: z.array(ExpectedTable).check(z.minLength(1)),
  /** The live cluster: its heartbeats are those that count. */
  cluster: z.string().check(z.minLength(1)),
  /** How often a heartbeat is written, in seconds. */
  heartbeatSeconds: z.number().check(z.positive()),
  /** The declared recovery point objective, in seconds. */
  recoveryPointSeconds: z.number().check(z.positive()),
  /** The master user, who may have powers that nobody else has. */
  masterUser: z.string(),
});
export type Expectation = z.infer<typeof Expectation>;

/** Something about a restored database that is not right. */
export interface RestoreFinding {
  readonly kind:
    | 'BaselineForged'
    | 'BaselineIncomplete'
    | 'BaselineMissing'
    | 'BaselineTooYoung'
    | 'CheckBroken'
    | 'ColumnMissing'
    | 'ConnectionFailed'
    | 'HeartbeatForged'
    | 'HeartbeatGap'
    | 'HeartbeatMissing'
    | 'HeartbeatStopped'
    | 'PowerfulRole'
    | 'RecoveryPointExceeded'
    | 'RemovalsForged'
    | 'RowsChanged'
    | 'RowsMissing'
    | 'TableMissing'
    | 'TimedOut'
    | 'TlsNotForced';
  /** The table, role or step it is about. */
  readonly subject: string;
  readonly detail: string;
}
