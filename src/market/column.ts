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
export type ArraysOf<L extends Layout> = { readonly [name in keyof L]: Shapes[L[name]] };

const ARRAYS = { i32: Int32Array, f64: Float64Array, u8: Uint8Array } as const;

/*
 * TypeScript cannot follow a kind through a table of constructors or a mapped record: the functions below say what they
 * keep in an overload, and a body that holds for any kind.
 */

/** Zeros of a kind. */
export function zeros<K extends Kind>(kind: K, length: number): Shapes[K];
export function zeros(kind: Kind, length: number): Values {
  return new ARRAYS[kind](length);
}

/** Some of the values, as a view. */
export function piece<V extends Values>(values: V, from: number, to: number): V;
export function piece(values: Values, from: number, to: number): Values {
  return values.subarray(from, to);
}

export function memoryColumn<V extends Values>(values: V): Column<V> {
  return {
    length: values.length,
    at: (index) => values[index]!,
    slice: (from, to) => piece(values, from, to),
    all: () => values,
  };
}

/** The same names, each value turned into another. */
export function mapped<K extends string, A, B>(
  record: Readonly<Record<K, A>>,
  turn: (value: A, name: K) => B,
): Record<K, B>;
export function mapped<A, B>(
  record: Readonly<Record<string, A>>,
  turn: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, turn(value, name)]),
  );
}

/** Zeros to be filled, one array a name. */
export function blankArrays<L extends Layout>(layout: L, length: number): ArraysOf<L>;
export function blankArrays(layout: Layout, length: number): ArraysOf<Layout> {
  return mapped(layout, (kind) => zeros(kind, length));
}

export function memoryColumns<L extends Layout>(arrays: ArraysOf<L>): ColumnsOf<L>;
export function memoryColumns(arrays: ArraysOf<Layout>): ColumnsOf<Layout> {
  return mapped(arrays, (values) => memoryColumn(values));
}

/** Something made at its first use and kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The same function that works out each word once, for as long as it is held. */
export function onceEach<Value>(of: (word: string) => Value): (word: string) => Value {
  const known = new Map<string, Value>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const value = of(word);
    known.set(word, value);
    return value;
  };
}
