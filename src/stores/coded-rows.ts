import { endianness } from "node:os";

type Scalar = string | number | null;

/** A column whose rows name their values by number; a value may have several numbers. */
export interface CodedColumn<Value> {
  /** By row. */
  readonly codes: Int32Array | Uint16Array | Uint8Array;
  /** Numbers there are. */
  readonly size: number;
  readonly valueOf: (code: number) => Value;
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

/** Rows of one block at most, so that their numbers fit into two bytes. */
const ROWS_MAX = 1 << 14;
const BYTE_CODES = 1 << 8;

/** Rows as a line of a file holds them: each column's values once, and for each row the number of its value. */
export interface Block {
  readonly rows: number;
  readonly columns: Readonly<Record<string, BlockColumn>>;
}
interface BlockColumn {
  /** Texts as the lines of one text, an empty one for null: that is read and written several times as fast as a list. */
  readonly values: readonly Scalar[] | string;
  /**
   * In base64, a byte a row, or two with the lower one first where there are more than 256 values; left out where all rows have
   * the first.
   */
  readonly codes?: string;
}

/** Rows as blocks, in order. */
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

/** Numbers the values of some rows anew, in the order in which they come. */
function numbering({ codes, size, valueOf }: CodedColumn<Scalar>) {
  // A number given in an earlier block is below the first of this one, so that nothing is to be cleared between them.
  const given = new Int32Array(size);
  let first = 1;
  return (from: number, to: number): BlockColumn => {
    const values: Scalar[] = [];
    const numbers = new Uint16Array(to - from);
    for (let row = from; row < to; row++) {
      const code = codes[row]!;
      let number = given[code]! - first;
      if (number < 0) {
        number = values.push(valueOf(code)) - 1;
        given[code] = first + number;
      }
      numbers[row - from] = number;
    }
    first += values.length;
    const kept = inLines(values);
    return values.length === 1
      ? { values: kept }
      : { values: kept, codes: inBase64(numbers, values.length) };
  };
}

function inLines(values: readonly Scalar[]): readonly Scalar[] | string {
  const areTexts = values.every(
    (value) =>
      value === null || (typeof value === "string" && value !== "" && !value.includes("\n")),
  );
  return areTexts ? values.join("\n") : values;
}

function fromLines(values: readonly Scalar[] | string): readonly Scalar[] {
  return typeof values === "string" ? values.split("\n").map((line) => line || null) : values;
}

/** The rows of a block; that their fields are those of this program is vouched for by whoever read the block. */
export function rowsOfBlock<Fields extends Readonly<Record<keyof Fields, Scalar>>>(
  block: Block,
): CodedRows<Fields>;
export function rowsOfBlock({ rows, columns }: Block): CodedRows<Record<string, Scalar>> {
  const opened = Object.entries(columns).map(([name, column]) => {
    const values = fromLines(column.values);
    const { codes } = column;
    return [
      name,
      {
        codes: codes === undefined ? new Uint8Array(rows) : fromBase64(codes, values.length),
        size: values.length,
        valueOf: (code: number) => values[code],
      },
    ];
  });
  return { size: rows, columns: Object.fromEntries(opened) };
}

function inBase64(numbers: Uint16Array<ArrayBuffer>, values: number): string {
  const narrow = values <= BYTE_CODES ? Uint8Array.from(numbers) : numbers;
  return lowerFirst(Buffer.from(narrow.buffer), narrow.BYTES_PER_ELEMENT).toString("base64");
}

function fromBase64(codes: string, values: number): Uint8Array | Uint16Array {
  // A copy, since a small buffer may stand at an odd place of a larger one.
  const bytes = Uint8Array.from(Buffer.from(codes, "base64"));
  if (values <= BYTE_CODES) return bytes;
  lowerFirst(Buffer.from(bytes.buffer), Uint16Array.BYTES_PER_ELEMENT);
  return new Uint16Array(bytes.buffer);
}

/** Turns the bytes of each number around where this machine keeps the higher one first. */
function lowerFirst(bytes: Buffer, width: number): Buffer {
  return width > 1 && endianness() === "BE" ? bytes.swap16() : bytes;
}
