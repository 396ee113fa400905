import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { check, lock } from "proper-lockfile";
import { Fault } from "../fault.ts";
import { blocksOf } from "./coded-rows.ts";
import { errorCode, FORMAT_LINE, readLog, type LogLine, type LogRead } from "./facts-read.ts";
import {
  openFactsState,
  type Batch,
  type FactChange,
  type FactsState,
  type Stored,
} from "./facts-state.ts";

export { otherKey, type NewReports } from "./new-reports.ts";
export type { CodedColumn, CodedRows } from "./coded-rows.ts";
export {
  eachSalary,
  payRowsOf,
  type PayDump,
  type PayFacts,
  type PayLedger,
} from "./pay-ledger.ts";
export {
  sightingKey,
  startingOn,
  type Batch,
  type EntryChange,
  type FactChange,
  type ImportRecord,
  type Stored,
  type StoredSighting,
} from "./facts-state.ts";

const FILE = "facts.ndjson";
/** Appended text is written in pieces of about this many characters, so that an import never stands in memory twice. */
const WRITE_CHARS = 1 << 20;
const LONG_LINE_CHARS = 1 << 16;
/** The disk begins with a large import while the rest of it is still being written. */
const SYNC_BYTES = 8 << 20;
const LOCK = {
  realpath: false,
  stale: 15_000,
  update: 5_000,
  retries: { retries: 8, minTimeout: 50, maxTimeout: 250 },
};

/** Everything that was imported, kept as an append-only file of one line a change. */
export interface FactsLog {
  /** Everything imported so far; what was given once never changes. */
  stored(): Stored;
  /**
   * Adds one import. When it resolves, the import survives a crash and a power cut; when it rejects or the process dies
   * before, nothing of it is kept. Throws a Fault: `busy` while another process writes, `conflict` when one has written
   * since we read, `store_readonly` when the disk refuses.
   */
  append(batch: Batch): Promise<void>;
  /** What the operator should know: an unfinished import that was left out. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/**
 * Reads `facts.ndjson` in the folder; a missing file or folder means nothing was imported. Reading takes no lock.
 * Throws a Fault (`bad_file`) naming file, line and remedy when something before the last finished import is damaged.
 */
export async function openFactsLog(dir: string): Promise<FactsLog> {
  const path = join(dir, FILE);
  const state = openFactsState();
  const read = await readLog(path, (batch) => state.prepare(batch).commit());
  const notices = read.size > read.goodBytes ? [await unfinishedNotice(path, read)] : [];
  let size = read.size;
  let goodBytes = read.goodBytes;

  return {
    notices,
    stored: () => state.stored(),
    async append(batch) {
      await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw readonlyFault(error);
      });
      const held = await takeLock(path);
      try {
        const prepared = prepareOn(state, batch);
        goodBytes = await appendBatch(path, dir, batch, {
          size,
          goodBytes,
          stillOurs: held.stillOurs,
        });
        size = goodBytes;
        prepared.commit();
      } finally {
        await held.release();
      }
    },
    // Files are opened for one append only, so there is nothing left to close.
    close: () => Promise.resolve(),
  };
}

async function unfinishedNotice(
  path: string,
  { size, goodBytes, goodLines }: LogRead,
): Promise<string> {
  const where = `${FILE}: an import is not finished (line ${goodLines + 1} on, ${size - goodBytes} bytes), so nothing of it counts.`;
  const writing = await check(path, LOCK).catch(() => false);
  return writing
    ? `${where} Another process is writing it now, or was killed moments ago.`
    : `${where} The next import cuts it off. Import that file again.`;
}

/** A batch worked out on facts that another import has changed meanwhile must not be written. */
function prepareOn(state: FactsState, batch: Batch): { readonly commit: () => void } {
  try {
    return state.prepare(batch);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Fault(
      "conflict",
      `The facts changed while the file was read: ${what}.`,
      "Import the file again.",
    );
  }
}

interface HeldLock {
  /** False once the lock was taken from us, as after the machine slept. */
  readonly stillOurs: () => boolean;
  readonly release: () => Promise<void>;
}

async function takeLock(path: string): Promise<HeldLock> {
  let ours = true;
  try {
    const release = await lock(path, { ...LOCK, onCompromised: () => (ours = false) });
    return { stillOurs: () => ours, release: async () => (ours ? release() : undefined) };
  } catch (error) {
    if (errorCode(error) === "ELOCKED") {
      throw new Fault(
        "busy",
        `Another process is writing ${FILE}, or was killed moments ago.`,
        "Wait 15 seconds, then import again.",
      );
    }
    throw readonlyFault(error);
  }
}

