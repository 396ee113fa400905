import { join } from "node:path";
import { Low } from "lowdb";
import { Fault } from "../fault.ts";
import type { Book } from "./book.ts";
import { makeFolder, prepareFolder } from "./book-door.ts";
import { readBook, type BookRead } from "./book-read.ts";
import { openBookWriter } from "./book-writer.ts";
import { commitQueue } from "./commit-queue.ts";
import { readonlyFault, realDisk, type Disk } from "./disk.ts";
import { writeIdentity } from "./instance-file.ts";
import { fillReserve, RESERVE_FILE } from "./reserve.ts";
import { takeLock, type FolderLock, type LockTimes } from "./lock.ts";
import { openShelf, type Shelf, type Written } from "./shelf.ts";

/** A journal past this is folded into a snapshot. */
const JOURNAL_BYTES_MOST = 4 << 20;
/** When that fails, as on a full disk, it is tried again after so much more. */
const JOURNAL_BYTES_MORE = 1 << 20;
/** While the disk has no room for the reserve it is asked again so seldom. */
const RESERVE_AGAIN_MS = 1_000;

export interface JsonBookOptions {
  /** The time as milliseconds since 1970 UTC; only ever shown. */
  readonly clock?: () => number;
  /** Told what the operator should know: a torn end, a repaired mode, a disk that is full and one that has room again. */
  readonly onNotice?: (sentence: string) => void;
  /** Read what is there without the folder's lock, beside a running bot; every commit is refused. */
  readonly readOnly?: boolean;
  /** Tests put a failing disk in its place, fold early, and let the lock's time run faster. */
  readonly disk?: Disk;
  readonly foldAtBytes?: number;
  readonly lockTimes?: LockTimes;
}

/** A book in files, and how large its last snapshot was. */
export interface JsonBook extends Book {
  readonly snapshotBytes: number;
}

/**
 * The book in a folder's files: all of it in memory, every commit one line of a journal that is synced before it is
 * answered, and now and then a snapshot. Commits given at the same time share one sync. Throws a Fault: `running` while
 * another process writes there, `bad_file` when what is there cannot be read whole, `store_readonly` when the folder
 * cannot be written.
 */
