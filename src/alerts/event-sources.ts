import type { Day, Source } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { EventName } from "./rule.ts";

/** The sources that events of a kind come from; none for how sources fare, which none of them tells. */
export function eventSources(event: EventName, market: Market): readonly Source[] {
  switch (event) {
    case "layoff":
    case "revision":
      return market.layoffSources;
    case "warn_notice":
      return among(market.entries.notices, market);
    case "posting":
      return among(market.entries.postings, market);
    case "source_down":
      return [];
  }
}

/** The last day these sources speak for; that of the layoff facts where there are none. */
export function eventsAsOf(event: EventName, market: Market): Day {
  return (
    eventSources(event, market)
      .map(({ asOfOn }) => asOfOn)
      .toSorted()
      .at(-1) ?? market.asOfOn
  );
}

function among(
  entries: readonly { readonly source: string }[],
  { sources }: Market,
): readonly Source[] {
  const used = new Set(entries.map(({ source }) => source));
  return sources.filter(({ id }) => used.has(id));
}
