import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { createFile, syncFolder, writeAll, type Disk } from "./disk.ts";
import { journalHeadLine, type JournalHead } from "./journal-read.ts";

/** A journal that is being written. */
export interface Journal {
  readonly bytes: number;
  /**
   * Adds whole lines; when it resolves they survive a power cut. When it rejects they are not kept, unless `trusted`
   * has become false: then nobody can say, and writing must go on in another file.
   */
  append(lines: string): Promise<void>;
  /** False after a failed sync: the kernel may call pages clean that never reached the disk. */
  readonly trusted: boolean;
  /** Whether the file still is what we wrote: not deleted, replaced or edited by somebody else. */
  untouched(): Promise<boolean>;
  close(): Promise<void>;
}

/** Makes a new journal, durable with its name. */
export async function createJournal(disk: Disk, path: string, head: JournalHead): Promise<Journal> {
  const file = await createFile(disk, path);
  const first = Buffer.from(journalHeadLine(head));
  try {
    await writeAll(file, first, 0);
    await file.datasync();
    await syncFolder(disk, dirname(path));
  } catch (error) {
    await file.close();
    await disk.unlink(path).catch(() => undefined);
    throw error;
  }
  return openedJournal(file, first.length);
}

/** Goes on in a journal that was found whole and empty. */
export async function reopenJournal(disk: Disk, path: string, bytes: number): Promise<Journal> {
  return openedJournal(await disk.open(path, constants.O_RDWR | constants.O_NOFOLLOW), bytes);
}

function openedJournal(file: FileHandle, length: number): Journal {
  let bytes = length;
  let trusted = true;
  return {
    get bytes() {
      return bytes;
    },
    get trusted() {
      return trusted;
    },
    async append(lines) {
      const added = Buffer.from(lines);
      try {
        await writeAll(file, added, bytes);
      } catch (error) {
        // A full disk takes part of a line. Cut off, the file is as before and may be written again.
        await file.truncate(bytes).catch(() => {
          trusted = false;
        });
        throw error;
      }
      try {
        await file.datasync();
      } catch (error) {
        trusted = false;
        // So that a restart does not find what was refused; whether this works or not, the file is left.
        await file.truncate(bytes).catch(() => undefined);
        throw error;
      }
      bytes += added.length;
    },
    async untouched() {
      const { nlink, size } = await file.stat();
      return nlink > 0 && size === bytes;
    },
    close: () => file.close(),
  };
}
