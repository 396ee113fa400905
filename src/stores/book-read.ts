import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cite, Fault } from "../fault.ts";
import {
  backupsDir,
  journalPath,
  listGenerations,
  namesIn,
  newestOf,
  snapshotPath,
  type Generations,
} from "./book-folder.ts";
import { newerFault, replay, VanishedError, type RawRecord } from "./book-replay.ts";
import { readIfThere, type Disk } from "./disk.ts";
import { errorCode } from "./facts-read.ts";
import {
  newIdentity,
  readIdentity,
  readSeqMark,
  SEQ_FILE,
  type Identity,
} from "./instance-file.ts";
import { sealedRecord } from "./sealed.ts";
import type { Written } from "./shelf.ts";
import { readSnapshot, type SnapshotHead, type SnapshotRecord } from "./snapshot-file.ts";

/** What the files of a folder say together. */
export interface BookRead {
  readonly identity: Identity;
  /** Whether the folder's own instance file says so too. */
  readonly identitySaved: boolean;
  /** True when there was nothing and nothing is missing: a first start. */
  readonly fresh: boolean;
  /** The highest number any file of the state bears; the next generation is one more. */
  readonly newest: number;
  /** Number of the last commit read. */
  readonly seq: number;
  readonly records: readonly Written[];
  readonly snapshotBytes: number;
  /** Records that do not fit their schema and were set aside, on request only. */
  readonly unfit: readonly Unfit[];
  /** The empty journal that writing may begin in; undefined when a new generation must begin first. */
  readonly journal: { readonly generation: number; readonly bytes: number } | undefined;
  /** What the operator should know, one sentence each. */
  readonly notices: readonly string[];
}

export interface Unfit extends RawRecord {
  readonly why: string;
}

export interface ReadOptions {
  /** Take what can be read, however much is missing: only for a restore that was asked for. */
  readonly salvage?: boolean;
  /** The bot may be writing meanwhile: what looks damaged is read again before it is believed. */
  readonly beside?: boolean;
  /** Leave records out that do not fit, instead of refusing. */
  readonly setAside?: boolean;
}

const REMEDY =
  "`npm run -s doctor` shows what is whole, `npm run -s restore` what can be put back. Nothing was changed.";

/** Nothing of a book that was there can be read: no snapshot is whole, or the state is gone. */
export class LostBookFault extends Fault {
  constructor(wrong: string, right: string) {
    super("bad_file", wrong, right);
  }
}

const NOTHING = {
  identitySaved: false,
  fresh: true,
  newest: 0,
  seq: 0,
  records: [],
  snapshotBytes: 0,
  unfit: [],
  journal: undefined,
  notices: [],
} as const;

/**
 * Reads a folder's newest whole snapshot and the journals after it. An end that was torn while writing is left out and
 * told; damage that costs more than one saved command is a Fault (`bad_file`) naming file, byte and remedy. Never empty
 * where there was something.
 */
export async function readBook(
  disk: Disk,
  dir: string,
  options: ReadOptions = {},
): Promise<BookRead> {
  for (let tries = 1; ; tries++) {
    try {
      return await readOnce(disk, dir, options);
    } catch (error) {
      if (tries === 5 || !mayPass(error, options)) throw error;
      await pause(20);
    }
  }
}

/** Whether a writer beside us explains it: a generation taken away or half made between our listing and our reading. */
function mayPass(error: unknown, { beside }: ReadOptions): boolean {
  return (
    error instanceof VanishedError ||
    (beside === true && error instanceof Fault && error.reason === "bad_file")
  );
}

async function readOnce(disk: Disk, dir: string, options: ReadOptions): Promise<BookRead> {
  const known = await readIdentity(disk, dir);
  // Before the journals: of a book that is being written, the mark may only be behind what is read after it.
  const mark = await readSeqMark(disk, dir);
  const generations = await listGenerations(disk, dir);
  const notices: string[] = [];
  const base = await newestWhole(disk, dir, generations, notices);
  if (base === undefined) {
    await refuseMissing(disk, dir, known !== undefined || mark !== undefined, generations, notices);
    return { ...NOTHING, identity: newIdentity() };
  }
  const identity = agreedIdentity(dir, base.head, known, notices, options);
  const told = await replay(disk, dir, base, generations);
  const newest = newestOf(generations);
  const lost = Math.max(mark ?? 0, told.highest) - told.seq;
  const where =
    told.damage ??
    (told.missing
      ? `${journalPath(dir, base.head.generation)} is missing`
      : `${journalPath(dir, newest)} ends early, at byte ${told.lastBytes}`);
  if (mark === undefined && known !== undefined) {
    if (told.missing && options.salvage !== true)
      throw new Fault(
        "bad_file",
        `${where}, and ${join(dir, SEQ_FILE)} is too, which would tell what it held.`,
        REMEDY,
      );
    notices.push(
      `${SEQ_FILE} was missing or damaged and is made again; it would have told a journal cut short.`,
    );
  }
  if (lost > 1 && options.salvage !== true)
    throw new Fault(
      "bad_file",
      `${where}: ${lost} saved commands after it cannot be read, and going on without them would lose them.`,
      REMEDY,
    );
  if (lost > 0)
    notices.push(
      `${where}: ${lost === 1 ? "1 saved command is" : `${lost} saved commands are`} lost, everything before is there.`,
    );
  else if (told.damage !== undefined)
    notices.push(`${told.damage}; nothing that was saved is lost.`);
  else if (told.tornBytes > 0)
    notices.push(
      `${basename(journalPath(dir, newest))}: its last ${told.tornBytes} bytes were being written when the bot stopped; they were never answered “saved” and are left out.`,
    );
  return {
    identity,
    identitySaved: typeof known === "object" && known.epoch === identity.epoch,
    fresh: false,
    newest,
    seq: told.seq,
    snapshotBytes: base.bytes,
    ...checkedRecords(dir, told.records, options.setAside === true),
    journal:
      notices.length === 0 && told.idle && base.head.generation === newest
        ? { generation: newest, bytes: told.lastBytes }
        : undefined,
    notices,
  };
}

