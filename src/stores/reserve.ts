import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { join } from "node:path";
import { writeAll, type Disk } from "./disk.ts";

export const RESERVE_FILE = "reserve";
export const RESERVE_BYTES = 1 << 20;
/** Given up at a time: many starts on a full disk are served by one reserve. */
const PIECE_BYTES = 64 << 10;

/**
 * Fills the folder's reserve up to 1 MB: bytes that are really written, kept so that a start on a full disk has room for
 * its lock. Throws the disk's own error; the file is then as long as before, since the last free bytes are for commands.
 */
export async function fillReserve(disk: Disk, dir: string): Promise<void> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const file = await disk.open(join(dir, RESERVE_FILE), flags, 0o600);
  try {
    const { size } = await file.stat();
    if (size >= RESERVE_BYTES) return;
    try {
      // Noise: a file system that packs or skips zeros would keep no room for them.
      await writeAll(file, randomBytes(RESERVE_BYTES - size), size);
      await file.datasync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

/** Gives 64 kB of the reserve back to the disk; false when there is nothing left to give, or it cannot be given. */
export async function spendReserve(disk: Disk, dir: string): Promise<boolean> {
  try {
    const file = await disk.open(join(dir, RESERVE_FILE), constants.O_RDWR | constants.O_NOFOLLOW);
    try {
      const { size } = await file.stat();
      await file.truncate(Math.max(0, size - PIECE_BYTES));
      return size > 0;
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
