import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { layoffAbout, marketOf } from "../market/build.ts";
import { once } from "../market/column.ts";
import { companyBook, keptBook } from "../market/company-book.ts";
import type { CompanyEntry } from "../market/company-entries.ts";
import type { Facts } from "../market/facts.ts";
import { ledgerOf } from "../market/layoff-ledger.ts";
import { layoffTable } from "../market/layoff-table.ts";
import type { Market } from "../market/market.ts";
import { readNotices } from "../market/notices.ts";
import { payTable } from "../market/pay-table.ts";
import { readPostings } from "../market/postings.ts";
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
  /** The hand-written table of company names. */
  readonly listed: () => readonly CompanyEntry[];
}

/** A market with what its first questions would have to wait for. */
export interface OpenedMarket {
  readonly market: Market;
  /** Reads names, notices and postings with pauses in which others may have their turn; the first question for them does otherwise. */
  readonly prepare: () => Generator<void, void>;
}

/**
 * The market, from the snapshot when that is fresh, else built from the facts and kept for the next start. Throws what
 * `facts` and `listed` throw; trouble with the snapshot is never an error.
 */
export async function openMarket(sources: MarketSources): Promise<OpenedMarket> {
  const kept = keptMarket(sources, marketFingerprint(sources));
  if (kept !== undefined) return kept;
  const { table, about, pay, facts, book } = (await builtAndSaved(sources)).market;
  return opened(marketOf(table, about, pay, facts, () => book));
}

/**
 * Builds the market and keeps it as the snapshot; gives the fingerprint it is kept under, by which `keptMarket` opens it even
 * when facts have arrived meanwhile, or undefined where the folder cannot be written. Throws what `facts` and `listed` throw.
 */
export async function saveMarket(sources: MarketSources): Promise<string | undefined> {
  const { fingerprint, isKept } = await builtAndSaved(sources);
  return isKept ? fingerprint : undefined;
}

/** The market the snapshot holds, read piece by piece; undefined where there is none of this fingerprint. */
export function keptMarket(
  { dir, listed }: Pick<MarketSources, "dir" | "listed">,
  fingerprint: string,
): OpenedMarket | undefined {
  const kept = openSnapshot(join(dir, SNAPSHOT), fingerprint);
  if (kept === undefined) return undefined;
  const { table, about, pay, facts, names, readAhead } = kept;
  const book = () => keptBook(listed(), table.ledger, names);
  return opened(marketOf(table, about, pay, facts, book), readAhead);
}

function opened(market: Market, readAhead?: () => Generator<void, void>): OpenedMarket {
  return {
    market,
    *prepare() {
      void market.companies;
      yield;
      if (readAhead !== undefined) yield* readAhead();
      yield* readNotices(market.entries.notices);
      yield* readPostings(market.entries.postings);
    },
  };
}

/** What the facts of a market are now, told by their files. */
export function marketFingerprint({ dir, files }: Pick<MarketSources, "dir" | "files">): string {
  return fingerprintOf([join(dir, LOG), ...files]);
}

async function builtAndSaved(sources: MarketSources) {
  // Taken before reading: facts that arrive meanwhile make the snapshot stale, never wrong.
  const fingerprint = marketFingerprint(sources);
  const believed = await sources.facts();
  const book = companyBook(sources.listed(), reportedSpellings(believed));
  const { layoffs, payRows, ...others } = believed;
  const table = layoffTable(ledgerOf(layoffs, book, others.witnesses), undefined, "announced");
  const about = layoffAbout(believed);
  const pay = once(() => payTable(payRows));
  const market = { table, about, pay, facts: () => others, names: book.names };
  const isKept = await saveSnapshot(join(sources.dir, SNAPSHOT), fingerprint, market);
  return { market: { ...market, book }, fingerprint, isKept };
}

function* reportedSpellings({ layoffs }: Facts): Generator<string> {
  for (const { versions } of layoffs) for (const { values } of versions) yield values.company;
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
