import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { lock } from "proper-lockfile";
import { Fault } from "../fault.ts";
import { backupNames, COMPANIONS, copyDurably, stampOf } from "./backup.ts";
import { makeFolder, prepareFolder } from "./book-door.ts";
import {
  backupsDir,
  FACTS_FILE,
  HEALTH_FILE,
  journalPath,
  listGenerations,
  newestOf,
  snapshotPath,
} from "./book-folder.ts";
import { LostBookFault, readBook, type BookRead, type Unfit } from "./book-read.ts";
import { openBookWriter } from "./book-writer.ts";
import { realDisk, syncFolder, writeDurably } from "./disk.ts";
import { errorCode } from "./facts-read.ts";
import { readIdentity, readSeqMark, writeIdentity } from "./instance-file.ts";
import { takeLock, type FolderLock, type LockTimes } from "./lock.ts";
import { openShelf, type Written } from "./shelf.ts";

export interface RestoreOptions {
  /** `latest` backup, the `present` state as far as it can be read, a backup's name, or any folder with a state. */
  readonly from: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Keep records that do not fit in a file beside, instead of refusing. */
  readonly setAside?: boolean;
  readonly onNotice?: (sentence: string) => void;
  readonly lockTimes?: LockTimes;
}

export interface Restored {
  readonly from: string;
  readonly records: number;
  /** Whether imported facts were put back. */
  readonly facts: boolean;
  /** Posts that were not settled in what was put back: they are held, since they may have been shown since. */
  readonly held: number;
  readonly setAside: readonly Unfit[];
  /** Where what was there before is now. */
  readonly replaced: string;
}

/**
 * Puts a copy in place of a folder's state. What was there is moved aside, never deleted. The epoch rises, and posts
 * that were on their way in the copy become `held` with the reason `restored`: they may long have been shown. Throws a
 * Fault: `running` while the bot runs, `not_found` for no copy, `bad_file` for another bot's or one that is damaged.
 */
export async function restoreBook(dir: string, options: RestoreOptions): Promise<Restored> {
  const { now, onNotice = () => {} } = options;
  const from = await sourceOf(dir, options.from);
  await makeFolder(realDisk, dir);
  const held = await takeLock(dir, {
    since: now,
    ...(options.lockTimes !== undefined && { times: options.lockTimes }),
  });
  try {
    await prepareFolder(realDisk, dir, onNotice);
    return await restoreLocked(dir, from, held, options);
  } finally {
    await held.release();
  }
}

async function restoreLocked(
  dir: string,
  from: string,
  held: FolderLock,
  { now, setAside = false, onNotice = () => {} }: RestoreOptions,
): Promise<Restored> {
  const present = resolve(from) === resolve(dir);
  const copy = await readBook(realDisk, from, { salvage: true, setAside });
  const companions = present ? [] : COMPANIONS.filter((name) => existsSync(join(from, name)));
  if (copy.fresh && companions.length === 0)
    throw new Fault(
      "not_found",
      `There is no copy in ${from}.`,
      "`npm run -s restore` lists them.",
    );
  for (const notice of copy.notices) onNotice(notice);
  const known = await readIdentity(realDisk, dir);
  const isLost = copy.fresh && (await lostBook(dir));
  const read = isLost && typeof known === "object" ? { ...copy, identity: known } : copy;
  if (typeof known === "object" && !read.fresh && known.instance !== read.identity.instance)
    throw new Fault(
      "bad_file",
      `${from} is another bot's copy.`,
      "Restore it into an empty folder: --data DIR. Nothing was changed.",
    );
  const replaced = join(dir, `replaced-${stampOf(now)}`);
  await mkdir(replaced, { recursive: true, mode: 0o700 });
  const list = `${JSON.stringify(read.unfit, undefined, 2)}\n`;
  if (read.unfit.length > 0)
    await writeDurably(realDisk, join(replaced, "set-aside.json"), [Buffer.from(list)]);
  const { records, count } = withPostsHeld(read.records);
  if (isLost || !read.fresh) await putBook(dir, read, records, { held, replaced, known, onNotice });
  if (isLost)
    onNotice(
      `${from} was made before the bot's first start and holds no records; those of ${dir} are gone, so it begins without any. What was left of them is in ${replaced}.`,
    );
  // How sources fared is of the facts that go: kept, it would have them asked only when their usual time has come.
  if (companions.includes(FACTS_FILE) && !companions.includes(HEALTH_FILE))
    await whileLocked(join(dir, HEALTH_FILE), () => moveAside(dir, HEALTH_FILE, replaced));
  for (const name of companions) await putCompanion(dir, from, name, replaced);
  return {
    from,
    records: records.length,
    facts: companions.includes(FACTS_FILE),
    held: count,
    setAside: read.unfit,
    replaced,
  };
}

