import { daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import { list, longDay } from "../reply/words.ts";

/** A list that is a week old is as new as lists are. */
const GAP_DAYS = 8;

/** The line under every layoff figure: which date counts, as known when, from whom. */
export function basisNote(market: Market, filter: LayoffFilter): string {
  const { asof: known = market.asOfOn } = filter;
  const sources = list(
    market.layoffSources.map((source) =>
      source.sample ? source.title : `${source.publisher} ${source.title}`,
    ),
  );
  return `Basis: date ${filter.basis ?? "announced"} · as known ${longDay(known)} · source: ${sources}${endOfLists(market, filter, known)}`;
}

/** Where single reports go on after the lists, their newest day is not how new a total is. */
function endOfLists({ listedTo, asOfOn }: Market, { to }: LayoffFilter, known: Day): string {
  if (daysBetween(listedTo, known) <= GAP_DAYS) return "";
  const isBeyond = asOfOn > listedTo && (to === undefined || to > listedTo);
  return ` · lists end ${longDay(listedTo)}${isBeyond ? ": of later days only single reports are known, which are no totals" : ""}`;
}

/** What belongs under a total taken from the bundled sample; nothing once a tracker is imported. */
export function sampleNotes(market: Market): string[] {
  if (!market.sample) return [];
  return [
    "Bundled sample: best-known events only, so totals are far below a full tracker. Import one: npm run -s import -- FILE",
  ];
}
