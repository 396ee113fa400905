import { openColumns } from "./columns.ts";
import { columnName, openCsvReader } from "./reader.ts";
import type { CsvColumns } from "./reader.ts";
import type { RowFault } from "../row-fault.ts";
import { textOf } from "./text-column.ts";

/** A record of a delimited text by its columns' plain names (`columnName`). */
export interface NamedRow {
  /** The header is row 1. */
  readonly row: number;
  /** The cell without outer blanks; "" for a column that is not there. */
  readonly cell: (column: string) => string;
  /** As they stand. */
  readonly cells: readonly string[];
}

export interface CsvText {
  readonly header: readonly string[];
  readonly rows: readonly NamedRow[];
  /** Records of another width than the header's. */
  readonly faults: readonly RowFault[];
  /** The row in which it breaks off; null where it is whole. */
  readonly cutIn: number | null;
}

/**
 * Delimited text in memory, row by row. Records of another width than the header's are faults. Throws a Fault (`bad_file`,
 * `too_large`) for what cannot be read as a table.
 */
export function csvText(text: string): CsvText {
  const { header, size, rows, columns, ragged, cutIn } = csvColumns(
    text,
    (names) => new Set(names.keys()),
  );
  const places = new Map(header.map((name, place) => [columnName(name), place]));
  return {
    header,
    rows: Array.from({ length: size }, (_, at) => {
      const cells = columns.map((column) => textOf(column!, column!.codes[at]!));
      return {
        row: rows[at]!,
        cells,
        cell: (column) => cells[places.get(column) ?? -1]?.trim() ?? "",
      };
    }),
    faults: ragged,
    cutIn,
  };
}

/** Delimited text in memory, column by column; `keeps` and faults as for a file. */
export function csvColumns(
  text: string,
  keeps: (header: readonly string[]) => ReadonlySet<number>,
): CsvColumns {
  let columns = openColumns([]);
  const reader = openCsvReader({
    begin(header) {
      const places = keeps(header);
      columns = openColumns(header.map((_, place) => places.has(place)));
    },
    take: (cells) => columns.take(cells),
  });
  reader.push(Buffer.from(text.replace(/^\uFEFF/, "")));
  return { ...reader.done(), columns: columns.done() };
}
