import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { z } from "zod";
import { Fault } from "../fault.ts";
import type { SourceHealth } from "../market/source-health.ts";
import type { ImportRecord } from "../stores/facts-log.ts";
import { HEALTH_FILE } from "../stores/book-folder.ts";
import { readIfThere, readonlyFault, realDisk, writeDurably } from "../stores/disk.ts";

const instant = z.iso.datetime();
const RECORD = z.strictObject({
  triedAt: instant,
  succeededAt: instant.nullable(),
  rows: z.int(),
  newestOn: z.string().nullable(),
  failures: z.int(),
  error: z.string().nullable(),
  suspicious: z.strictObject({ since: instant, why: z.string() }).nullable(),
  notBefore: instant.nullable(),
  /** The operator was told that it fails. */
  toldFailing: z.boolean(),
  /** Of the last believed answer to each question, how many rows it had and how many facts were taken of it. */
  answers: z.record(z.string(), z.strictObject({ at: instant, rows: z.int(), taken: z.int() })),
  /** What servers said of the versions that were taken, by address. */
  validators: z.record(
    z.string(),
    // Not strict: files of older versions say here how many imports there were, and not which.
    z.object({
      etag: z.string().nullable(),
      modified: z.string().nullable(),
      keptAt: instant,
      /** The newest import of the source in the facts then (`importMark`): without it there, they were put back since. */
      after: z.string().default(""),
    }),
  ),
});
const FILE = z.strictObject({ v: z.literal(1), sources: z.record(z.string(), RECORD) });

/** What is kept of a source between turns: how it fared, and what is needed to ask politely and to judge. */
export type SourceRecord = z.output<typeof RECORD>;
export type SourceRecords = Readonly<Record<string, SourceRecord>>;

/**
 * What tells one import from every other. The facts are only ever appended to, so where one import is, all before it are:
 * facts put back to an earlier day lack it, however many imports they have been given since.
 */
export function importMark({ importedAt, sha256 }: ImportRecord): string {
  return `${importedAt} ${sha256}`;
}

/**
 * What is kept of every source in this data folder. A missing or damaged file is as if no source was ever asked: they are asked
 * again, and no fact depends on it.
 */
export async function readHealth(dir: string): Promise<SourceRecords> {
  const bytes = await readIfThere(realDisk, join(dir, HEALTH_FILE));
  return bytes === undefined ? {} : healthIn(bytes.toString("utf8"));
}

export function healthIn(text: string): SourceRecords {
  try {
    return FILE.parse(JSON.parse(text)).sources;
  } catch {
    return {};
  }
}

/** Puts the file in place whole. Rejects with a Fault (`store_readonly`) when the disk refuses. */
export async function writeHealth(dir: string, sources: SourceRecords): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify({ v: 1, sources })}\n`;
    await writeDurably(realDisk, join(dir, HEALTH_FILE), [Buffer.from(text)]);
  } catch (error) {
    throw readonlyFault(`${HEALTH_FILE} cannot be written`, error);
  }
}

/** Does the work while no other process refreshes this folder. Rejects with a Fault (`busy`) when one does. */
export async function whileAlone<Value>(dir: string, work: () => Promise<Value>): Promise<Value> {
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw readonlyFault(`${HEALTH_FILE} cannot be written`, error);
  });
  const release = await lock(join(dir, HEALTH_FILE), {
    realpath: false,
    stale: 15_000,
    update: 5_000,
    // Another holder can only appear when this process slept for long; the facts log has a lock of its own.
    onCompromised: () => {},
  }).catch(() => {
    throw new Fault(
      "busy",
      "Another process is asking the sources for this folder now.",
      "Try again in a moment.",
    );
  });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}

export function healthOf(record: SourceRecord | undefined): SourceHealth | null {
  if (record === undefined) return null;
  const { toldFailing: _told, answers: _answers, validators: _validators, ...health } = record;
  return health;
}
