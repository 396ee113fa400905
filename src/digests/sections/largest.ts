import { eventsTable } from "../../answers/events-table.ts";
import { largest as largestOf, rows } from "../../market/layoffs.ts";
import type { LayoffRow } from "../../market/layoffs.ts";
import type { Section } from "../section.ts";
import type { Telling } from "../telling.ts";

/** The largest events of the span with their links; those of unknown size come after them, since nobody knows where they belong. */
export const largest: Section = {
  name: "largest",
  summary: "The largest of the week, with links",
  heading: "The largest",
  content: (told) => {
    const shown = largestRows(told);
    return {
      blocks:
        shown.length === 0
          ? []
          : [
              eventsTable(
                shown,
                told.now.events,
                told.unknown
                  ? "Single reports: no list speaks for these days yet"
                  : `Largest of ${told.these} by known size`,
              ),
            ],
      figures: {
        items: shown.map(({ company, on, people, percent }) => ({ company, on, people, percent })),
      },
      notes: [],
    };
  },
};

function largestRows({ market, filter, span, asof, rows: most }: Telling): readonly LayoffRow[] {
  const happened = { ...filter, ...span, asof };
  const known = largestOf(market, happened, most);
  if (known.length >= most) return known;
  const unknown = rows(market, happened).rows.filter(({ people }) => people === null);
  return [...known, ...unknown.slice(0, most - known.length)];
}
