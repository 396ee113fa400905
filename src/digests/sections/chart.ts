import type { SeriesChart } from "../../charts/chart.ts";
import { basisNote } from "../../answers/basis.ts";
import { addDays, addMonths, addYears, daysBetween, startOf } from "../../market/calendar.ts";
import { series } from "../../market/layoffs.ts";
import type { PeriodTotals } from "../../market/layoffs.ts";
import { longDay } from "../../reply/words.ts";
import type { Section } from "../section.ts";
import type { DaySpan, Telling } from "../telling.ts";

/** Known people by week beside the same weeks a year earlier; the newest bar is marked, since reports keep coming. */
export const chart: Section = {
  name: "chart",
  summary: "13 weeks beside the same weeks last year (months for a monthly digest)",
  content: (told) => ({
    blocks: [{ kind: "chart", chart: twoYears(told) }],
    figures: {},
    notes: ["The last bar is still filling: reports of its days keep coming in."],
  }),
};

const WEEKS = 13;
const MONTHS = 12;

function twoYears(told: Telling): SeriesChart {
  const { market, filter, span, asof, about } = told;
  const monthly = daysBetween(span.from, span.to) >= 21;
  const ours: DaySpan = {
    from: monthly
      ? addMonths(startOf("month", span.to), 1 - MONTHS)
      : addDays(startOf("week", span.to), -7 * (WEEKS - 1)),
    to: span.to,
  };
  // Whole weeks are laid beside whole weeks, so that weekdays line up.
  const back = (day: string) => (monthly ? addYears(day, -1) : addDays(day, -364));
  const theirs: DaySpan = {
    from: back(ours.from),
    to: back(monthly ? ours.to : addDays(startOf("week", span.to), 6)),
  };
  const step = monthly ? "month" : "week";
  const points = (days: DaySpan) => series(market, { ...filter, ...days, asof }, step);
  const [now, then] = [points(ours), points(theirs)];
  const length = monthly ? MONTHS : WEEKS;
  const starts = Array.from({ length }, (_, at) =>
    monthly ? addMonths(ours.from, at) : addDays(ours.from, 7 * at),
  );
  return {
    kind: "grouped",
    title: `People laid off per ${step}${about === "" ? "" : `, ${about}`}`,
    subtitle: basisNote(market, { ...filter, asof }),
    unit: "people",
    categories: starts.map((start) => (monthly ? start.slice(0, 7) : longDay(start).slice(0, -5))),
    series: [
      {
        name: yearsOf(theirs),
        values: starts.map((start) => peopleAt(then, back(start))),
        isWhole: true,
      },
      { name: yearsOf(ours), values: starts.map((start) => peopleAt(now, start)) },
    ],
    lastIncomplete: true,
  };
}

/** Null before the facts begin: there nothing is known, which is not zero. */
function peopleAt(points: readonly PeriodTotals[], day: string): number | null {
  return points.find(({ from, to }) => from <= addDays(day, 6) && to >= day)?.people ?? null;
}

function yearsOf({ from, to }: DaySpan): string {
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  return first === last ? first : `${first}/${last.slice(2)}`;
}
