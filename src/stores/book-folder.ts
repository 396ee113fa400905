import { join } from "node:path";
import { errorCode } from "./facts-read.ts";
import type { Disk } from "./disk.ts";

/** How many generations are kept beside the newest. */
const OLDER_KEPT = 2;

/** Where a book's files are: `state/snapshot-000012.ndjson` and `state/journal-000012.ndjson`, one pair a generation. */
export const stateDir = (dir: string): string => join(dir, "state");
export const backupsDir = (dir: string): string => join(dir, "backups");
export const snapshotPath = (dir: string, generation: number): string =>
  join(stateDir(dir), `snapshot-${padded(generation)}.ndjson`);
export const journalPath = (dir: string, generation: number): string =>
  join(stateDir(dir), `journal-${padded(generation)}.ndjson`);

/** Beside the book: what was imported, and how each source that is asked by itself fared. */
export const FACTS_FILE = "facts.ndjson";
export const HEALTH_FILE = "sources.json";

function padded(generation: number): string {
  return String(generation).padStart(6, "0");
}

export interface Generations {
  /** Numbers with a snapshot, newest first. */
  readonly snapshots: readonly number[];
  /** Numbers with a journal, oldest first. */
  readonly journals: readonly number[];
}

export async function listGenerations(disk: Disk, dir: string): Promise<Generations> {
  const names = await namesIn(disk, stateDir(dir));
  const numbers = (kind: string) =>
    names
      .map((name) => new RegExp(`^${kind}-(\\d{6,})\\.ndjson$`).exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .sort((a, b) => a - b);
  return { snapshots: numbers("snapshot").reverse(), journals: numbers("journal") };
}

/** The highest number in use; 0 for none. */
export function newestOf({ snapshots, journals }: Generations): number {
  return Math.max(0, snapshots[0] ?? 0, journals.at(-1) ?? 0);
}

/** Names in a folder; none when it is not there. */
export async function namesIn(disk: Disk, dir: string): Promise<readonly string[]> {
  try {
    return await disk.readdir(dir);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Takes away generations older than those kept, and drafts that a dying process left. */
export async function pruneGenerations(disk: Disk, dir: string): Promise<void> {
  const { snapshots, journals } = await listGenerations(disk, dir);
  const oldest = snapshots[OLDER_KEPT] ?? 0;
  const stale = [
    ...snapshots.filter((number) => number < oldest).map((number) => snapshotPath(dir, number)),
    ...journals.filter((number) => number < oldest).map((number) => journalPath(dir, number)),
    ...(await namesIn(disk, stateDir(dir)))
      .filter((name) => name.endsWith(".tmp"))
      .map((name) => join(stateDir(dir), name)),
  ];
  for (const path of stale) await disk.unlink(path).catch(() => undefined);
}
