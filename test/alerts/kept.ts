/** A value as it comes back from a store: written out as JSON and read again. */
export function kept<T>(value: T): T {
  const read: T = JSON.parse(JSON.stringify(value));
  return read;
}
