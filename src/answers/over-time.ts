import type { Chart } from "../charts/chart.ts";
import { daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { PeriodTotals, Step } from "../market/layoffs.ts";
import type { Meter } from "../reply/reply.ts";
import { count, eventsWords } from "../reply/words.ts";

/** A step that shows a span in some 4 to 26 points. */
export function stepFor(from: Day, to: Day): Step {
  const days = daysBetween(from, to);
  if (days > 3 * 366) return "year";
  if (days > 366) return "quarter";
  if (days > 92) return "month";
  if (days > 21) return "week";
  return "day";
}

/**
 * Periods as lines of small bars, with what is unknown beside each. Empty periods at both ends are left out, and empty days
 * everywhere, since most days have no event. No bar stands for "size not reported", and no zero either.
 */
export function meters(periods: readonly PeriodTotals[], step: Step, most = 14): readonly Meter[] {
  const first = periods.findIndex((period) => period.events > 0);
  const last = periods.findLastIndex((period) => period.events > 0);
  const shown = periods
    .slice(Math.max(first, 0), last + 1)
    .filter((period) => step !== "day" || period.events > 0)
    .slice(-most);
  const longest = Math.max(1, ...shown.map((period) => period.people));
  return shown.map((period) => ({
    label: period.label,
    ratio: period.people / longest,
    text: `${period.people === 0 && period.events > 0 ? "?" : count(period.people)}  ${eventsWords(period)}`,
  }));
}

export type Measure = "people" | "events" | "companies";

/** A bar chart of one measure by period; the last bar is marked while its period is running. */
export function periodChart(
  periods: readonly PeriodTotals[],
  measure: Measure,
  title: string,
  subtitle: string,
  running: boolean,
): Chart {
  return {
    kind: "bars",
    title,
    subtitle,
    unit: measure,
    categories: periods.map((period) => period.label),
    series: [{ name: measure, values: periods.map((period) => period[measure]) }],
    lastIncomplete: running,
  };
}
