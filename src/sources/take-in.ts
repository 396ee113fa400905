import type { Day } from "../market/facts.ts";
import type { FactsLog } from "../stores/facts-log.ts";
import { matchEntries } from "./match-entries.ts";
import type { MatchedEntries } from "./match-entries.ts";
import type { Parsed } from "./source.ts";
import { matchTable, tableSize } from "./table.ts";

/** Where an answer came from and when. */
export interface TakenFrom {
  /** Source id. */
  readonly source: string;
  /** A file's name, or an address. */
  readonly from: string;
  /** Of the bytes that were read, hex. */
  readonly sha256: string;
  readonly asOfOn: Day;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/**
 * Takes what was read of a source into the facts log, all of it or nothing. An answer without anything new adds
 * only, once a day, that the source was asked. Rejects as the log does.
 */
export async function takeIn(
  parsed: Parsed,
  { source, from, sha256, asOfOn: saysOn, now }: TakenFrom,
  log: FactsLog,
): Promise<MatchedEntries> {
  const stored = log.stored();
  const { table } = parsed;
  // A list that was renewed may name no newer day, as when it only corrects: what differs was learned now.
  const isRenewed =
    table !== undefined &&
    stored.imports.some(
      (each) => each.source === source && each.asOfOn >= saysOn && each.sha256 !== sha256,
    );
  const today = new Date(now).toISOString().slice(0, 10);
  const asOfOn = isRenewed ? today : saysOn;
  // A list may speak for the newest day in it; what changed or went since it was last read was learned today all the same.
  const isOlder = stored.imports.some(
    (each) => each.source === source && each.file === from && each.asOfOn > saysOn,
  );
  const list = table === undefined ? null : matchTable(source, table, asOfOn, stored);
  const matched = list ?? matchEntries(source, parsed, asOfOn, stored, isOlder ? null : today);
  // An answer that brings nothing new is noted once a day, not once a turn: the log is kept for ever.
  const isKnown = stored.imports.some((each) => each.source === source && each.asOfOn >= asOfOn);
  if (matched.changes.length > 0 || !isKnown)
    await log.append({
      record: {
        file: from,
        layout: source,
        source,
        sha256,
        asOfOn,
        rows:
          table === undefined ? parsed.entries.length + parsed.layoffs.length : tableSize(table),
        importedAt: new Date(now).toISOString(),
        ...list?.reach,
      },
      changes: matched.changes,
    });
  return matched;
}