export async function openJsonBook(dir: string, options: JsonBookOptions = {}): Promise<JsonBook> {
  const { clock = Date.now, onNotice = () => {}, disk = realDisk } = options;
  if (options.readOnly === true) return readOnlyBook(await readBook(disk, dir, { beside: true }));
  await makeFolder(disk, dir);
  const lock = await takeLock(dir, {
    since: clock(),
    disk,
    ...(options.lockTimes !== undefined && { times: options.lockTimes }),
  });
  try {
    return await openForWriting({
      disk,
      dir,
      lock,
      onNotice,
      foldAtBytes: options.foldAtBytes ?? JOURNAL_BYTES_MOST,
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Place {
  readonly disk: Disk;
  readonly dir: string;
  readonly lock: FolderLock;
  readonly onNotice: (sentence: string) => void;
  readonly foldAtBytes: number;
}

async function openForWriting({
  disk,
  dir,
  lock,
  onNotice,
  foldAtBytes,
}: Place): Promise<JsonBook> {
  await prepareFolder(disk, dir, onNotice);
  const read = await readBook(disk, dir);
  for (const notice of read.notices) onNotice(notice);
  const writer = await openBookWriter({ disk, dir, lock, identity: read.identity, onNotice }, read);
  // lowdb holds the state: reading it is reading all files, writing it is one more generation of them.
  const db = new Low<Shelf>(
    { read: async () => shelfOf(read.records), write: (shelf) => writer.begin(shelf) },
    openShelf(),
  );
  await db.read();
  const episode = troubleEpisode(onNotice);
  try {
    if (!writer.ready) await db.write();
    if (!read.identitySaved) await writeIdentity(disk, dir, read.identity);
  } catch (error) {
    const fault = readonlyFault(`${dir} cannot be written`, error);
    // A first start needs a place to write; later ones can answer from what is there.
    if (read.fresh || fault.reason !== "store_readonly") {
      await writer.close();
      throw fault;
    }
    episode.begins(fault, "failing");
  }
  let reserveAgainAt = 0;

  /** Whether there is room beyond what commits need; trouble is told, since saving may be the next to meet it. */
  async function reserved(): Promise<boolean> {
    if (performance.now() < reserveAgainAt) return false;
    try {
      await fillReserve(disk, dir);
      return true;
    } catch (error) {
      reserveAgainAt = performance.now() + RESERVE_AGAIN_MS;
      episode.begins(readonlyFault(`${join(dir, RESERVE_FILE)} cannot be filled`, error), "soon");
      return false;
    }
  }

  await reserved();
  let foldAt = foldAtBytes;
  const queue = commitQueue(db.data, {
    async write(commits) {
      try {
        await writer.append(commits, db.data);
      } catch (error) {
        if (error instanceof Fault && error.reason === "store_readonly")
          episode.begins(error, "failing");
        throw error;
      }
      // A small commit may fit on a disk that is full; that there is room again, the reserve and a snapshot prove.
      if (episode.lasting) foldAt = 0;
    },
    async rest() {
      if (writer.journalBytes <= foldAt) return;
      foldAt = foldAtBytes;
      if (episode.lasting && !(await reserved()) && writer.journalBytes <= foldAt) return;
      try {
        await db.write();
        if (episode.lasting && (await reserved())) episode.ends();
      } catch (error) {
        foldAt = writer.journalBytes + JOURNAL_BYTES_MORE;
        const { message } = readonlyFault("A snapshot could not be written", error);
        if (!episode.lasting) onNotice(`${message} Saving goes on.`);
      }
    },
  });
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await queue.close();
    try {
      if (lock.held() && !writer.idle) await db.write();
    } catch (error) {
      onNotice(
        `${readonlyFault("A snapshot could not be written at the end", error).message} Everything saved is in the journal.`,
      );
    }
    await writer.close();
    await lock.release();
  }

  return {
    get: (table, key) => db.data.get(table, key),
    list: (table, prefix) => db.data.list(table, prefix),
    commit: (changes) => queue.commit(changes),
    close: () => (closing ??= close()),
    get snapshotBytes() {
      return writer.snapshotBytes;
    },
  };
}

/**
 * One sentence when saving may soon fail, one when it begins to, one when all is well again, however many commits lie
 * between.
 */
function troubleEpisode(onNotice: (sentence: string) => void): {
  readonly lasting: boolean;
  readonly begins: (fault: Fault, how: "soon" | "failing") => void;
  readonly ends: () => void;
} {
  let state: "well" | "soon" | "failing" = "well";
  return {
    get lasting() {
      return state !== "well";
    },
    begins({ message, right }, how) {
      if (state === "failing" || state === how) return;
      state = how;
      onNotice(
        how === "soon"
          ? `Saving may fail soon: ${message} ${right}`
          : `Saving fails: ${message} ${right} Answers go on; nothing is taken on that cannot be kept.`,
      );
    },
    ends() {
      onNotice("Saving works again.");
      state = "well";
    },
  };
}

function shelfOf(records: Iterable<Written>): Shelf {
  const shelf = openShelf();
  shelf.put(records);
  return shelf;
}

function readOnlyBook({ records, snapshotBytes }: BookRead): JsonBook {
  const shelf = shelfOf(records);
  return {
    get: (table, key) => shelf.get(table, key),
    list: (table, prefix) => shelf.list(table, prefix),
    async commit() {
      throw new Fault(
        "store_readonly",
        "The book was opened for reading only. Nothing was changed.",
        "Ask the running bot to change it.",
      );
    },
    async close() {},
    snapshotBytes,
  };
}
