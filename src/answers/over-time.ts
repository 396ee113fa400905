import type { Chart } from "../charts/chart.ts";
import { daysBetween, endOf, startOf } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { PeriodTotals, Step, Totals } from "../market/layoffs.ts";
import type { Meter } from "../reply/reply.ts";
import { count, eventsWords, list } from "../reply/words.ts";

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

/**
 * The bars at the ends that hold only a part of their period, since the asked time begins or ends within it. The last one
 * of a time that still runs is none of them: it will fill.
 */
export function cutBars(
  periods: readonly PeriodTotals[],
  step: Step,
  asked: { readonly from: Day; readonly to: Day },
  running: boolean,
): readonly string[] {
  const cut = periods.filter(
    ({ from, to }) =>
      (from === asked.from && from !== startOf(step, from)) ||
      (!running && to === asked.to && to !== endOf(step, to)),
  );
  return cut.map(({ label }) => label);
}

/** Says so of them; nothing where none is cut. */
export function cutNotes(cut: readonly string[]): readonly string[] {
  if (cut.length === 0) return [];
  return [
    `${list(cut)} ${cut.length === 1 ? "is" : "are"} cut: the asked time begins or ends within ${cut.length === 1 ? "it" : "them"}.`,
  ];
}

/** What a bar stands for; null where something happened and nobody said how many people, which is not none. */
export function shownValue(of: Totals, measure: Measure): number | null {
  return measure === "people" && of.people === 0 && of.unknownSize > 0 ? null : of[measure];
}

/** A bar chart of one measure by period; the last bar is marked while its period is running, and `cut` ones always. */
export function periodChart(
  periods: readonly PeriodTotals[],
  measure: Measure,
  title: string,
  subtitle: string,
  running: boolean,
  cut: readonly string[] = [],
): Chart {
  return {
    kind: "bars",
    title,
    subtitle,
    unit: measure,
    categories: periods.map(({ label }) => (cut.includes(label) ? `${label} (cut)` : label)),
    series: [{ name: measure, values: periods.map((period) => shownValue(period, measure)) }],
    lastIncomplete: running,
  };
}
