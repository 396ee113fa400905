/** Rows by key, kept in order of keys, so that a prefix is found without looking at the others. */
export interface OrderedRows<Row extends { readonly key: string }> {
  readonly size: number;
  get(key: string): Row | undefined;
  set(row: Row): void;
  delete(key: string): void;
  /** Every row whose key starts with the prefix, in order of keys (UTF-16 code units). */
  startingWith(prefix: string): Row[];
}

export function orderedRows<Row extends { readonly key: string }>(
  given: readonly Row[] = [],
): OrderedRows<Row> {
  const rows = new Map(given.map((row) => [row.key, row]));
  const keys = [...rows.keys()].sort();

  /** Where the key stands, or would stand. */
  function placeOf(key: string): number {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get size() {
      return rows.size;
    },
    get: (key) => rows.get(key),
    set(row) {
      if (!rows.has(row.key)) keys.splice(placeOf(row.key), 0, row.key);
      rows.set(row.key, row);
    },
    delete(key) {
      if (rows.delete(key)) keys.splice(placeOf(key), 1);
    },
    startingWith(prefix) {
      const found: Row[] = [];
      for (let at = placeOf(prefix); keys[at]?.startsWith(prefix) === true; at++)
        found.push(rows.get(keys[at]!)!);
      return found;
    },
  };
}