interface WholeSnapshot {
  readonly head: SnapshotHead;
  readonly records: readonly SnapshotRecord[];
  readonly bytes: number;
}

/** The newest snapshot whose checksum fits; each damaged one on the way is told. */
async function newestWhole(
  disk: Disk,
  dir: string,
  { snapshots }: Generations,
  notices: string[],
): Promise<WholeSnapshot | undefined> {
  for (const number of snapshots) {
    const path = snapshotPath(dir, number);
    const bytes = await readIfThere(disk, path);
    if (bytes === undefined) throw new VanishedError(path);
    const read = readSnapshot(bytes);
    if (read.status === "newer") throw newerFault(path, read.version);
    if (read.status === "whole" && read.head.generation === number) {
      if (notices.length > 0)
        notices.push(`Read from ${basename(path)} and the journals after it.`);
      return { ...read, bytes: bytes.length };
    }
    notices.push(
      read.status === "whole"
        ? `${path} holds generation ${read.head.generation}: another file was put in its place.`
        : `${path} is damaged at byte ${read.at}: ${read.why}.`,
    );
  }
  return undefined;
}

/** Nothing readable where something was is never taken for a first start. */
async function refuseMissing(
  disk: Disk,
  dir: string,
  known: boolean,
  { journals }: Generations,
  notices: readonly string[],
): Promise<void> {
  if (notices.length > 0)
    throw new LostBookFault(`No snapshot is whole. ${notices.join(" ")}`, REMEDY);
  const copy = await copyOfBook(disk, dir);
  if (!known && journals.length === 0 && copy === undefined) return;
  const sign = known
    ? "its instance file is there"
    : journals.length > 0
      ? "a journal is there"
      : `the backup ${copy} is there`;
  throw new LostBookFault(
    `The bot's state is missing from ${dir}, though ${sign}.`,
    "Put it back: `npm run -s restore`. To begin anew on purpose, move the whole folder away.",
  );
}

/**
 * The newest backup of a book in which something was ever saved. Backups made before the bot's first start hold imported
 * facts alone, and nothing is missing beside them. One that cannot be read may hold anything.
 */
async function copyOfBook(disk: Disk, dir: string): Promise<string | undefined> {
  for (const name of (await namesIn(disk, backupsDir(dir))).toSorted().reverse()) {
    const copy = join(backupsDir(dir), name);
    if (!(await isFolder(disk, copy))) continue;
    try {
      const { seq, records } = await readBook(disk, copy);
      if (seq > 0 || records.length > 0) return name;
    } catch (error) {
      if (error instanceof Fault) return name;
      throw error;
    }
  }
  return undefined;
}

async function isFolder(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.readdir(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOTDIR") return false;
    throw error;
  }
}

/** The snapshot and the folder must speak of the same bot, and neither may be older than the last restore. */
function agreedIdentity(
  dir: string,
  head: SnapshotHead,
  known: Identity | "damaged" | undefined,
  notices: string[],
  { salvage }: ReadOptions,
): Identity {
  const own = { instance: head.instance, epoch: head.epoch };
  if (known === undefined || known === "damaged") {
    if (known === "damaged" || head.seq > 0)
      notices.push(`${dir}/instance.json was ${known ?? "missing"} and is made again.`);
    return own;
  }
  if (known.instance !== head.instance)
    throw new Fault(
      "bad_file",
      `The state in ${dir} belongs to another bot's folder.`,
      "Put this folder's own state back, or restore the other one into an empty folder. Nothing was changed.",
    );
  if (known.epoch > head.epoch && salvage !== true)
    throw new Fault(
      "bad_file",
      `The state in ${dir} is older than the last restore there.`,
      "Put it back with `npm run -s restore -- --from DIR`, so that nothing is posted twice. Nothing was changed.",
    );
  return { ...own, epoch: Math.max(own.epoch, known.epoch) };
}

function checkedRecords(
  dir: string,
  raw: Iterable<RawRecord>,
  setAside: boolean,
): { readonly records: Written[]; readonly unfit: Unfit[] } {
  const records: Written[] = [];
  const unfit: Unfit[] = [];
  for (const each of raw) {
    const sealed = sealedRecord(each.table, each.key, each.value);
    if (sealed.status === "unfit") unfit.push({ ...each, why: sealed.why });
    else records.push({ change: sealed.record, version: each.version });
  }
  if (unfit.length > 0 && !setAside) {
    const listed = unfit
      .slice(0, 10)
      .map(({ table, key, why }) => `\n  ${table} ${cite(key)}: ${why}`);
    const more = unfit.length > 10 ? `\n  and ${unfit.length - 10} more` : "";
    throw new Fault(
      "bad_file",
      `${unfit.length === 1 ? "A record" : `${unfit.length} records`} in ${dir} cannot be taken:${listed.join("")}${more}`,
      "Set them aside and keep the rest: `npm run -s restore -- --from present --set-aside`. Nothing was changed.",
    );
  }
  return { records, unfit };
}
