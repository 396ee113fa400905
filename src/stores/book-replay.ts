import { Fault } from "../fault.ts";
import type { TableName } from "./book.ts";
import { journalPath, type Generations } from "./book-folder.ts";
import { readIfThere, type Disk } from "./disk.ts";
import { readJournal, type JournalRead } from "./journal-read.ts";
import type { SnapshotHead, SnapshotRecord } from "./snapshot-file.ts";

/** A record as the files hold it, not yet looked at. */
export interface RawRecord {
  readonly table: TableName;
  readonly key: string;
  readonly version: number;
  readonly value: unknown;
}

export interface Replay {
  readonly records: Iterable<RawRecord>;
  /** Number of the last commit that follows without a gap. */
  readonly seq: number;
  /** The highest number any whole line bears, beyond a gap too. */
  readonly highest: number;
  /** Where the first damage stands, in words. */
  readonly damage: string | undefined;
  /** True when the snapshot's own journal is not there, as after a stop between making the one and the other. */
  readonly missing: boolean;
  /** Bytes after the last commit of the newest journal that are no whole line. */
  readonly tornBytes: number;
  /** Length of the newest journal, and whether it holds nothing but its first line. */
  readonly lastBytes: number;
  readonly idle: boolean;
}

interface Journal extends JournalRead {
  readonly path: string;
}

/** The snapshot's records with every journal from its generation on laid over them, commit by commit, by number. */
export async function replay(
  disk: Disk,
  dir: string,
  base: { readonly head: SnapshotHead; readonly records: readonly SnapshotRecord[] },
  { journals: numbers }: Generations,
): Promise<Replay> {
  const { generation } = base.head;
  const journals: Journal[] = [];
  let damage: string | undefined;
  for (const number of numbers.filter((each) => each >= generation)) {
    const path = journalPath(dir, number);
    const bytes = await readIfThere(disk, path);
    if (bytes === undefined) throw new VanishedError(path);
    const read = readJournal(bytes);
    refuseForeign(path, read, base.head);
    journals.push({ ...read, path });
  }

  const records = new Map<string, RawRecord>();
  for (const record of base.records) records.set(`${record.table} ${record.key}`, record);
  let { seq } = base.head;
  let highest = seq;
  for (const [index, journal] of journals.entries()) {
    // What stands past the next journal's beginning was refused when it was written, never answered "saved".
    const limit = journals[index + 1]?.head?.from ?? Number.POSITIVE_INFINITY;
    for (const commit of journal.commits) {
      if (commit.seq > limit) continue;
      highest = Math.max(highest, commit.seq);
      if (commit.seq !== seq + 1) continue;
      seq = commit.seq;
      for (const { table, key, version, value } of commit.changes) {
        if (value === null) records.delete(`${table} ${key}`);
        else records.set(`${table} ${key}`, { table, key, version, value });
      }
    }
    const last = index === journals.length - 1;
    if (journal.damagedAt !== undefined && (!last || highest > seq || journal.head === undefined))
      damage ??= `${journal.path} is damaged at byte ${journal.damagedAt}`;
    if (limit !== Number.POSITIVE_INFINITY && seq < limit) highest = Math.max(highest, limit);
  }
  const last = journals.at(-1);
  return {
    records: records.values(),
    seq,
    highest,
    damage,
    missing: !numbers.includes(generation),
    tornBytes: last?.damagedAt === undefined ? 0 : last.bytes - last.damagedAt,
    lastBytes: last?.bytes ?? 0,
    idle: last !== undefined && last.commits.length === 0 && last.damagedAt === undefined,
  };
}

/** A file that was listed is gone: the writer has moved on, and reading begins again. */
export class VanishedError extends Error {}

function refuseForeign(path: string, { head, newer }: JournalRead, base: SnapshotHead): void {
  if (newer !== undefined) throw newerFault(path, newer);
  if (head !== undefined && head.instance !== base.instance)
    throw new Fault(
      "bad_file",
      `${path} belongs to another bot's folder.`,
      "Put this folder's own files back, or run `npm run -s restore`. Nothing was changed.",
    );
}

/** The file is fine and we are too old for it; nothing of it may be touched. */
export function newerFault(path: string, version: number): Fault {
  return new Fault(
    "unsupported",
    `${path} was written by a newer market-pulse (format ${version}).`,
    "Start that version again. Nothing was changed.",
  );
}
