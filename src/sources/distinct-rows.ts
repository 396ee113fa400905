/** Rows by what they say: equal ones have one number, given in the order in which they first come. */
export interface DistinctRows {
  /** Of each number, the first row that has it. */
  readonly firsts: Int32Array<ArrayBuffer>;
  /** How many rows have it. */
  readonly counts: Int32Array<ArrayBuffer>;
  /** The number of the rows with these codes, one a column; -1 when there is none. */
  find(codes: readonly number[]): number;
}

/** Tells rows apart by the codes they have in columns. */
export function distinctRows(
  columns: readonly Int32Array<ArrayBuffer>[],
  size: number,
): DistinctRows {
  let firsts = new Int32Array(1 << 8);
  let counts = new Int32Array(1 << 8);
  let distinct = 0;
  /** By hash, or the next free one after it: a number plus one. Half of them stay free. */
  let slots = new Int32Array(1 << 9);

  const codesOf = (row: number) => columns.map((column) => column[row]!);
  /** The slot of these codes, or the free one that they would take. */
  function slotOf(codes: readonly number[]): number {
    let slot = hashOf(codes) & (slots.length - 1);
    for (let number = slots[slot]! - 1; number >= 0; number = slots[slot]! - 1) {
      const first = firsts[number]!;
      if (columns.every((column, at) => column[first] === codes[at])) break;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  for (let row = 0; row < size; row++) {
    const slot = slotOf(codesOf(row));
    if (slots[slot] === 0) {
      if (distinct === firsts.length) [firsts, counts] = [doubled(firsts), doubled(counts)];
      firsts[distinct] = row;
      slots[slot] = ++distinct;
    }
    counts[slots[slot]! - 1]!++;
    if (2 * distinct > slots.length) {
      slots = new Int32Array(2 * slots.length);
      for (let number = 0; number < distinct; number++)
        slots[slotOf(codesOf(firsts[number]!))] = number + 1;
    }
  }
  return {
    firsts: firsts.slice(0, distinct),
    counts: counts.slice(0, distinct),
    find: (codes) => slots[slotOf(codes)]! - 1,
  };
}

/** FNV-1a over whole codes, its high bits folded into the low ones that choose the slot. */
function hashOf(codes: readonly number[]): number {
  let hash = 0x811c_9dc5;
  for (const code of codes) hash = Math.imul(hash ^ code, 0x0100_0193);
  return hash ^ (hash >>> 15);
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  return new Int32Array(array.buffer.transfer(2 * array.byteLength));
}
