import { constants } from "node:fs";
import fs from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { randomBytes } from "node:crypto";
import { Fault } from "../fault.ts";
import { errorCode } from "./facts-read.ts";

/** The calls the book makes to the disk; tests put one in between that fails or dies at the n-th call. */
export type Disk = Pick<
  typeof fs,
  "open" | "rename" | "unlink" | "readdir" | "mkdir" | "lstat" | "chmod"
>;
export const realDisk: Disk = fs;

/** A file's bytes, or undefined when it is not there. Symbolic links are refused, whoever planted them. */
export async function readIfThere(disk: Disk, path: string): Promise<Buffer | undefined> {
  let file: FileHandle;
  try {
    file = await disk.open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
  try {
    return await file.readFile();
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

function unreadable(path: string, error: unknown): Fault {
  if (errorCode(error) === "ELOOP")
    return new Fault("bad_file", `${path} is a symbolic link.`, "Put the file itself there.");
  return new Fault(
    "bad_file",
    `${path} cannot be read (${errorCode(error)}).`,
    "Check who owns it, then run `npm run -s doctor`. Nothing was changed.",
  );
}

/** A new file for us alone; one that is there already, also a planted link, is an error. */
export function createFile(disk: Disk, path: string): Promise<FileHandle> {
  return disk.open(
    path,
    constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  );
}

/** Writes the whole buffer at a place in the file, however many calls it takes. */
export async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  let done = 0;
  while (done < bytes.length)
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

/**
 * Puts a file in place whole: under a name nobody can guess, synced, renamed, and the folder synced. When this resolves
 * it survives a power cut; when it rejects or the process dies, what was there before still is. Gives its length in bytes.
 */
export async function writeDurably(
  disk: Disk,
  path: string,
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
  /** Called when everything is written and only the name is to be changed: from here on, a failure leaves us not knowing. */
  onPlacing: () => void = () => {},
): Promise<number> {
  const draft = `${path}.${randomBytes(8).toString("hex")}.tmp`;
  const file = await createFile(disk, draft);
  let length = 0;
  try {
    try {
      for await (const piece of pieces) {
        await writeAll(file, piece, length);
        length += piece.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    onPlacing();
    await disk.rename(draft, path);
  } catch (error) {
    await disk.unlink(draft).catch(() => undefined);
    throw error;
  }
  await syncFolder(disk, dirname(path));
  return length;
}

/** A new name is durable only when its folder is. */
export async function syncFolder(disk: Disk, dir: string): Promise<void> {
  // Windows cannot open a folder, and needs not.
  if (process.platform === "win32") return;
  const folder = await disk.open(dir, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether the disk refused for want of room. */
export function isFull(error: unknown): boolean {
  return errorCode(error) === "ENOSPC" || errorCode(error) === "EDQUOT";
}

/** Why the disk refused, for the operator; nothing that was saved before is in doubt. */
export function readonlyFault(what: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = errorCode(error);
  return new Fault(
    "store_readonly",
    `${what} (${WORDS[code] ?? code}). Nothing was changed.`,
    REMEDIES[code] ?? "Look at the disk and the folder's rights; `npm run -s doctor` says more.",
  );
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "ENOSPC: the disk is full",
  EDQUOT: "EDQUOT: the quota is used up",
  EROFS: "EROFS: the disk is read-only",
  EACCES: "EACCES: no permission",
  EPERM: "EPERM: not permitted",
  EIO: "EIO: the disk failed",
  EMFILE: "EMFILE: too many open files",
  EBUSY: "EBUSY: it is in use, as a single mounted file is",
  EXDEV: "EXDEV: it lies on another disk, as a single mounted file does",
};
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "Free some space; saving goes on by itself.",
  EDQUOT: "Free some space; saving goes on by itself.",
  EROFS: "Mount the folder writable, then start again.",
  EACCES: "Give the bot's user the right to write there.",
  EPERM: "Give the bot's user the right to write there.",
  EIO: "Check the disk, and keep a backup elsewhere: `npm run -s backup -- --to DIR`.",
  EBUSY: "Mount the folder, not a file in it.",
  EXDEV: "Mount the folder, not a file in it.",
};
