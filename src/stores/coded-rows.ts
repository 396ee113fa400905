import { endianness } from "node:os";

type Scalar = string | number | null;

/** A column whose rows name their values by number; a value may have several numbers. */
export interface CodedColumn<Value> {
  /** By row. */
  readonly codes: Int32Array | Uint16Array | Uint8Array;
  /** Numbers there are. */
  readonly size: number;
  readonly valueOf: (code: number) => Value;
  /**
   * Where it is cheap to tell: the values of the rows up to, not including, `to`, as lines of one text, when each is a text of
   * its own without a line feed; undefined otherwise.
   */
  readonly linesOf?: (from: number, to: number) => string | undefined;
}

/** Many rows, column by column; a field without a column is null in all of them. */
export interface CodedRows<Fields extends Readonly<Record<keyof Fields, Scalar>>> {
  readonly size: number;
  readonly columns: { readonly [Field in keyof Fields]?: CodedColumn<Fields[Field]> };
}

/** What a row says in a field; null without a column of it. */
export function valueIn<Value>(column: CodedColumn<Value> | undefined, row: number): Value | null {
  return column === undefined ? null : column.valueOf(column.codes[row]!);
}

/** Rows of one block at most: some hundred kilobytes of text. */
const ROWS_MAX = 1 << 12;

/** Some rows of many as a line of a file holds them, by the names of the columns. */
export interface Block {
  readonly rows: number;
  readonly columns: Readonly<Record<string, BlockColumn>>;
}

/** A value of its own for each row; or values by number, each value told once, in the first block that needs it. */
type BlockColumn =
  | { readonly lines: string }
  | {
      /** Those of the next numbers; texts as lines, an empty one for null: that is read and written several times as fast. */
      readonly values: readonly Scalar[] | string;
      /**
       * Each row's number in base64, the lowest byte first: one byte up to 256 values so far, two up to 65,536, else four.
       * Left out while there is one value.
       */
      readonly codes?: string;
    };

/** Rows as blocks, to be read in this order. */
export function* blocksOf({
  size,
  columns,
}: {
  readonly size: number;
  readonly columns: Readonly<Record<string, CodedColumn<Scalar> | undefined>>;
}): Generator<Block> {
  const numbered = Object.entries(columns).flatMap(([name, column]) =>
    column === undefined ? [] : [[name, numbering(column)] as const],
  );
  for (let from = 0; from < size; from += ROWS_MAX) {
    const to = Math.min(size, from + ROWS_MAX);
    const inBlock = numbered.map(([name, number]) => [name, number(from, to)] as const);
    yield { rows: to - from, columns: Object.fromEntries(inBlock) };
  }
}

/** Numbers the values in the order in which rows come to need them. */
function numbering({ codes, size, valueOf, linesOf }: CodedColumn<Scalar>) {
  /** A value's number plus one; 0 while it has none. */
  const given = new Int32Array(size);
  let count = 0;
  return (from: number, to: number): BlockColumn => {
    const lines = linesOf?.(from, to);
    if (lines !== undefined) return { lines };
    const values: Scalar[] = [];
    const numbers = new Int32Array(to - from);
    for (let row = from; row < to; row++) {
      const code = codes[row]!;
      if (given[code] === 0) {
        values.push(valueOf(code));
        given[code] = ++count;
      }
      numbers[row - from] = given[code]! - 1;
    }
    const told = inLines(values);
    return count === 1 ? { values: told } : { values: told, codes: inBase64(numbers, count) };
  };
}

/** Reads blocks in the order in which they were written, each once. */
export interface BlockReader {
  /** The rows of the next block; that their fields are those of this program is vouched for by whoever read the block. */
  rows<Fields extends Readonly<Record<keyof Fields, Scalar>>>(block: Block): CodedRows<Fields>;
}

export function openBlockReader(): BlockReader {
  const known = new Map<string, Scalar[]>();
  function opened(name: string, column: BlockColumn, rows: number): CodedColumn<Scalar> {
    if ("lines" in column) {
      const lines = column.lines.split("\n");
      const codes = Int32Array.from({ length: rows }, (_, row) => row);
      return { codes, size: rows, valueOf: (code) => lines[code]! };
    }
    const values = known.get(name) ?? [];
    known.set(name, values);
    for (const value of fromLines(column.values)) values.push(value);
    const size = values.length;
    const codes =
      column.codes === undefined ? new Uint8Array(rows) : fromBase64(column.codes, size);
    return { codes, size, valueOf: (code) => values[code]! };
  }
  function rowsOf<Fields extends Readonly<Record<keyof Fields, Scalar>>>(
    block: Block,
  ): CodedRows<Fields>;
  function rowsOf({ rows, columns }: Block): CodedRows<Record<string, Scalar>> {
    const named = Object.entries(columns);
    return {
      size: rows,
      columns: Object.fromEntries(
        named.map(([name, column]) => [name, opened(name, column, rows)]),
      ),
    };
  }
  return { rows: rowsOf };
}

function inLines(values: readonly Scalar[]): readonly Scalar[] | string {
  const areTexts = values.every(
    (value) =>
      value === null || (typeof value === "string" && value !== "" && !value.includes("\n")),
  );
  return areTexts && values.length > 0 ? values.join("\n") : values;
}

function fromLines(values: readonly Scalar[] | string): readonly Scalar[] {
  return typeof values === "string" ? values.split("\n").map((line) => line || null) : values;
}

function inBase64(numbers: Int32Array<ArrayBuffer>, count: number): string {
  const width = widthOf(count);
  const narrow =
    width === 1 ? Uint8Array.from(numbers) : width === 2 ? Uint16Array.from(numbers) : numbers;
  return lowestFirst(Buffer.from(narrow.buffer), width).toString("base64");
}

function fromBase64(codes: string, count: number): CodedColumn<Scalar>["codes"] {
  const width = widthOf(count);
  // A copy, since a small buffer may stand at an odd place of a larger one.
  const bytes = Uint8Array.from(Buffer.from(codes, "base64"));
  lowestFirst(Buffer.from(bytes.buffer), width);
  if (width === 1) return bytes;
  return width === 2 ? new Uint16Array(bytes.buffer) : new Int32Array(bytes.buffer);
}

function widthOf(count: number): 1 | 2 | 4 {
  return count <= 1 << 8 ? 1 : count <= 1 << 16 ? 2 : 4;
}

/** Turns the bytes of each number around where this machine keeps the highest one first. */
function lowestFirst(bytes: Buffer, width: 1 | 2 | 4): Buffer {
  if (endianness() === "LE" || width === 1) return bytes;
  return width === 2 ? bytes.swap16() : bytes.swap32();
}
