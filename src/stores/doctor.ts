import { existsSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Fault } from "../fault.ts";
import { backupNames } from "./backup.ts";
import { journalPath, listGenerations, snapshotPath, stateDir } from "./book-folder.ts";
import { readBook } from "./book-read.ts";
import { readIfThere, realDisk } from "./disk.ts";
import { openFactsLog } from "./facts-log.ts";
import { INSTANCE_FILE, readIdentity, readSeqMark, SEQ_FILE } from "./instance-file.ts";
import { readJournal } from "./journal-read.ts";
import { openJsonBook } from "./json-book.ts";
import { lockHolder } from "./lock.ts";
import { outgrown } from "./outgrown.ts";
import { processStanding } from "./process-id.ts";
import { tableNames } from "./record-schemas.ts";
import { RESERVE_BYTES, RESERVE_FILE } from "./reserve.ts";
import { readSnapshot } from "./snapshot-file.ts";

/** One thing that was looked at: `bad` needs somebody, `note` is worth knowing. */
export interface Finding {
  readonly state: "good" | "note" | "bad";
  readonly about: string;
  readonly says: string;
}

/** Looks at a data folder without changing anything: what is there, whether it is whole, who holds it. */
export async function examine(dir: string): Promise<readonly Finding[]> {
  if (!existsSync(dir))
    return [{ state: "note", about: dir, says: "is not there yet; the first start makes it" }];
  const looks = { identity, lock, reserve, state, rights, book, facts, backups };
  const findings: Finding[] = [];
  for (const [about, look] of Object.entries(looks))
    findings.push(...(await look(dir).catch((error: unknown) => [failed(about, error)])));
  return findings;
}

function failed(about: string, error: unknown): Finding {
  if (error instanceof Fault)
    return { state: "bad", about, says: [error.message, error.right].filter(Boolean).join(" ") };
  return { state: "bad", about, says: error instanceof Error ? error.message : String(error) };
}

async function identity(dir: string): Promise<Finding[]> {
  const found = await readIdentity(realDisk, dir);
  if (found === undefined)
    return [{ state: "note", about: INSTANCE_FILE, says: "is not there: no book was begun here" }];
  if (found === "damaged")
    return [
      {
        state: "bad",
        about: INSTANCE_FILE,
        says: "is damaged; the next start makes it again from the state",
      },
    ];
  const mark = await readSeqMark(realDisk, dir);
  return [
    {
      state: "good",
      about: INSTANCE_FILE,
      says: `instance ${found.instance}, epoch ${found.epoch}${found.epoch > 1 ? ` (restored ${found.epoch - 1} times)` : ""}`,
    },
    mark === undefined
      ? {
          state: "bad",
          about: SEQ_FILE,
          says: "is missing or damaged; the next start makes it again",
        }
      : { state: "good", about: SEQ_FILE, says: `command ${mark} was answered “saved”` },
  ];
}

async function lock(dir: string): Promise<Finding[]> {
  const found = await lockHolder(dir);
  if (found === undefined) return [{ state: "good", about: "lock", says: "nobody is writing" }];
  const who = `pid ${found.process.pid} on ${found.process.host}, since ${found.since}`;
  switch (processStanding(found.process)) {
    case "alive":
      return [{ state: "good", about: "lock", says: `the bot is running (${who})` }];
    case "dead":
      return [
        {
          state: "note",
          about: "lock",
          says: `left by a process that died (${who}); the next start takes over`,
        },
      ];
    case "unknown":
      return [
        { state: "note", about: "lock", says: `held from another container or host (${who})` },
      ];
  }
}

async function reserve(dir: string): Promise<Finding[]> {
  const bytes = await lstat(join(dir, RESERVE_FILE)).then(
    (found) => found.size,
    () => 0,
  );
  return [
    bytes < RESERVE_BYTES
      ? {
          state: "note",
          about: RESERVE_FILE,
          says: `${size(bytes)} of ${size(RESERVE_BYTES)}; the bot fills it up when the disk has room`,
        }
      : {
          state: "good",
          about: RESERVE_FILE,
          says: `${size(bytes)}, given up piece by piece by starts on a full disk`,
        },
  ];
}

