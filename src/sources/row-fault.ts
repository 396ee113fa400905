/** One cell, or row, that cannot be taken, and why. */
export interface RowFault {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}
