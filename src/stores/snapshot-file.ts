import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { Stored, TableName } from "./book.ts";
import { checkedLine, linesIn, parseCheckedLine } from "./checked-line.ts";
import { tableNames } from "./record-schemas.ts";
import { RECORD_PARTS } from "./sealed-part.ts";

export const BOOK_VERSION = 1;
/** Serialising pauses after so many records, so that answers need not wait for a large book. */
const RECORDS_A_TURN = 500;

/** Whose records these are, and how far they go. */
export interface SnapshotHead {
  /** A random key made with the folder. */
  readonly instance: string;
  /** Raised by every restore. */
  readonly epoch: number;
  readonly generation: number;
  /** Number of the last commit that is in it. */
  readonly seq: number;
}

export interface SnapshotRecord {
  readonly table: TableName;
  readonly key: string;
  readonly version: number;
  readonly value: unknown;
}

const HEAD = z.strictObject({
  format: z.literal("market-pulse book"),
  v: z.literal(BOOK_VERSION),
  instance: z.string(),
  epoch: z.number().int(),
  generation: z.number().int(),
  seq: z.number().int(),
});
const RECORD = z.strictObject({
  table: z.enum(tableNames),
  key: z.string(),
  version: z.number().int().positive(),
  value: z.unknown(),
});
const FOOT = z.strictObject({ records: z.number().int(), sha256: z.string() });

/** A snapshot's bytes in pieces: a head, one line a record, and a foot with their number and the SHA-256 of all before it. */
export async function* snapshotBytes(
  head: SnapshotHead,
  records: Iterable<{ readonly table: TableName } & Stored<unknown>>,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let count = 0;
  let piece = checkedLine({ format: "market-pulse book", v: BOOK_VERSION, ...head });
  for (const { table, key, version, value } of records) {
    piece += checkedLine({ table, key, version, value }, RECORD_PARTS);
    if (++count % RECORDS_A_TURN > 0) continue;
    const bytes = Buffer.from(piece);
    piece = "";
    hash.update(bytes);
    yield bytes;
    await nextTurn();
  }
  const last = Buffer.from(piece);
  hash.update(last);
  yield last;
  yield Buffer.from(checkedLine({ records: count, sha256: hash.digest("hex") }));
}

export type SnapshotRead =
  | {
      readonly status: "whole";
      readonly head: SnapshotHead;
      readonly records: readonly SnapshotRecord[];
    }
  | { readonly status: "damaged"; readonly at: number; readonly why: string }
  /** Written by a later version of this program: not ours to judge. */
  | { readonly status: "newer"; readonly version: number };

/** A snapshot's records, or where it is damaged. Half of a snapshot is no snapshot. */
export function readSnapshot(bytes: Buffer): SnapshotRead {
  const lines = [...linesIn(bytes)];
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return damaged(0, "it is empty");
  const headLine = parseCheckedLine(first.line);
  const newer = versionOf(headLine);
  if (newer > BOOK_VERSION) return { status: "newer", version: newer };
  const head = HEAD.safeParse(headLine);
  if (!head.success) return damaged(0, "its first line is not what was written");
  const records: SnapshotRecord[] = [];
  for (const { at, line } of lines.slice(1, -1)) {
    const record = RECORD.safeParse(parseCheckedLine(line));
    if (!record.success) return damaged(at, "a line is not what was written");
    records.push(record.data);
  }
  const foot = FOOT.safeParse(last.whole ? parseCheckedLine(last.line) : undefined);
  if (!foot.success) return damaged(last.at, "its end is missing");
  const sum = createHash("sha256").update(bytes.subarray(0, last.at)).digest("hex");
  if (foot.data.records !== records.length || foot.data.sha256 !== sum)
    return damaged(last.at, "its checksum is not its own");
  const { instance, epoch, generation, seq } = head.data;
  return { status: "whole", head: { instance, epoch, generation, seq }, records };
}

function damaged(at: number, why: string): SnapshotRead {
  return { status: "damaged", at, why };
}

/** The format's version a first line speaks of; 0 when it speaks of none. */
export function versionOf(line: unknown): number {
  return typeof line === "object" && line !== null && "v" in line && typeof line.v === "number"
    ? line.v
    : 0;
}
