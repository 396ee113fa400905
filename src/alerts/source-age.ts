import { daysBetween } from "../market/calendar.ts";
import type { Day, Source } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { dayName } from "../market/period-index.ts";
import { textAt } from "../market/texts.ts";
import { dayNumber } from "../market/calendar.ts";
import type { LevelRule } from "./rule.ts";

/** The sources a `no data` rule watches: the named one, or those of the layoff figures. */
export function watchedSources({ test }: LevelRule, market: Market): readonly Source[] {
  if (test.kind !== "no-data") return [];
  const wanted = test.source.toLowerCase();
  return wanted === ""
    ? market.layoffSources
    : market.sources.filter(({ id }) => id.toLowerCase() === wanted);
}

/** How many days ago the newest word of the watched sources came, and the day of it; null for sources we do not have. */
export function sourceAge(
  rule: LevelRule,
  market: Market,
  onDay: Day,
): { readonly age: number | null; readonly asOf: Day } {
  const newest = watchedSources(rule, market)
    .map((source) => newestWord(source, market, onDay))
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  return newest === undefined
    ? { age: null, asOf: onDay }
    : { age: daysBetween(newest, onDay), asOf: newest };
}

/** The day a source speaks for; on a day before that, the newest row it had given by then. */
function newestWord(source: Source, market: Market, onDay: Day): Day | null {
  if (source.asOfOn <= onDay) return source.asOfOn;
  const { sightings, texts } = market.layoffs().ledger;
  const until = dayNumber(onDay);
  const learned = sightings.learned.all();
  let newest = -Infinity;
  for (let at = 0; at < learned.length; at++) {
    if (learned[at]! <= newest || learned[at]! > until) continue;
    if (textAt(texts.source, sightings.source.at(at)) === source.id) newest = learned[at]!;
  }
  return Number.isFinite(newest) ? dayName(newest) : null;
}
