import { isDeepStrictEqual } from "node:util";
import { companyKey } from "../market/company-key.ts";
import type { Day, Entry, ShelfName } from "../market/facts.ts";
import type { EntryChange, FactChange, Stored } from "../stores/facts-log.ts";
import type { FoundLayoff, NewEntry, Parsed } from "./source.ts";

export interface MatchedEntries {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly withdrawn: number;
  /** For the facts log, in order. */
  readonly changes: readonly FactChange[];
}

/**
 * What an answer of a source adds to what is known of it. An entry with other values is a new version from the day on which
 * that was learned; one that a whole answer no longer lists is gone from that day on. An answer older than an entry's last
 * version changes nothing of it.
 *
 * @param asOfOn the day the answer speaks for: its new entries could be known then, where they say no day of their own
 * @param learnedOn the day it was read, or saved; null for an older list than one read before, which brings new entries alone
 */
export function matchEntries(
  source: string,
  { entries, layoffs, wholeOf }: Pick<Parsed, "entries" | "layoffs" | "wholeOf">,
  asOfOn: Day,
  stored: Stored,
  learnedOn: Day | null = asOfOn,
): MatchedEntries {
  const counts = { new: 0, changed: 0, same: 0, withdrawn: 0 };
  const changes: FactChange[] = [];
  const known = knownEntries(source, stored);
  const listed = new Set<string>();
  for (const entry of entries) {
    const key = `${source}|${entry.id}`;
    if (listed.has(key)) continue;
    listed.add(key);
    const before = known.get(key)?.entry.versions.at(-1);
    if (before === undefined) {
      counts.new += 1;
      changes.push(entryChange(key, entry.on ?? asOfOn, entry));
      if (entry.until !== undefined) changes.push(goneChange(key, entry.until, entry.shelf));
    } else if (entry.until !== undefined && before.values !== null && before.from < entry.until) {
      counts.withdrawn += 1;
      changes.push(goneChange(key, entry.until, entry.shelf));
    } else if (
      entry.until !== undefined ||
      learnedOn === null ||
      before.from > learnedOn ||
      isDeepStrictEqual(before.values, entry.values)
    ) {
      counts.same += 1;
    } else {
      counts.changed += 1;
      changes.push(entryChange(key, learnedOn, entry));
    }
  }
  if (wholeOf !== null && learnedOn !== null)
    for (const [key, { shelf, entry }] of known) {
      const last = entry.versions.at(-1)!;
      const isGone = key.startsWith(`${source}|${wholeOf}`) && !listed.has(key);
      if (!isGone || last.values === null || last.from > learnedOn) continue;
      counts.withdrawn += 1;
      changes.push(goneChange(key, learnedOn, shelf));
    }
  const reports = new Set(stored.layoffs.map(({ key }) => key));
  for (const layoff of layoffs) {
    const key = layoffKey(source, layoff);
    counts[reports.has(key) ? "same" : "new"] += 1;
    if (reports.has(key)) continue;
    reports.add(key);
    changes.push({
      kind: "sighting",
      key,
      learnedOn: layoff.learnedOn ?? asOfOn,
      assumed: false,
      values: layoff.values,
      ...(layoff.sentence !== null && { sentence: layoff.sentence }),
    });
  }
  return { ...counts, changes };
}

/** source id | company key | announced day | the report's own id. */
export function layoffKey(source: string, { id, values }: FoundLayoff): string {
  return `${source}|${companyKey(values.company)}|${values.announcedOn}|${id}`;
}

const SHELVES = ["notices", "postings", "points", "totals"] as const satisfies readonly ShelfName[];

function knownEntries(source: string, { entries }: Stored) {
  const found = new Map<string, { readonly shelf: ShelfName; readonly entry: Entry<unknown> }>();
  for (const shelf of SHELVES)
    for (const entry of entries[shelf])
      if (entry.source === source) found.set(entry.key, { shelf, entry });
  return found;
}

function entryChange(key: string, on: Day, entry: NewEntry): EntryChange {
  const { id: _id, on: _on, until: _until, ...said } = entry;
  return { kind: "entry", key, on, ...said };
}

function goneChange(key: string, on: Day, shelf: ShelfName): EntryChange {
  return { kind: "entry", shelf, key, on, values: null };
}