interface Known {
  /** The file's length when it was read. */
  readonly size: number;
  /** Bytes up to the end of the last finished import. */
  readonly goodBytes: number;
  readonly stillOurs: () => boolean;
}

/** Returns the new length. The lines are all on disk when it does; on any failure the file is cut back to what it was. */
async function appendBatch(path: string, dir: string, batch: Batch, known: Known): Promise<number> {
  const file = await open(
    path,
    constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW,
    0o600,
  ).catch((error: unknown) => {
    throw readonlyFault(error);
  });
  try {
    const { size } = await file.stat();
    if (size !== known.size && size !== known.goodBytes) {
      throw new Fault(
        "conflict",
        `${FILE} was changed by another process since it was read.`,
        "Import the file again.",
      );
    }
    try {
      await file.chmod(0o600);
      await file.truncate(known.goodBytes);
      let end = known.goodBytes;
      let synced = end;
      let syncing: Promise<void> = Promise.resolve();
      for (const bytes of textOf(batch, known.goodBytes === 0)) {
        if (!known.stillOurs())
          throw new Fault(
            "busy",
            `The lock on ${FILE} was lost while writing.`,
            "Import the file again.",
          );
        end += await writeAll(file, bytes, end);
        if (end - synced < SYNC_BYTES) continue;
        await syncing;
        syncing = file.datasync();
        // Heard when it is waited for.
        syncing.catch(() => {});
        synced = end;
      }
      await syncing;
      await file.datasync();
      if (known.goodBytes === 0) await syncFolder(dir);
      return end;
    } catch (error) {
      // Without the lock the end of the file is another process's. What cannot be cut now, the next import cuts.
      if (known.stillOurs()) await file.truncate(known.goodBytes).catch(() => undefined);
      throw readonlyFault(error);
    }
  } finally {
    await file.close();
  }
}

/**
 * The import as text, in pieces, each good until the next one is asked for: begin line, the changes' lines, closing line with
 * their number and checksum.
 */
function* textOf({ record, changes }: Batch, withFormat: boolean): Generator<Buffer> {
  const begin = JSON.stringify({ kind: "begin", record });
  const hash = createHash("sha256").update(begin);
  const encoded = openEncoder();
  yield encoded(`${withFormat ? `${FORMAT_LINE}\n` : ""}${begin}\n`);
  let lines = 0;
  // Short lines are put together, with their ends and without: a call a line would cost more than the line.
  let [piece, hashed] = ["", ""];
  function written(): Buffer {
    hash.update(hashed);
    const bytes = encoded(piece);
    [piece, hashed] = ["", ""];
    return bytes;
  }
  for (const line of linesOf(changes)) {
    lines += 1;
    const text = JSON.stringify(line);
    if (text.length < LONG_LINE_CHARS) {
      hashed += text;
      piece += `${text}\n`;
      if (piece.length >= WRITE_CHARS) yield written();
      continue;
    }
    if (piece) yield written();
    const bytes = encoded(`${text}\n`);
    hash.update(bytes.subarray(0, -1));
    yield bytes;
  }
  if (piece) yield written();
  // The closing line goes last and alone: until it is whole, the import has not happened.
  const end = { kind: "end", lines, sha256: hash.digest("hex") };
  yield encoded(`${JSON.stringify(end)}\n`);
}

/** Texts as UTF-8, each in the place of the one before. */
function openEncoder(): (text: string) => Buffer {
  let bytes = Buffer.alloc(0);
  return (text) => {
    const size = Buffer.byteLength(text);
    if (bytes.length < size) bytes = Buffer.allocUnsafe(2 * size);
    return bytes.subarray(0, bytes.write(text));
  };
}

function* linesOf(changes: readonly FactChange[]): Generator<LogLine> {
  for (const change of changes)
    if (change.kind === "sightings" || change.kind === "pay-rows")
      for (const block of blocksOf(change.rows)) yield { kind: change.kind, ...block };
    else yield change;
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<number> {
  let done = 0;
  while (done < bytes.length)
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  return done;
}

/** A new file is durable only when its folder's entry is. */
async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function readonlyFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(
    "store_readonly",
    `${FILE} cannot be written (${errorCode(error)}). Nothing was changed.`,
    "Free some space or fix the folder's rights, then import again.",
  );
}
