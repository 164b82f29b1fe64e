/** What a column holds, as the handler knows it (handlers/masking/mask-plan.ts). */
type MaskedKind = 'email' | 'name' | 'phone' | 'address' | 'freeText' | 'removed';

/**
 * A column that holds something of a customer, and what stands in its place after masking. A table is named as the shop
 * names it, in PostgreSQL outside the schema `public` with its schema. A table that a shop does not have is passed over;
 * a column that its table does not have is an error.
 */
export class MaskedColumn {
  /** An e-mail address; the same address gets the same pseudonym in every table. Originals are looked for afterwards. */
  public static email(table: string, column: string): MaskedColumn {
    return new MaskedColumn(table, column, 'email');
  }

  /** A name, a part of one, or a user name. Originals are looked for afterwards. */
  public static name(table: string, column: string): MaskedColumn {
    return new MaskedColumn(table, column, 'name');
  }

  /** A telephone number. Originals are looked for afterwards. */
  public static phone(table: string, column: string): MaskedColumn {
    return new MaskedColumn(table, column, 'phone');
  }

  /** A part of an address. */
  public static address(table: string, column: string): MaskedColumn {
    return new MaskedColumn(table, column, 'address');
  }

  /** What somebody wrote: replaced by one text. */
  public static freeText(table: string, column: string): MaskedColumn {
    return new MaskedColumn(table, column, 'freeText');
  }

  /** Anything else, in a column of any type: NULL afterwards, or nothing where NULL is not taken. */
  public static removed(table: string, column: string): MaskedColumn {
    return new MaskedColumn(table, column, 'removed');
  }

  private constructor(
    private readonly table: string,
    private readonly column: string,
    private readonly kind: MaskedKind,
    private readonly keyColumn?: string,
    private readonly keys?: string[],
    private readonly optional = false,
  ) {}

  /**
   * Only in rows whose column `keyColumn` holds one of `keys`: for tables of names and values.
   *
   * @param keyColumn `meta_key`, for example
   * @param keys its values: `billing_email`
   */
  public whereKey(keyColumn: string, keys: string[]): MaskedColumn {
    return new MaskedColumn(this.table, this.column, this.kind, keyColumn, keys, this.optional);
  }

  /** The same, passed over where the table has no such column: versions of a shop differ. */
  public whereThere(): MaskedColumn {
    return new MaskedColumn(this.table, this.column, this.kind, this.keyColumn, this.keys, true);
  }

  /** @internal */
  public _render(): object {
    const { table, column, kind, keyColumn, keys, optional } = this;
    const where = keyColumn === undefined ? undefined : { column: keyColumn, values: keys };
    return { table, column, kind, where, optional };
  }
}

/**
 * The shop's own words: names of products, of countries, of the shop itself. A single word there is nobody's name, and an
 * address there is the shop's own. Addresses, numbers and full names of customers are looked for there too.
 */
export class KeptText {
  /**
   * One column.
   *
   * @param because why no customer is in it, for a reviewer
   */
  public static column(table: string, column: string, because: string): KeptText {
    return new KeptText(because, table, column);
  }

  /**
   * All columns of a table.
   *
   * @param because why no customer is in it, for a reviewer
   */
  public static table(table: string, because: string): KeptText {
    return new KeptText(because, table);
  }

  private constructor(
    /** Why no customer is in it. */
    public readonly because: string,
    private readonly table: string,
    private readonly column?: string,
  ) {}

  /** @internal */
  public _render(): object {
    return { table: this.table, column: this.column };
  }
}
