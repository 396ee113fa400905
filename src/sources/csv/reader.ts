import { cite, Fault } from "../../fault.ts";
import type { RowFault } from "../row-fault.ts";
import { fitted, grown } from "./fitted.ts";
import { PLACE_STEP, placeOf, placesSize } from "./columns.ts";
import type { CellPlaces } from "./columns.ts";
import type { TextColumn } from "./text-column.ts";
import { emptyFault } from "../text-file.ts";

const CELL_CHARS_MAX = 65_536;
const COLUMNS_MAX = 200;
const RECORD_BYTES_MAX = 1 << 20;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const QUOTE = 0x22;
const FIRST_NOT_ASCII = 0x80;
/** Stands for the end of the text. */
const END = -1;
/** FNV-1a. */
const HASH_START = 0x811c_9dc5 | 0;
const HASH_STEP = 0x0100_0193;

/** The records of delimited text. */
export interface CsvRecords {
  readonly header: readonly string[];
  /** Records of the header's width; blank ones are left out. */
  readonly size: number;
  /** Of each record, as a spreadsheet counts: the header is row 1. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** Records of another width. Blank cells past the last column do no harm. */
  readonly ragged: readonly RowFault[];
  /** The row in which the text breaks off: its last one, too short and without a line end. Null where it is whole. */
  readonly cutIn: number | null;
}

/** Delimited text, column by column. */
export interface CsvColumns extends CsvRecords {
  /** By place in the header; undefined for one that is not kept. */
  readonly columns: readonly (TextColumn | undefined)[];
}

/** What becomes of the cells. */
export interface CellTaker {
  /** Told once, with the header. */
  begin(header: readonly string[]): void;
  /** The cells of the next records, of as many columns as the header has; good until it returns. */
  take(cells: CellPlaces): void;
}

export interface CsvReader {
  /** Whole records so far, the header and blank ones among them. */
  readonly records: number;
  /**
   * Takes the next bytes, UTF-8 without byte order mark, cut anywhere. Throws a Fault (`bad_file`, `too_large`) for what
   * cannot be read as a table.
   */
  push(bytes: Buffer): void;
  /** Everything that was pushed. Throws as `push` does, and for a text without any record. */
  done(): CsvRecords;
}

/**
 * Reads text divided by comma or semicolon, whichever its first line is divided by, with strict quotes (RFC 4180) and any line
 * ends.
 */
export function openCsvReader(taker: CellTaker): CsvReader {
  return new Reading(taker);
}

/* A class, since a closure's variables cost twice as much to reach in the innermost loop. */
class Reading implements CsvReader {
  readonly #taker: CellTaker;
  #delimiter = END;
  /** 1 for each byte that may end a bare cell or must not stand in it. */
  readonly #special = new Uint8Array(256);
  #header: readonly string[] | undefined;
  /** Cells of the header while it is read. */
  #names: string[] = [];
  #rows = new Int32Array(1 << 10);
  #size = 0;
  records = 0;
  #ragged: RowFault[] = [];
  #cutIn: number | null = null;
  /** What came after the last whole record stands at its beginning; what is pushed is copied behind it, and one byte more. */
  #bytes: Buffer = Buffer.alloc(1);
  #rest = 0;
  /** The hash of the quoted cell read last, and whether quotes are doubled in it. */
  #hash = 0;
  #isDoubled = false;
  /** Whether a line feed was met in a quoted cell. */
  #mayBreak = false;
  /** Where the cells stand of records that were not given away yet, see `CellPlaces`. */
  #places = new Int32Array(0);
  #together = 0;

  constructor(taker: CellTaker) {
    this.#taker = taker;
  }

