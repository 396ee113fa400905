import { pipeline } from "node:stream/promises";
import { CsvError, Parser } from "csv-parse";
import { cite, Fault } from "../fault.ts";
import { emptyFault, tableBytes } from "./text-file.ts";
import type { OpenedFile } from "./text-file.ts";

const CELL_CHARS_MAX = 65_536;
const COLUMNS_MAX = 200;
const RECORD_CHARS_MAX = 1 << 20;

export interface CsvFile {
  readonly header: readonly string[];
  /** Every record after the header with its row number (header = 1), blank lines skipped. Can be gone through once. */
  readonly records: AsyncIterable<{ readonly row: number; readonly cells: readonly string[] }>;
  /** Of the bytes on disk, hex; known once the records are through. */
  sha256(): string;
}

/**
 * A file read as delimited text: UTF-8 or UTF-16 with a byte order mark, comma or semicolon, strict quotes.
 * Throws a Fault (`bad_file`, `too_large`, `unsupported`) saying what to do.
 */
export async function csvFile(file: OpenedFile): Promise<CsvFile> {
  const records = recordsOf(tableBytes(file));
  const first = await records.next();
  if (first.done) throw emptyFault();
  const header = first.value.cells.map((cell) => cell.trim());
  refuseHeader(header);
  return { header, records, sha256: file.sha256 };
}

async function* recordsOf(
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<{ row: number; cells: string[] }> {
  const chunks = bytes[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const parser = new Parser({
    delimiter: delimiterOf(first.value),
    record_delimiter: ["\r\n", "\n", "\r"].map((end) => Buffer.from(end)),
    relax_column_count: true,
    max_record_size: RECORD_CHARS_MAX,
  });
  // Whatever fails on the way destroys the parser, so the loop below throws it; the promise itself says nothing more.
  const fed = pipeline(restOf(first.value, chunks), parser).catch(() => undefined);
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      // A blank line, or the Ctrl-Z that old programs end a file with.
      if (cells.every((cell) => cell.trim() === "" || cell === "\u001A")) continue;
      refuseSize(row, cells);
      yield { row, cells };
    }
    await fed;
  } catch (error) {
    throw error instanceof CsvError ? csvFault(error) : error;
  }
}

async function* restOf(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

/** The mark that divides the first line, outside of quotes. */
export function delimiterOf(start: Buffer | string): string {
  const line = (start.toString().split(/[\r\n]/, 1)[0] ?? "").replace(/"[^"]*"/g, "");
  return line.split(";").length > line.split(",").length ? ";" : ",";
}

export function refuseSize(row: number, cells: readonly string[]): void {
  if (cells.length > COLUMNS_MAX) {
    throw new Fault(
      "too_large",
      `Row ${row} has ${cells.length} columns; I read up to ${COLUMNS_MAX}.`,
      "Check the delimiter and the quotes.",
    );
  }
  const longest = cells.findIndex((cell) => cell.length > CELL_CHARS_MAX);
  if (longest >= 0) {
    throw new Fault(
      "too_large",
      `Row ${row}, column ${longest + 1}: the cell is longer than 64 kB.`,
      "Is a quote left open?",
    );
  }
}

/** Names that would reach into an object instead of a table. */
const REFUSED_COLUMNS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** A column's name for comparing: case, byte order mark, underscores and stray blanks do not count. */
export function columnName(column: string): string {
  return column
    .normalize("NFKC")
    .replace(/[\uFEFF\s_]+/gu, " ")
    .trim()
    .toLowerCase();
}

export function refuseHeader(header: readonly string[]): void {
  const met = new Set<string>();
  for (const column of header) {
    if (REFUSED_COLUMNS.has(column))
      throw new Fault("bad_file", `A column is called ${cite(column)}.`, "Remove that column.");
    const name = columnName(column);
    if (name !== "" && met.has(name))
      throw new Fault(
        "bad_file",
        `The column ${cite(column)} is there twice.`,
        "Keep one of them.",
      );
    met.add(name);
  }
}

export function csvFault(error: CsvError): Fault {
  // The parser may fail before the rows it had ready were asked for, so it knows the row and we do not.
  const row = Number(error["records"]) + 1;
  if (error.code === "CSV_MAX_RECORD_SIZE") {
    return new Fault("too_large", `Row ${row} is longer than a megabyte.`, "Is a quote left open?");
  }
  return new Fault(
    "bad_file",
    `Row ${row}: the quotes do not fit (${error.code}).`,
    'Quotes inside a quoted cell are doubled: "say ""hi""".',
  );
}
