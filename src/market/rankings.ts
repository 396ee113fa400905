import type { LayoffFilter, LayoffRow } from "./layoffs.ts";
import { rows } from "./layoffs.ts";
import type { Market } from "./market.ts";

/** The events with the largest share of staff, in percent; equals by people, then newest first. Unknown shares are left out. */
export function mostOfStaff(
  market: Market,
  filter: LayoffFilter,
  limit: number,
): readonly LayoffRow[] {
  return rows(market, filter)
    .rows.filter((row) => row.percent !== null)
    .sort(
      (a, b) =>
        b.percent! - a.percent! || (b.people ?? -1) - (a.people ?? -1) || b.on.localeCompare(a.on),
    )
    .slice(0, limit);
}
