import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { checkedLine, linesIn, parseCheckedLine } from "./checked-line.ts";
import { readIfThere, writeAll, writeDurably, type Disk } from "./disk.ts";

export const INSTANCE_FILE = "instance.json";
export const SEQ_FILE = "book.seq";

/** Which book this folder holds: a random key made with it, and how often it was restored. */
export interface Identity {
  readonly instance: string;
  readonly epoch: number;
}

const INSTANCE = z.strictObject({
  v: z.literal(1),
  instance: z.string(),
  epoch: z.number().int(),
  sum: z.number(),
});

export function newIdentity(): Identity {
  return { instance: randomBytes(12).toString("base64url"), epoch: 1 };
}

/** The folder's identity; `damaged` when the file is there and not what was written. */
export async function readIdentity(
  disk: Disk,
  dir: string,
): Promise<Identity | "damaged" | undefined> {
  const bytes = await readIfThere(disk, join(dir, INSTANCE_FILE));
  if (bytes === undefined) return undefined;
  try {
    const { instance, epoch, sum } = INSTANCE.parse(JSON.parse(bytes.toString("utf8")));
    return sum === sumOf({ instance, epoch }) ? { instance, epoch } : "damaged";
  } catch {
    return "damaged";
  }
}

export async function writeIdentity(disk: Disk, dir: string, identity: Identity): Promise<void> {
  const text = `${JSON.stringify({ v: 1, ...identity, sum: sumOf(identity) })}\n`;
  await writeDurably(disk, join(dir, INSTANCE_FILE), [Buffer.from(text)]);
}

function sumOf({ instance, epoch }: Identity): number {
  return crc32(`${instance} ${epoch}`);
}

const SEQ = z.strictObject({ seq: z.number().int() });

/**
 * The number of a commit that was certainly answered "saved", kept outside the state so that a journal cut short at the
 * end of a line, or a whole state put back by hand, is noticed. It may lag; it never runs ahead.
 */
export async function readSeqMark(disk: Disk, dir: string): Promise<number | undefined> {
  const bytes = await readIfThere(disk, join(dir, SEQ_FILE));
  const [first] = linesIn(bytes ?? Buffer.alloc(0));
  const parsed = SEQ.safeParse(first === undefined ? undefined : parseCheckedLine(first.line));
  return parsed.success ? parsed.data.seq : undefined;
}

export interface SeqMark {
  put(seq: number): Promise<void>;
  close(): Promise<void>;
}

export async function openSeqMark(disk: Disk, dir: string): Promise<SeqMark> {
  let file: FileHandle | undefined = await disk.open(
    join(dir, SEQ_FILE),
    constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW,
    0o600,
  );
  return {
    async put(seq) {
      // Overwritten in place, which a growing number does whole; not synced, since it may lag.
      if (file !== undefined) await writeAll(file, Buffer.from(checkedLine({ seq })), 0);
    },
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}
