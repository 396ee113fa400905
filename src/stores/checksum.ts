/** FNV-1a, 32 bits: tells damaged and changed bytes from whole ones, not friends from forgers. */
export function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}
