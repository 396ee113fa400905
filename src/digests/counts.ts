import type { Day } from "../market/facts.ts";
import { breakdown } from "../market/layoffs.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { CompanyCounts, DigestCounts } from "../stores/records.ts";
import type { DaySpan } from "./telling.ts";

/** What is known of some days as of one day: the counts and those of each company; null while the lists end before the days. */
export function countsOf(
  market: Market,
  filter: LayoffFilter,
  { from, to }: DaySpan,
  asof: Day,
): DigestCounts | null {
  if (market.listedTo < from) return null;
  const groups = breakdown(market, { ...filter, from, to, asof }, "company");
  const sum = (of: "people" | "events" | "unknownSize") =>
    groups.reduce((total, company) => total + company[of], 0);
  return {
    people: sum("people"),
    events: sum("events"),
    companies: groups.length,
    unknownSize: sum("unknownSize"),
    byCompany: groups.map(({ group, name, people, events, unknownSize }): CompanyCounts => [
      group,
      name,
      people,
      events,
      unknownSize,
    ]),
  };
}
