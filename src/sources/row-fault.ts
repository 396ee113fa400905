import { cite } from "../fault.ts";

/** One cell, or row, that cannot be taken, and why. */
export interface RowFault {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** "" where it is about the whole row. */
  readonly column: string;
  /** What stands there; "" where the reason says it all. */
  readonly value: string;
  readonly reason: string;
}

/** "row 12, Date: ‘soon’ is no day I can read", or "row 12 has 7 cells, the header 12". */
export function rowFaultText({ row, column, value, reason }: RowFault): string {
  if (column !== "") return `row ${row}, ${column}: ${cite(value)} ${reason}`;
  return value === "" ? `row ${row} ${reason}` : `row ${row}: ${cite(value)} ${reason}`;
}
