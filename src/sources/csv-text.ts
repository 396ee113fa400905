import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { columnName, csvFault, delimiterOf, refuseHeader, refuseSize } from "./csv-file.ts";
import type { RowFault } from "./row-fault.ts";

/** A record of a delimited text by its columns' plain names (`columnName`). */
export interface NamedRow {
  /** The header is row 1. */
  readonly row: number;
  /** The cell without outer blanks; "" for a column that is not there. */
  readonly cell: (column: string) => string;
  /** As they stand. */
  readonly cells: readonly string[];
}

/**
 * Delimited text in memory, by comma or semicolon, with strict quotes. Records of another width than the header's are faults. Throws a Fault
 * (`bad_file`, `too_large`) for what cannot be read as a table.
 */
export function csvText(text: string): {
  readonly header: readonly string[];
  readonly rows: readonly NamedRow[];
  readonly faults: readonly RowFault[];
} {
  const [first = [], ...records] = recordsOf(text);
  const header = first.map((cell) => cell.trim());
  refuseHeader(header);
  const places = new Map(header.map((name, place) => [columnName(name), place]));
  const rows: NamedRow[] = [];
  const faults: RowFault[] = [];
  for (const [at, cells] of records.entries()) {
    const row = at + 2;
    if (cells.every((cell) => cell.trim() === "")) continue;
    refuseSize(row, cells);
    if (cells.length === header.length)
      rows.push({
        row,
        cells,
        cell: (column) => cells[places.get(column) ?? -1]?.trim() ?? "",
      });
    else
      faults.push({
        row,
        column: "",
        value: `${cells.length} cells`,
        reason: `the header has ${header.length}`,
      });
  }
  return { header, rows, faults };
}

function recordsOf(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      max_record_size: 1 << 20,
    });
  } catch (error) {
    throw error instanceof CsvError ? csvFault(error) : error;
  }
}
