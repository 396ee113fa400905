/** Places group by group, in their own order within each (a counting sort); those of group g end before `ends[g]`. */
export function groupOrder(
  groupOf: Int32Array,
  groups: number,
): { readonly order: Int32Array<ArrayBuffer>; readonly ends: Int32Array<ArrayBuffer> } {
  const next = new Int32Array(groups + 1);
  for (const group of groupOf) next[group + 1]!++;
  for (let group = 1; group <= groups; group++) next[group]! += next[group - 1]!;
  const order = new Int32Array(groupOf.length);
  // Each start is moved on by its own members and so becomes the end.
  for (let at = 0; at < groupOf.length; at++) order[next[groupOf[at]!]!++] = at;
  return { order, ends: next.slice(0, groups) };
}
