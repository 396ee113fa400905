/** Remembers byte strings up to a total size; the one unused for longest goes first. */
export interface ByteCache {
  find(key: string): Uint8Array | undefined;
  keep(key: string, bytes: Uint8Array): void;
}

export function byteCache(bytesMax: number): ByteCache {
  // A Map keeps the order of insertion, so putting an entry back makes it the newest.
  const entries = new Map<string, Uint8Array>();
  let total = 0;

  function drop(key: string): void {
    total -= entries.get(key)?.byteLength ?? 0;
    entries.delete(key);
  }

  return {
    find(key) {
      const bytes = entries.get(key);
      if (bytes === undefined) return undefined;
      entries.delete(key);
      entries.set(key, bytes);
      return bytes;
    },
    keep(key, bytes) {
      drop(key);
      if (bytes.byteLength > bytesMax) return;
      entries.set(key, bytes);
      total += bytes.byteLength;
      for (const oldest of entries.keys()) {
        if (total <= bytesMax) break;
        drop(oldest);
      }
    },
  };
}
