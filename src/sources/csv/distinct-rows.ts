import { grown } from "./fitted.ts";
import type { Told } from "./told-column.ts";

/** Rows by what they say: equal ones have one number, given in the order in which they first come. */
export interface DistinctRows {
  /** Of each number, the first row that has it. */
  readonly firsts: Int32Array<ArrayBuffer>;
  /** How many rows have it. */
  readonly counts: Int32Array<ArrayBuffer>;
  /** The number of the rows with these codes, one a column and -1 for a value that is in none; -1 when there is none. */
  find(codes: readonly number[]): number;
}

/** Tells rows apart by the codes they have in columns, in each of which a value has one code. */
export function distinctRows(columns: readonly Told<unknown>[], size: number): DistinctRows {
  const { parts, partsOf } = foldedColumns(columns, size);
  /** What is looked for: a row's part of each folded column. */
  const wanted = new Int32Array(parts.length);
  let firsts = new Int32Array(1 << 8);
  let counts = new Int32Array(1 << 8);
  let distinct = 0;
  /** By hash, or the next free one after it: a number plus one. Half of them stay free. */
  let slots = new Int32Array(1 << 9);

  /** The slot of what is wanted, or the free one that it would take. */
  function slotOfWanted(): number {
    let hash = 0x811c_9dc5;
    for (const part of wanted) hash = Math.imul(hash ^ part, 0x0100_0193);
    hash ^= hash >>> 15;
    for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const number = slots[slot]! - 1;
      if (number < 0) return slot;
      const first = firsts[number]!;
      let at = 0;
      while (at < parts.length && parts[at]![first] === wanted[at]) at += 1;
      if (at === parts.length) return slot;
    }
  }
  function want(row: number): void {
    for (let at = 0; at < parts.length; at++) wanted[at] = parts[at]![row]!;
  }

  for (let row = 0; row < size; row++) {
    want(row);
    const slot = slotOfWanted();
    if (slots[slot] === 0) {
      if (distinct === firsts.length) [firsts, counts] = [grown(firsts), grown(counts)];
      firsts[distinct] = row;
      slots[slot] = ++distinct;
    }
    counts[slots[slot]! - 1]!++;
    if (2 * distinct > slots.length) {
      slots = new Int32Array(2 * slots.length);
      for (let number = 0; number < distinct; number++) {
        want(firsts[number]!);
        slots[slotOfWanted()] = number + 1;
      }
    }
  }
  return {
    firsts: firsts.slice(0, distinct),
    counts: counts.slice(0, distinct),
    find(codes) {
      if (codes.includes(-1)) return -1;
      wanted.set(partsOf(codes));
      return slots[slotOfWanted()]! - 1;
    },
  };
}

const FOLDED_MAX = 2 ** 31;

/** The columns as few: several of few values are one, whose number tells the number of each. */
function foldedColumns(columns: readonly Told<unknown>[], size: number) {
  const folds: { at: number[]; values: number }[] = [];
  for (const [at, { values }] of columns.entries()) {
    const last = folds.at(-1);
    if (last !== undefined && last.values * values.length <= FOLDED_MAX) {
      last.at.push(at);
      last.values *= values.length;
    } else folds.push({ at: [at], values: values.length });
  }
  const partsOf = (codes: readonly number[]) =>
    folds.map(({ at }) =>
      at.reduce((part, column) => part * columns[column]!.values.length + codes[column]!, 0),
    );
  const parts = folds.map(({ at }) => {
    const part = new Int32Array(size);
    for (const column of at) {
      const { codes, values } = columns[column]!;
      if (values.length > 1)
        for (let row = 0; row < size; row++) part[row] = part[row]! * values.length + codes[row]!;
    }
    return part;
  });
  return { parts, partsOf };
}