async function state(dir: string): Promise<Finding[]> {
  const { snapshots, journals } = await listGenerations(realDisk, dir);
  const findings: Finding[] = [];
  for (const number of snapshots) {
    const path = snapshotPath(dir, number);
    const bytes = (await readIfThere(realDisk, path)) ?? Buffer.alloc(0);
    const read = readSnapshot(bytes);
    const about = basename(path);
    if (read.status === "whole")
      findings.push({
        state: "good",
        about,
        says: `whole: ${read.records.length} records up to command ${read.head.seq}, ${size(bytes.length)}`,
      });
    else if (read.status === "newer")
      findings.push({
        state: "bad",
        about,
        says: `is of a newer version (format ${read.version})`,
      });
    else findings.push({ state: "bad", about, says: `damaged at byte ${read.at}: ${read.why}` });
  }
  for (const number of journals) {
    const path = journalPath(dir, number);
    const read = readJournal((await readIfThere(realDisk, path)) ?? Buffer.alloc(0));
    const newest = number === journals.at(-1);
    const says = `${read.commits.length} commands, ${size(read.bytes)}`;
    findings.push(
      read.damagedAt === undefined
        ? { state: "good", about: basename(path), says: `whole: ${says}` }
        : {
            // The end of a journal that is being written, or was when its writer died, may be half a line.
            state: newest ? "note" : "bad",
            about: basename(path),
            says: `${says}; not a whole line from byte ${read.damagedAt} on`,
          },
    );
  }
  return findings;
}

async function rights(dir: string): Promise<Finding[]> {
  if (process.platform === "win32") return [];
  const { snapshots, journals } = await listGenerations(realDisk, dir);
  const paths = [
    stateDir(dir),
    join(dir, INSTANCE_FILE),
    join(dir, SEQ_FILE),
    join(dir, RESERVE_FILE),
    ...snapshots.map((number) => snapshotPath(dir, number)),
    ...journals.map((number) => journalPath(dir, number)),
  ].filter((path) => existsSync(path));
  const open = [];
  for (const path of paths) {
    const found = await lstat(path);
    if (found.isSymbolicLink()) return [{ state: "bad", about: path, says: "is a symbolic link" }];
    if ((found.mode & 0o077) !== 0) open.push(path);
  }
  return open.length === 0
    ? [{ state: "good", about: "rights", says: "only the bot's user can read the state" }]
    : [
        {
          state: "bad",
          about: "rights",
          says: `others can read ${open.join(", ")}; the next start repairs it`,
        },
      ];
}

async function book(dir: string): Promise<Finding[]> {
  const { notices } = await readBook(realDisk, dir, { beside: true });
  const opened = await openJsonBook(dir, { readOnly: true });
  const counts = tableNames
    .map((table) => ({ table, count: opened.list(table).length }))
    .filter(({ count }) => count > 0)
    .map(({ table, count }) => `${table} ${count}`);
  const tooLarge = outgrown(opened);
  return [
    ...notices.map((says): Finding => ({ state: "note", about: "book", says })),
    {
      state: "good",
      about: "book",
      says: counts.length === 0 ? "reads, and is empty" : `reads: ${counts.join(", ")}`,
    },
    ...(tooLarge === null ? [] : [{ state: "note", about: "book", says: tooLarge } as const]),
  ];
}

async function facts(dir: string): Promise<Finding[]> {
  const log = await openFactsLog(dir);
  const { imports, layoffs, payRows } = log.stored();
  return [
    ...log.notices.map((says): Finding => ({ state: "note", about: "facts", says })),
    {
      state: "good",
      about: "facts",
      says: `${imports.length} imports: ${layoffs.length} layoff reports, ${payRows.length} pay rows`,
    },
  ];
}

async function backups(dir: string): Promise<Finding[]> {
  const [newest, ...older] = await backupNames(dir);
  return [
    newest === undefined
      ? { state: "note", about: "backups", says: "none here; `npm run -s backup` makes one" }
      : { state: "good", about: "backups", says: `${older.length + 1}, the newest of ${newest}` },
  ];
}

function size(bytes: number): string {
  return bytes < 10_000 ? `${bytes} bytes` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}
