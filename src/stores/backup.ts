import { copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import { constants, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../fault.ts";
import {
  backupsDir,
  FACTS_FILE,
  HEALTH_FILE,
  journalPath,
  namesIn,
  snapshotPath,
  stateDir,
} from "./book-folder.ts";
import { readBook } from "./book-read.ts";
import { realDisk, syncFolder, writeDurably } from "./disk.ts";
import { openSeqMark, writeIdentity } from "./instance-file.ts";
import { createJournal } from "./journal.ts";
import { openShelf } from "./shelf.ts";
import { snapshotBytes } from "./snapshot-file.ts";

/**
 * What lies in the data folder beside the book and belongs into a copy of it, in the order it is copied: how sources fared
 * before the facts, so that it never speaks of an answer the copied facts lack.
 */
export const COMPANIONS = [HEALTH_FILE, FACTS_FILE, "buttons.json"] as const;

export interface Backup {
  readonly path: string;
  /** Records of the book. */
  readonly records: number;
  readonly notices: readonly string[];
  /** Older backups that were taken away. */
  readonly removed: readonly string[];
}

/**
 * Copies a data folder as it is at one moment, also while the bot runs. The copy is a data folder itself: whole, checked
 * by reading it again, and durable when this resolves. Without `to` it goes into the folder's own `backups`, where old
 * ones are then thinned out. Throws a Fault when what is there cannot be read whole.
 */
export async function saveBackup(
  dir: string,
  { to, now }: { readonly to?: string; readonly now: number },
): Promise<Backup> {
  const read = await readBook(realDisk, dir, { beside: true });
  const companions = COMPANIONS.filter((name) => existsSync(join(dir, name)));
  if (read.fresh && companions.length === 0)
    throw new Fault(
      "not_found",
      `There is nothing in ${dir} to copy.`,
      "Say which folder: --data DIR.",
    );
  const path = to ?? join(backupsDir(dir), stampOf(now));
  if (to !== undefined && (await namesIn(realDisk, to)).length > 0)
    throw new Fault(
      "conflict",
      `${to} is not empty.`,
      "Give a new folder; a backup never overwrites.",
    );
  const draft = `${path}.tmp`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(stateDir(draft), { recursive: true, mode: 0o700 });
  if (!read.fresh) {
    const shelf = openShelf();
    shelf.put(read.records);
    const head = { ...read.identity, generation: 1, seq: read.seq };
    await writeDurably(realDisk, snapshotPath(draft, 1), snapshotBytes(head, shelf.records()));
    const from = { ...read.identity, generation: 1, from: read.seq };
    await (await createJournal(realDisk, journalPath(draft, 1), from)).close();
    const mark = await openSeqMark(realDisk, draft);
    await mark.put(read.seq);
    await mark.close();
    await writeIdentity(realDisk, draft, read.identity);
    const again = await readBook(realDisk, draft);
    if (again.seq !== read.seq || again.records.length !== read.records.length)
      throw new Fault("internal", `The copy in ${draft} does not read as the original does.`);
  }
  for (const name of companions) await copyDurably(join(dir, name), join(draft, name));
  await syncFolder(realDisk, draft);
  await rm(path, { recursive: true, force: true });
  await rename(draft, path);
  await syncFolder(realDisk, dirname(path));
  const removed = to === undefined ? await thinOut(dir, now) : [];
  return { path, records: read.records.length, notices: read.notices, removed };
}

/** A copy that is on disk when this resolves; the file may be appended to meanwhile, its reader knows an unfinished end. */
export async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = await open(to, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** 2026-11-22T05-09-33Z: an instant as a name every file system takes. */
export function stampOf(now: number): string {
  return new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
}

function instantOf(stamp: string): number {
  return Date.parse(stamp.replace(/T(\d\d)-(\d\d)-(\d\d)Z$/, "T$1:$2:$3Z"));
}

/** Names of finished backups in the folder, newest first. */
export async function backupNames(dir: string): Promise<readonly string[]> {
  const names = await namesIn(realDisk, backupsDir(dir));
  return names
    .filter((name) => !Number.isNaN(instantOf(name)))
    .sort()
    .reverse();
}

async function thinOut(dir: string, now: number): Promise<readonly string[]> {
  const names = await backupNames(dir);
  const kept = new Set(keptBackups(names, now));
  const removed = names.filter((name) => !kept.has(name));
  for (const name of removed)
    await rm(join(backupsDir(dir), name), { recursive: true, force: true });
  return removed;
}

const HOUR_MS = 3_600_000;

/**
 * Which backups stay, of names newest first: the newest of each hour for a day, the newest of each UTC day for 14 days,
 * and the three newest whatever their age.
 */
export function keptBackups(names: readonly string[], now: number): readonly string[] {
  const taken = new Set<number>();
  return names.filter((name, index) => {
    const instant = instantOf(name);
    const age = now - instant;
    const step = age < 24 * HOUR_MS ? HOUR_MS : 24 * HOUR_MS;
    // Negative, so that an hour's number is never a day's.
    const slot = step === HOUR_MS ? -Math.floor(instant / step) : Math.floor(instant / step);
    const first = age < 14 * 24 * HOUR_MS && !taken.has(slot);
    taken.add(slot);
    return first || index < 3;
  });
}
