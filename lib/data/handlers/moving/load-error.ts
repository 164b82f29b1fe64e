/** What stands in the way of moving data. The name says why; the message holds no value of any row. */
export class LoadError extends Error {
  public constructor(
    public override readonly name:
      | 'Busy'
      | 'ColumnTooNarrow'
      | 'DatabaseNotEmpty'
      | 'DumpChanged'
      | 'DumpDamaged'
      | 'DumpFormUnknown'
      | 'DumpNotUtf8'
      | 'DumpWithoutUtc'
      | 'MeasurementMissing'
      | 'NoPrimaryKey'
      | 'RowsRefused'
      | 'StatementFailed'
      | 'StatementRefused'
      | 'UnknownColumn',
    message: string,
  ) {
    super(message);
  }
}
