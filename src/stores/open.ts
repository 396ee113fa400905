import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { layoffAbout, marketOf } from "../market/build.ts";
import { once } from "../market/column.ts";
import type { CompanyBook } from "../market/company.ts";
import type { Facts } from "../market/facts.ts";
import { ledgerOf, spellingsOf } from "../market/layoff-ledger.ts";
import { layoffTable } from "../market/layoff-table.ts";
import type { Market } from "../market/market.ts";
import { checksumOf } from "./checksum.ts";
import { openSnapshot, saveSnapshot } from "./snapshot.ts";

const SNAPSHOT = "snapshot.bin";
const LOG = "facts.ndjson";
const TAIL_BYTES = 4096;

export interface MarketSources {
  /** The data folder: its `facts.ndjson` is watched for change, its `snapshot.bin` is ours. */
  readonly dir: string;
  /** The other files the facts and the company names come from; when one changes, the snapshot is stale. */
  readonly files: readonly (string | URL)[];
  /** Everything believed: the bundled facts and the log's. Read only when there is no fresh snapshot. */
  readonly facts: () => Facts | Promise<Facts>;
  /** The company book over every spelling that was reported, one entry a report. */
  readonly companies: (spellings: Iterable<string>) => CompanyBook;
}

/**
 * The market, from the snapshot when that is fresh, else built from the facts and kept for the next start. Throws what
 * `facts` and `companies` throw; trouble with the snapshot is never an error.
 */
export async function openMarket({ dir, files, facts, companies }: MarketSources): Promise<Market> {
  const path = join(dir, SNAPSHOT);
  // Taken before reading: facts that arrive meanwhile make the snapshot stale, never wrong.
  const fingerprint = fingerprintOf([join(dir, LOG), ...files]);
  const kept = openSnapshot(path, fingerprint);
  if (kept !== undefined) {
    const book = once(() => companies(spellingsOf(kept.table.ledger)));
    return marketOf(kept.table, kept.about, kept.facts, book);
  }
  const believed = await facts();
  const book = companies(
    believed.layoffs.flatMap(({ versions }) => versions.map(({ values }) => values.company)),
  );
  const { layoffs, ...others } = believed;
  const table = layoffTable(ledgerOf(layoffs, book, others.witnesses), undefined, "announced");
  const about = layoffAbout(believed);
  await saveSnapshot(path, fingerprint, { table, about, facts: () => others });
  return marketOf(
    table,
    about,
    () => others,
    () => book,
  );
}

/** What files hold, told by size, time of change and their last bytes; a file that is not there has a fingerprint too. */
export function fingerprintOf(files: readonly (string | URL)[]): string {
  return files.map(fileFingerprint).join(" ");
}

function fileFingerprint(path: string | URL): string {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return "none";
  }
  try {
    const { size, mtimeMs } = fstatSync(fd);
    const tail = new Uint8Array(Math.min(size, TAIL_BYTES));
    const got = readSync(fd, tail, 0, tail.length, size - tail.length);
    return `${size}-${mtimeMs}-${checksumOf(tail.subarray(0, got)).toString(16)}`;
  } finally {
    closeSync(fd);
  }
}
