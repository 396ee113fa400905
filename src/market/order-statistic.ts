/** Fewer values than this of each part on the average are sorted into one sooner than searched together. */
const LONG_PARTS_FROM = 32;

/**
 * The values at some places (0 is the smallest; upwards) among several parts, each sorted upwards, as if they were sorted into
 * one. The middle of the largest remaining part divides all parts by bisection into what is smaller, equal and larger, until
 * every place is found: about log n divisions of k parts. The places must be there.
 */
export function valuesAt(
  parts: readonly Float64Array[],
  places: readonly number[],
): readonly number[] {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return places.map((place) => first[place]!);
  const n = parts.reduce((sum, { length }) => sum + length, 0);
  if (n < LONG_PARTS_FROM * parts.length) {
    const all = inOne(parts);
    return places.map((place) => all[place]!);
  }
  const found: number[] = [];
  const high = Int32Array.from(parts, ({ length }) => length);
  search(parts, new Int32Array(parts.length), high, places, found);
  return found;
}

/** All values of parts that are each sorted upwards, upwards. */
export function inOne(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

/** Adds what stands at the places among the values from `low` up to `high` of each part. */
function search(
  parts: readonly Float64Array[],
  low: Int32Array,
  high: Int32Array,
  places: readonly number[],
  found: number[],
): void {
  if (places.length === 0) return;
  let largest = 0;
  for (let part = 1; part < parts.length; part++)
    if (high[part]! - low[part]! > high[largest]! - low[largest]!) largest = part;
  const pivot = parts[largest]![(low[largest]! + high[largest]!) >> 1]!;
  const [below, upTo] = [new Int32Array(parts.length), new Int32Array(parts.length)];
  let [smaller, notLarger] = [0, 0];
  for (let part = 0; part < parts.length; part++) {
    const values = parts[part]!;
    const [from, end] = [low[part]!, high[part]!];
    const first = bound(values, pivot, from, end, false);
    const isThere = first < end && values[first] === pivot;
    const next = isThere ? bound(values, pivot, first + 1, end, true) : first;
    below[part] = first;
    upTo[part] = next;
    smaller += first - from;
    notLarger += next - from;
  }
  search(
    parts,
    low,
    below,
    places.filter((place) => place < smaller),
    found,
  );
  for (const place of places) if (place >= smaller && place < notLarger) found.push(pivot);
  const after = places.flatMap((place) => (place < notLarger ? [] : [place - notLarger]));
  search(parts, upTo, high, after, found);
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
