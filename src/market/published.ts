import type { Day, Facts, PublishedTotal } from "./facts.ts";
import { periodDays } from "./series-points.ts";

/**
 * Published totals as known on a day (all that is known when left out): the bundled ones and those taken in, the newest of
 * the same publisher, measure, period and scope. A bundled total counts as known once its period is over.
 */
export function publishedTotals(
  {
    published,
    publishedOn = "",
    entries,
  }: Pick<Facts, "published" | "publishedOn"> & Pick<Facts, "entries">,
  asof?: Day,
): readonly PublishedTotal[] {
  if (entries.totals.length === 0 && asof === undefined) return published;
  const found = new Map<string, PublishedTotal>();
  for (const total of published)
    if (asof === undefined || (periodDays(total.period)?.to ?? "") <= asof)
      found.set(totalKey(total), total);
  for (const { versions } of entries.totals) {
    const last = versions.findLast(({ from }) => asof === undefined || from <= asof);
    if (last === undefined || last.values === null) continue;
    const isOutdated = last.from < publishedOn && (asof === undefined || asof >= publishedOn);
    const key = totalKey(last.values);
    if (!(isOutdated && found.has(key))) found.set(key, last.values);
  }
  return [...found.values()];
}

/** What makes two totals the same one, printed twice. */
export function totalKey({ publisher, measure, period, scope }: PublishedTotal): string {
  return [publisher, measure, period, scope].join("|");
}
