/** Places group by group, in their own order within each (a counting sort); those of group g end before `ends[g]`. */
export function groupOrder(
  groupOf: Int32Array | Uint16Array,
  groups: number,
): { readonly order: Int32Array<ArrayBuffer>; readonly ends: Int32Array<ArrayBuffer> } {
  const next = startsOf(groupOf, groups);
  const order = new Int32Array(groupOf.length);
  // Each start is moved on by its own members and so becomes the end.
  for (let at = 0; at < groupOf.length; at++) order[next[groupOf[at]!]!++] = at;
  return { order, ends: next.slice(0, groups) };
}

/** All places, group by group, in the order given within each; those of group g end before `ends[g]`. */
export function regrouped(
  places: Int32Array,
  groupOf: Int32Array,
  groups: number,
): { readonly order: Int32Array<ArrayBuffer>; readonly ends: Int32Array<ArrayBuffer> } {
  const next = startsOf(groupOf, groups);
  const order = new Int32Array(places.length);
  for (const place of places) order[next[groupOf[place]!]!++] = place;
  return { order, ends: next.slice(0, groups) };
}

function startsOf(groupOf: Int32Array | Uint16Array, groups: number): Int32Array<ArrayBuffer> {
  const starts = new Int32Array(groups + 1);
  for (const group of groupOf) starts[group + 1]!++;
  for (let group = 1; group <= groups; group++) starts[group]! += starts[group - 1]!;
  return starts;
}

const DIGITS = 1 << 16;
const DIGITS_OF_A_DOUBLE = 4;
/** Whether the last bytes of a number stand first, as on nearly every machine. */
const LAST_FIRST = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * The places of numbers of which none is below zero, the smallest first, equal ones in their own order. Such doubles stand in
 * the order of their bits, which are counted out sixteen at a time, the last ones first; whole amounts differ in few of them.
 */
export function upwardOrder(values: Float64Array): Int32Array<ArrayBuffer> {
  const digits = new Uint16Array(
    values.buffer,
    values.byteOffset,
    DIGITS_OF_A_DOUBLE * values.length,
  );
  let order = new Int32Array(values.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  const column = new Int32Array(values.length);
  for (let digit = 0; digit < DIGITS_OF_A_DOUBLE; digit++) {
    const place = LAST_FIRST ? digit : DIGITS_OF_A_DOUBLE - 1 - digit;
    let isShared = true;
    for (let at = 0; at < column.length; at++) {
      column[at] = digits[DIGITS_OF_A_DOUBLE * at + place]!;
      if (column[at] !== column[0]) isShared = false;
    }
    if (!isShared) order = regrouped(order, column, DIGITS).order;
  }
  return order;
}
