import { largest } from "../../market/layoffs.ts";
import { pulse } from "../../market/pulse.ts";
import {
  changePct,
  count,
  list,
  percent,
  plural,
  signedPercent,
  upperFirst,
} from "../../reply/words.ts";
import type { Section } from "../section.ts";
import { hasNoSize } from "../telling.ts";
import type { Counted, Telling } from "../telling.ts";

/** The span in words one can quote: against before and last year, the year so far, the largest, and whether it stands out. */
export const sentence: Section = {
  name: "sentence",
  summary: "The same in two or three sentences one can quote",
  content: (told) => ({
    blocks: [
      {
        kind: "text",
        words: [spanSentence(told), yearSentence(told), largestSentence(told), standsOut(told)]
          .filter(Boolean)
          .join(" "),
      },
    ],
    figures: {},
    notes: [],
  }),
};

function spanSentence({ noun, now, before, yearAgo }: Telling): string {
  const parts = [
    comparison(now, before, `the ${noun} before`),
    comparison(now, yearAgo, `the same ${noun} last year`),
  ].filter((part) => part !== undefined);
  if (hasNoSize(now)) return "No event said how many, so there is no size to compare.";
  if (parts.length === 0)
    return `Neither the ${noun} before nor last year's has a known size to compare with.`;
  const [first, second] = parts;
  const same = second !== undefined && first!.way === second.way;
  const words = same
    ? `${first!.way} ${list(parts.map(({ than }) => than))}`
    : parts.map(({ way, than }) => `${way} ${than}`).join(", ");
  return `${upperFirst(words)}, counted at the same age.`;
}

/** "fewer known people than" and "the week before (−62 %)". */
function comparison(
  now: Counted,
  then: Counted,
  name: string,
): { readonly way: string; readonly than: string } | undefined {
  const change = hasNoSize(now) ? null : changePct(now.people, then.people);
  if (change === null) return undefined;
  const near = Math.abs(change) < 2;
  const way = near
    ? "about as many known people as"
    : `${change > 0 ? "more" : "fewer"} known people than`;
  return { way, than: `${name} (${count(then.people)}, ${signedPercent(change)})` };
}

function yearSentence({ yearToDate, yearToDateAgo }: Telling): string {
  const year = yearToDate.span.to.slice(0, 4);
  const change = changePct(yearToDate.people, yearToDateAgo.people);
  const start = `${year} so far: at least ${plural(yearToDate.people, "person", "people")}`;
  if (yearToDate.events === 0) return `${year} so far: no known events.`;
  return change === null
    ? `${start}.`
    : `${start}, ${signedPercent(change)} on the same days of ${yearToDateAgo.span.to.slice(0, 4)}.`;
}

function largestSentence({ market, filter, span, asof, now }: Telling): string {
  const [most] = largest(market, { ...filter, ...span, asof }, 1);
  if (most?.people == null || now.events < 2) return "";
  const share = most.percent === null ? "" : ` (${percent(most.percent)} of staff)`;
  const mark = most.unconfirmed ? ", unconfirmed" : "";
  return `Largest: ${most.company}, ${plural(most.people, "person", "people")}${share}${mark}.`;
}

/** Against the 52 weeks before, for whole weeks of the whole market; a sample's week says nothing of the market. */
function standsOut({ market, filter, span, asof, noun, about }: Telling): string {
  if (noun !== "week" || market.sample || about !== "" || Object.keys(filter).length > 0) return "";
  const { z } = pulse(market, span.to, asof);
  if (z === null || Math.abs(z) < 2) return "";
  return `The week stands out: far ${z > 0 ? "more" : "fewer"} known people than the past year's usual week.`;
}
