import type { Totals } from "../../market/layoffs.ts";
import {
  changePct,
  daySpan,
  eventsWords,
  floor,
  plural,
  signedPercent,
} from "../../reply/words.ts";
import type { Section } from "../section.ts";
import { hasNoSize } from "../telling.ts";
import type { Counted } from "../telling.ts";

/** People, events and companies of the span and of the year so far, beside what each is compared with. */
export const numbers: Section = {
  name: "numbers",
  summary: "People, events and companies, this year so far, against before and last year",
  content: ({ noun, these, now, before, yearAgo, yearToDate, yearToDateAgo, learned }) => ({
    blocks: [
      {
        kind: "figures",
        items: [
          { label: `Happened ${these}`, value: counts(now) },
          { label: `Learned ${these}`, value: counts(learned) },
          { label: `The ${noun} before`, value: against(before, now) },
          { label: `Same ${noun} last year`, value: against(yearAgo, now) },
          { label: `${yearToDate.span.to.slice(0, 4)} so far`, value: counts(yearToDate) },
          {
            label: `Same days ${yearToDateAgo.span.to.slice(0, 4)}`,
            value: against(yearToDateAgo, yearToDate),
          },
        ],
      },
    ],
    figures: {},
    notes: [
      "Like for like: every span as it was known the same number of days after its own end.",
      ...(yearToDate.span.to.endsWith("-02-29")
        ? [`29 February is compared with ${daySpan(yearToDateAgo.span.to, yearToDateAgo.span.to)}.`]
        : []),
    ],
  }),
};

function counts(totals: Totals): string {
  if (totals.events === 0) return "no known events";
  return `${floor(totals)} · ${eventsWords(totals)} · ${plural(totals.companies, "company", "companies")}`;
}

/** An earlier span, and how the newer one stands to it. */
function against(earlier: Counted, now: Counted): string {
  const change = hasNoSize(now) ? null : changePct(now.people, earlier.people);
  return `${counts(earlier)}${change === null ? "" : ` (now ${signedPercent(change)})`}`;
}