/**
 * Whether the folder's own book is lost, so that a copy without one has to bring an empty one for the folder to open. Throws
 * the Fault of one that does not open and is not lost either: what can be read of it is not put aside for nothing.
 */
async function lostBook(dir: string): Promise<boolean> {
  try {
    await readBook(realDisk, dir);
    return false;
  } catch (error) {
    if (error instanceof LostBookFault) return true;
    if (!(error instanceof Fault)) throw error;
    throw new Fault(
      error.reason,
      `That copy holds no records of the bot, and those there do not open: ${error.message}`,
      "Put back what can be read of them first: `npm run -s restore -- --from present`. Nothing was changed.",
    );
  }
}

async function putBook(
  dir: string,
  read: BookRead,
  records: readonly Written[],
  place: {
    readonly held: FolderLock;
    readonly replaced: string;
    readonly known: Awaited<ReturnType<typeof readIdentity>>;
    readonly onNotice: (sentence: string) => void;
  },
): Promise<void> {
  const { held, replaced, known, onNotice } = place;
  const before = await listGenerations(realDisk, dir);
  const knownEpoch = typeof known === "object" ? known.epoch : 0;
  const identity = { ...read.identity, epoch: Math.max(read.identity.epoch, knownEpoch) + 1 };
  // Numbers only rise, so that neither the mark nor an old journal is ever ahead of what was put back.
  const seq = Math.max((await readSeqMark(realDisk, dir)) ?? 0, read.seq) + 1;
  const shelf = openShelf();
  shelf.put(records);
  const start = { newest: newestOf(before), seq, journal: undefined, snapshotBytes: 0 };
  const writer = await openBookWriter(
    { disk: realDisk, dir, lock: held, identity, onNotice, keepOld: true },
    start,
  );
  await writer.begin(shelf);
  await writer.close();
  await writeIdentity(realDisk, dir, identity);
  const old = [
    ...before.snapshots.map((number) => snapshotPath(dir, number)),
    ...before.journals.map((number) => journalPath(dir, number)),
  ];
  for (const path of old) if (existsSync(path)) await rename(path, join(replaced, basename(path)));
}

const ON_THEIR_WAY: ReadonlySet<string> = new Set(["planned", "sending", "looking", "waiting"]);

function withPostsHeld(records: readonly Written[]): {
  readonly records: readonly Written[];
  readonly count: number;
} {
  let count = 0;
  const changed = records.map(({ change, version }): Written => {
    if (change.table !== "posts" || change.value === null) return { change, version };
    if (!ON_THEIR_WAY.has(change.value.status)) return { change, version };
    count++;
    const value = { ...change.value, status: "held", reason: "restored", lease: null } as const;
    return { change: { ...change, value }, version: version + 1 };
  });
  return { records: changed, count };
}

async function putCompanion(
  dir: string,
  from: string,
  name: string,
  replaced: string,
): Promise<void> {
  const path = join(dir, name);
  await whileLocked(path, async () => {
    const draft = `${path}.restore.tmp`;
    await rename(draft, join(replaced, `${name}.unfinished`)).catch(() => undefined);
    await copyDurably(join(from, name), draft);
    // A copy, so that there is no moment without the file.
    if (existsSync(path)) await copyDurably(path, join(replaced, name));
    await rename(draft, path);
    await syncFolder(realDisk, dir);
  });
}

async function moveAside(dir: string, name: string, replaced: string): Promise<void> {
  if (!existsSync(join(dir, name))) return;
  await rename(join(dir, name), join(replaced, name));
  await syncFolder(realDisk, dir);
}

/** Does the work while no process writes the file. Rejects with a Fault (`busy`) when one does. */
async function whileLocked(path: string, work: () => Promise<void>): Promise<void> {
  const release = await lock(path, { realpath: false, stale: 15_000 }).catch((error: unknown) => {
    throw errorCode(error) === "ELOCKED"
      ? new Fault(
          "busy",
          `Another process is writing ${path}.`,
          "Wait 15 seconds, then restore again.",
        )
      : error;
  });
  try {
    await work();
  } finally {
    await release();
  }
}

async function sourceOf(dir: string, from: string): Promise<string> {
  if (from === "present") return dir;
  const names = await backupNames(dir);
  const [latest] = names;
  if (from === "latest") {
    if (latest === undefined)
      throw new Fault(
        "not_found",
        `There is no backup in ${backupsDir(dir)}.`,
        "Give a folder: --from DIR.",
      );
    return join(backupsDir(dir), latest);
  }
  return names.includes(from) ? join(backupsDir(dir), from) : from;
}