  push(bytes: Buffer): void {
    const size = this.#rest + bytes.length;
    if (this.#bytes.length <= size) this.#bytes = Buffer.concat([this.#bytes], size + 1);
    bytes.copy(this.#bytes, this.#rest);
    const all = this.#bytes.subarray(0, size);
    // Which mark divides is told by the whole first line.
    const canBegin = this.#delimiter !== END || all.includes(LF) || all.includes(CR);
    const read = canBegin ? this.#read(size, false) : 0;
    this.#bytes.copyWithin(0, read, size);
    this.#rest = size - read;
    if (this.#rest > RECORD_BYTES_MAX) throw tooLong(this.records + 1);
  }

  done(): CsvRecords {
    this.#read(this.#rest, true);
    if (this.#header === undefined) throw emptyFault();
    return {
      header: this.#header,
      size: this.#size,
      rows: this.#rows.subarray(0, this.#size),
      ragged: this.#ragged,
      cutIn: this.#cutIn,
    };
  }

  /** Reads whole records of the first bytes and says how far they go; `last` when nothing comes after them. */
  #read(size: number, last: boolean): number {
    const bytes = this.#bytes;
    if (this.#delimiter === END) {
      this.#delimiter = delimiterOf(bytes.toString("utf8", 0, size)).charCodeAt(0);
      for (const byte of [this.#delimiter, LF, CR, QUOTE]) this.#special[byte] = 1;
    }
    // Ends a bare cell that goes up to here, so that no byte of it needs to be counted.
    bytes[size] = LF;
    let at = 0;
    while (at < size) {
      const next = this.#record(bytes, size, at, last);
      if (next === END) break;
      if (next - at > RECORD_BYTES_MAX) throw tooLong(this.records);
      at = next;
    }
    if (this.#together > 0) {
      const width = this.#header!.length;
      const [places, rows, mayBreak] = [this.#places, this.#together, this.#mayBreak];
      this.#taker.take({ bytes, mayBreak, places, rows, width });
      this.#together = 0;
    }
    return at;
  }

  /** Where the next record begins; `END` when the end of this one is not there. */
  #record(bytes: Buffer, size: number, start: number, last: boolean): number {
    const delimiter = this.#delimiter;
    const special = this.#special;
    const width = this.#header?.length ?? 0;
    const needed = placesSize(this.#together + 1, width);
    if (needed > this.#places.length)
      this.#places = fitted(this.#places, 2 * this.#places.length + needed);
    let place = placeOf(this.#together, width);
    const places = this.#places;
    let doubled: number[] | undefined;
    if (this.#header === undefined) this.#names = [];
    let at = start;
    let cells = 0;
    // Whether a cell begins with something to see; only where none does, they may all be blank.
    let says = false;
    let saysPast = false;
    let hasEnd = true;
    for (;;) {
      let byte = at < size ? bytes[at]! : END;
      let from = at;
      let to = at;
      let hash = HASH_START;
      if (byte === QUOTE) {
        from = at + 1;
        to = this.#closing(bytes, size, from, last);
        if (to === END) return END;
        hash = this.#hash;
        if (this.#isDoubled && cells < width) (doubled ??= []).push(place);
        at = to + 1;
        byte = at < size ? bytes[at]! : END;
        if (byte !== delimiter && byte !== LF && byte !== CR && byte !== END)
          throw quotesFault(
            this.records + 1,
            "something stands between a closing quote and the end of its cell",
          );
      } else {
        byte = bytes[at]!;
        while (special[byte] === 0) {
          hash = Math.imul(hash ^ byte, HASH_STEP);
          byte = bytes[++at]!;
        }
        if (at === size) byte = END;
        if (byte === QUOTE)
          throw quotesFault(
            this.records + 1,
            "a quote stands inside a cell that does not begin with one",
          );
        to = at;
      }
      if (to > from) {
        const first = bytes[from]!;
        says ||= first > BLANK && first < FIRST_NOT_ASCII;
        if (to - from > CELL_CHARS_MAX)
          refuseLongCell(bytes.toString("utf8", from, to), this.records + 1, cells + 1);
      }
      if (cells < width) {
        places[place] = from;
        places[place + 1] = to;
        places[place + 2] = hash;
        place += PLACE_STEP;
      } else if (this.#header === undefined) this.#names.push(bytes.toString("utf8", from, to));
      else saysPast ||= bytes.toString("utf8", from, to).trim() !== "";
      cells += 1;
      if (cells > COLUMNS_MAX) throw tooWide(this.records + 1);
      if (byte === delimiter) {
        at += 1;
        continue;
      }
      if (byte === END && !last) return END;
      // A line feed may come with the next bytes.
      if (byte === CR && at + 1 === size && !last) return END;
      if (byte !== END) at += byte === CR && bytes[at + 1] === LF ? 2 : 1;
      hasEnd = byte !== END;
      break;
    }
    this.records += 1;
    if (says || !isBlankRecord(bytes.toString("utf8", start, at), delimiter)) {
      for (const cell of doubled ?? [])
        places[cell + 1] = singled(bytes, places[cell]!, places[cell + 1]!);
      this.#take(cells, saysPast, hasEnd);
    }
    return at;
  }

  /** Where a quoted cell's last quote stands; `from` is behind its first. */
  #closing(bytes: Buffer, size: number, from: number, last: boolean): number {
    this.#isDoubled = false;
    let hash = HASH_START;
    let at = from;
    for (; at < size; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (at + 1 === size && !last) return END;
        if (bytes[at + 1] !== QUOTE) break;
        // Of two quotes the first stands for the text.
        at += 1;
        this.#isDoubled = true;
      }
      if (byte === LF) this.#mayBreak = true;
      hash = Math.imul(hash ^ byte, HASH_STEP);
    }
    if (at >= size) {
      if (!last) return END;
      throw quotesFault(this.records + 1, "a quote is left open, or the file is cut off there");
    }
    this.#hash = hash;
    return at;
  }

  /** Keeps a record of so many cells; `saysPast` when one past the last column is not blank, `hasEnd` when its line ends. */
  #take(cells: number, saysPast: boolean, hasEnd: boolean): void {
    if (this.#header === undefined) {
      this.#header = this.#names.map((cell) => cell.replaceAll('""', '"').trim());
      refuseHeader(this.#header);
      this.#taker.begin(this.#header);
      return;
    }
    const width = this.#header.length;
    if (cells < width || saysPast) {
      const isCut = cells < width && !hasEnd;
      if (isCut) this.#cutIn = this.records;
      const has = `has ${cells} ${cells === 1 ? "cell" : "cells"}, the header ${width}`;
      const reason = isCut ? `${has}: the file seems cut off here` : has;
      this.#ragged.push({ row: this.records, column: "", value: "", reason });
      return;
    }
    if (this.#size === this.#rows.length) this.#rows = grown(this.#rows);
    this.#rows[this.#size++] = this.records;
    this.#together += 1;
  }
}

/** Makes doubled quotes single where they stand and says where the text then ends. */
function singled(bytes: Buffer, from: number, to: number): number {
  let end = from;
  for (let at = from; at < to; at++) {
    bytes[end++] = bytes[at]!;
    if (bytes[at] === QUOTE) at += 1;
  }
  return end;
}

/** The mark that divides the first line, outside of quotes. */
function delimiterOf(start: string): ";" | "," {
  const line = (start.split(/[\r\n]/, 1)[0] ?? "").replace(/"[^"]*"/g, "");
  return line.split(";").length > line.split(",").length ? ";" : ",";
}

/** A blank line, cells of nothing but blanks, or the Ctrl-Z that old programs end a file with. */
function isBlankRecord(record: string, delimiter: number): boolean {
  const mark = String.fromCharCode(delimiter);
  return record
    .matchAll(/"((?:[^"]|"")*)"|[^"]+/g)
    .map(([bare, quoted]) => quoted ?? bare.replaceAll(mark, ""))
    .every((text) => text.replaceAll("\u001A", "").trim() === "");
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

function refuseHeader(header: readonly string[]): void {
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

function refuseLongCell(text: string, row: number, column: number): void {
  if (text.length <= CELL_CHARS_MAX) return;
  throw new Fault(
    "too_large",
    `Row ${row}, column ${column}: the cell is longer than 64 kB.`,
    "Is a quote left open?",
  );
}

function tooWide(row: number): Fault {
  return new Fault(
    "too_large",
    `Row ${row} has more than ${COLUMNS_MAX} columns.`,
    "Check the delimiter and the quotes.",
  );
}

function tooLong(row: number): Fault {
  return new Fault("too_large", `Row ${row} is longer than a megabyte.`, "Is a quote left open?");
}

function quotesFault(row: number, what: string): Fault {
  return new Fault(
    "bad_file",
    `Row ${row}: ${what}.`,
    'Quotes inside a quoted cell are doubled: "say ""hi""".',
  );
}
