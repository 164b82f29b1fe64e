import type { KeptText, MaskedColumn } from './masked-column';

/** Where a shop keeps what it knows of its customers. */
export interface MaskingRules {
  /** Columns that are masked. */
  readonly columns: MaskedColumn[];

  /**
   * Tables whose rows are deleted: sessions, queues, logs.
   *
   * @default - none
   */
  readonly emptied?: string[];

  /**
   * Where the shop's own words stand.
   *
   * @default - nowhere
   */
  readonly kept?: KeptText[];
}
