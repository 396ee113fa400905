import type { Market } from "../market/market.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import { list, longDay } from "../reply/words.ts";

/** The line under every layoff figure: which date counts, as known when, from whom. */
export function basisNote(market: Market, filter: LayoffFilter): string {
  const known = filter.asof ?? market.asOfOn;
  const sources = list(
    market.layoffSources.map((source) =>
      source.sample ? source.title : `${source.publisher} ${source.title}`,
    ),
  );
  return `Basis: date ${filter.basis ?? "announced"} · as known ${longDay(known)} · source: ${sources}`;
}

/** What belongs under a total taken from the bundled sample; nothing once a tracker is imported. */
export function sampleNotes(market: Market): string[] {
  if (!market.sample) return [];
  return [
    "Bundled sample: best-known events only, so totals are far below a full tracker. Import one: npm run -s import -- FILE",
  ];
}
