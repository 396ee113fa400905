/** The three shapes numbers rest in: whole numbers (counts, days, codes), reals, and text bytes. */
export type Kind = "i32" | "f64" | "u8";
export interface Shapes {
  readonly i32: Int32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
  readonly u8: Uint8Array<ArrayBuffer>;
}
export type Values = Shapes[Kind];

/** Numbers in a row, in memory or in a file: a question takes the piece it needs, so that a cold start reads little. */
export interface Column<V extends Values> {
  readonly length: number;
  at(index: number): number;
  /** The values from `from` up to, not including, `to`; a view, not to be written to. */
  slice(from: number, to: number): V;
  /** Every value; a view, not to be written to. */
  all(): V;
}

/** The names and kinds of columns that belong together. */
export type Layout = Readonly<Record<string, Kind>>;
export type ColumnsOf<L extends Layout> = { readonly [name in keyof L]: Column<Shapes[L[name]]> };

export function memoryColumn<V extends Values>(values: V): Column<V> {
  return {
    length: values.length,
    at: (index) => values[index]!,
    // TypeScript has no word for "a subarray of a V is a V".
    slice: (from, to) => values.subarray(from, to) as V,
    all: () => values,
  };
}

export type ArraysOf<L extends Layout> = { readonly [name in keyof L]: Shapes[L[name]] };

const ARRAYS = { i32: Int32Array, f64: Float64Array, u8: Uint8Array } as const;

/** Zeros of a kind. */
export function zeros<K extends Kind>(kind: K, length: number): Shapes[K];
export function zeros(kind: Kind, length: number): Values {
  return new ARRAYS[kind](length);
}

/** Zeros to be filled, one array a name. */
export function blankArrays<L extends Layout>(layout: L, length: number): ArraysOf<L> {
  return mapped(layout, (kind) => zeros(kind, length)) as ArraysOf<L>;
}

export function memoryColumns<L extends Layout>(arrays: ArraysOf<L>): ColumnsOf<L> {
  return mapped(arrays, memoryColumn) as ColumnsOf<L>;
}

/** The same names, each value turned into another. */
export function mapped<K extends string, A, B>(record: Readonly<Record<K, A>>, turn: (value: A, name: K) => B): Record<K, B> {
  return Object.fromEntries(Object.entries<A>(record).map(([name, value]) => [name, turn(value, name as K)])) as Record<K, B>;
}

/** Something made at its first use and kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
