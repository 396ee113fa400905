import { addDays, dayNumber, daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { decide } from "./decide.ts";
import type { Measured, MeasuredDay } from "./measured.ts";
import { measureSeries } from "./metrics.ts";
import type { LevelRule } from "./rule.ts";
import type { AlertState } from "./state.ts";
import { suggestThresholds } from "./suggest-thresholds.ts";

const DAY_MS = 86_400_000;

export interface Backtest {
  readonly from: Day;
  readonly to: Day;
  /** The days it would have spoken up: the first word of each episode. */
  readonly firings: readonly Day[];
  /** Days on which the test itself held, whether or not it spoke. */
  readonly daysTrue: number;
  /** Already true on the first day: noted, not fired. */
  readonly trueAtStart: boolean;
  /** The longest stretch of days without a firing. */
  readonly longestSilenceDays: number;
  readonly days: readonly { readonly day: Day; readonly value: number | null }[];
  /** Days without a value: data that had ended, no baseline, too few salaries. */
  readonly daysUnknown: number;
  /** Thresholds that would have fired about so often on the same days; null where none does. */
  readonly suggestions: { readonly perMonth: number | null; readonly perWeek: number | null };
}

/**
 * A rule replayed day by day from one day to another, each day with what had been learned by then, with its `for`, `clear`
 * and cool-down as if it had been made on the first day. Quiet hours change when a message is shown, not whether.
 */
export function backtest(rule: LevelRule, market: Market, from: Day, to: Day): Backtest {
  const series = measureSeries(rule, market, from, to);
  const firings = firingsOf(rule, series);
  return {
    from,
    to,
    firings,
    daysTrue: series.filter((day) => day.holds).length,
    trueAtStart: series[0]?.holds ?? false,
    longestSilenceDays: longestSilence(firings, from, to),
    days: series.map(({ day, value }) => ({ day, value })),
    daysUnknown: series.filter(({ value }) => value === null).length,
    suggestions: suggestThresholds(rule, series, firingsOf),
  };
}

/** The days on which the first word of an episode would have been said. */
export function firingsOf(rule: LevelRule, series: readonly MeasuredDay[]): readonly Day[] {
  let state: AlertState | null = null;
  const firings: Day[] = [];
  for (const day of series) {
    const decided = decide(rule, measuredOn(day), state, {
      today: day.day,
      now: dayNumber(day.day) * DAY_MS,
    });
    state = decided.state;
    if (decided.notice?.reason === "first") firings.push(day.day);
    if (rule.options.once && firings.length > 0) break;
  }
  return firings;
}

function measuredOn({ day, ...found }: MeasuredDay): Measured {
  return {
    ...found,
    n: 0,
    unknownSize: 0,
    rows: [],
    total: 0,
    from: day,
    to: day,
    onDay: day,
    asOf: day,
  };
}

/** Whole days without a firing, before the first, between two, or after the last. */
function longestSilence(firings: readonly Day[], from: Day, to: Day): number {
  const edges = [addDays(from, -1), ...firings, addDays(to, 1)];
  return edges
    .slice(1)
    .reduce((longest, day, at) => Math.max(longest, daysBetween(edges[at]!, day) - 1), 0);
}
