import { mapped } from "../../market/column.ts";
import type { Cell } from "../cells.ts";
import type { CsvColumns } from "./reader.ts";
import type { CodedColumn } from "../../stores/facts-log.ts";
import { textCount, textOf } from "./text-column.ts";
import type { Codes } from "./text-column.ts";

/** A column's values, and by row the number of its value; a value may have several numbers. */
export interface Told<Value> {
  readonly codes: Codes;
  readonly values: readonly Value[];
}

/**
 * The column at a place of the header, each of its texts read once; without one, nothing is told in any row. `refuse` hears
 * of every row whose text cannot be taken, which then tells nothing.
 */
export function toldColumn<Value>(
  { size, columns }: CsvColumns,
  place: number | undefined,
  read: (text: string) => Cell<Value>,
  refuse: (row: number, text: string, reason: string) => void,
): Told<Value | null> {
  const column = columns[place ?? -1];
  if (column === undefined) return { codes: new Int32Array(size), values: [null] };
  const { codes } = column;
  const cells = Array.from({ length: textCount(column) }, (_, code) => read(textOf(column, code)));
  if (cells.some((cell) => "fault" in cell))
    for (let row = 0; row < size; row++) {
      const cell = cells[codes[row]!]!;
      if ("fault" in cell) refuse(row, textOf(column, codes[row]!), cell.fault);
    }
  return { codes, values: cells.map((cell) => ("value" in cell ? cell.value : null)) };
}

/** The same with another value for each that there is. */
export function mapTold<Value, Other>(
  { codes, values }: Told<Value>,
  turn: (value: Value) => Other,
): Told<Other> {
  return { codes, values: values.map(turn) };
}

/** The same, each value by one number. */
export function withDistinctValues<Value>({ codes, values }: Told<Value>): Told<Value> {
  const numbers = new Map<Value, number>();
  const numberOf = Int32Array.from(values, (value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  if (numbers.size === values.length) return { codes, values };
  const renumbered = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) renumbered[row] = numberOf[codes[row]!]!;
  return { codes: renumbered, values: [...numbers.keys()] };
}

/** Columns by name for the facts log. */
export function codedColumns<Fields>(told: {
  readonly [Field in keyof Fields]: Told<Fields[Field]>;
}): { readonly [Field in keyof Fields]: CodedColumn<Fields[Field]> };
export function codedColumns(
  told: Readonly<Record<string, Told<unknown>>>,
): Record<string, CodedColumn<unknown>> {
  return mapped(told, codedColumn);
}

export function codedColumn<Value>({ codes, values }: Told<Value>): CodedColumn<Value> {
  return { codes, size: values.length, valueOf: (code) => values[code]! };
}

/** Columns by name, of each some of the rows. */
export function pickedColumns<
  Columns extends Readonly<Record<keyof Columns, { readonly codes: Codes }>>,
>(columns: Columns, places: Int32Array<ArrayBuffer>): Columns;
export function pickedColumns(
  columns: Readonly<Record<string, { readonly codes: Codes }>>,
  places: Int32Array<ArrayBuffer>,
): Record<string, { readonly codes: Codes }> {
  return mapped(columns, (column) => pickedRows(column, places));
}

/** Some of the rows, by their places upwards; the column itself where those are all. */
export function pickedRows<Column extends { readonly codes: Codes }>(
  column: Column,
  places: Int32Array<ArrayBuffer>,
): Column {
  if (places.length === column.codes.length) return column;
  return { ...column, codes: places.map((row) => column.codes[row]!) };
}

/** The places of the rows that are not marked. */
export function placesUnmarked(isMarked: Uint8Array): Int32Array<ArrayBuffer> {
  const places = new Int32Array(isMarked.length);
  let size = 0;
  for (let row = 0; row < isMarked.length; row++) if (isMarked[row] === 0) places[size++] = row;
  return places.slice(0, size);
}
