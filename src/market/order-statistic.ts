/**
 * The value at a place (0 is the smallest) among several parts, each sorted upwards, as if they were sorted into one. The
 * middle of the largest remaining part divides all parts by bisection until one value, or equal ones, are left: about
 * log n divisions of k parts. The place must be there.
 */
export function valueAt(parts: readonly Float64Array[], place: number): number {
  if (parts.length === 1) return parts[0]![place]!;
  const low = new Int32Array(parts.length);
  const high = Int32Array.from(parts, ({ length }) => length);
  const [below, upTo] = [new Int32Array(parts.length), new Int32Array(parts.length)];
  for (let left = place; ;) {
    let largest = 0;
    for (let part = 1; part < parts.length; part++)
      if (high[part]! - low[part]! > high[largest]! - low[largest]!) largest = part;
    const pivot = parts[largest]![(low[largest]! + high[largest]!) >> 1]!;
    let [smaller, notLarger] = [0, 0];
    for (let part = 0; part < parts.length; part++) {
      below[part] = bound(parts[part]!, pivot, low[part]!, high[part]!, false);
      upTo[part] = bound(parts[part]!, pivot, below[part]!, high[part]!, true);
      smaller += below[part]! - low[part]!;
      notLarger += upTo[part]! - low[part]!;
    }
    if (left < smaller) high.set(below);
    else if (left < notLarger) return pivot;
    else {
      low.set(upTo);
      left -= notLarger;
    }
  }
}

/** The first place from `low` whose value is at least the pivot, or, when `after`, more than it. */
function bound(
  values: Float64Array,
  pivot: number,
  low: number,
  high: number,
  after: boolean,
): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle]! < pivot || (after && values[middle] === pivot)) from = middle + 1;
    else to = middle;
  }
  return from;
}
