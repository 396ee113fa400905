import { addDays, daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { select } from "../market/layoff-query.ts";
import { rowAt } from "../market/layoff-row.ts";
import type { LayoffFilter, LayoffRow } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { DaySpan } from "./telling.ts";

/** An event of the time before a span that reads otherwise after it. */
export interface MovedRow {
  /** Reported late, changed by its source, or taken back. */
  readonly kind: "late" | "changed" | "withdrawn";
  /** As it reads now; as it last read for a withdrawn one. */
  readonly row: LayoffRow;
  /** As it read before the span; null for a late one. */
  readonly before: LayoffRow | null;
}

/**
 * What was learned during a span of the time before it: what was known on the day before against what is known on `asof`,
 * event by event. Only changes one would quote count (people, share of staff, day, company); largest first.
 */
export function movedRows(
  market: Market,
  filter: LayoffFilter,
  span: DaySpan,
  asof: Day,
): readonly MovedRow[] {
  const earlier = addDays(span.from, daysBetween(span.to, asof) - 1);
  const before = rowsKnown(market, filter, earlier);
  const after = rowsKnown(market, filter, asof);
  const moved: MovedRow[] = [];
  for (const [sighting, { version, read }] of after) {
    const old = before.get(sighting);
    if (old?.version === version) continue;
    const row = read();
    const was = old?.read() ?? null;
    if (was === null ? row.on < span.from : isQuotable(was, row) && was.on < span.from)
      moved.push({ kind: was === null ? "late" : "changed", row, before: was });
  }
  for (const [sighting, { read }] of before) {
    if (after.has(sighting)) continue;
    const row = read();
    if (row.on < span.from) moved.push({ kind: "withdrawn", row, before: row });
  }
  return moved.sort((a, b) => sizeOf(b) - sizeOf(a) || (a.row.on < b.row.on ? 1 : -1));
}

interface Known {
  readonly version: number;
  readonly read: () => LayoffRow;
}

function rowsKnown(market: Market, filter: LayoffFilter, asof: Day): ReadonlyMap<number, Known> {
  const table = market.layoffs(asof, filter.basis);
  const version = table.rows.version.all();
  const sighting = table.ledger.versions.sighting.all();
  return new Map(
    Array.from(select(table, filter).rows, (row) => [
      sighting[version[row]!]!,
      { version: version[row]!, read: () => rowAt(table, row) },
    ]),
  );
}

function isQuotable(before: LayoffRow, after: LayoffRow): boolean {
  return (["people", "percent", "on", "companyKey"] as const).some(
    (name) => before[name] !== after[name],
  );
}

/** By how many known people it moved the total. */
function sizeOf({ kind, row, before }: MovedRow): number {
  if (kind === "changed") return Math.abs((row.people ?? 0) - (before?.people ?? 0));
  return row.people ?? 0;
}
