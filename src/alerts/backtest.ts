import { DAY_MS, addDays, dayNumber, daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { decide } from "./decide.ts";
import type { Measured, MeasuredDay } from "./measured.ts";
import { daysFrom, measureSeries } from "./metrics.ts";
import { pastEvents } from "./past-events.ts";
import type { EventRule, LevelRule, RuleSpec } from "./rule.ts";
import type { AlertState } from "./state.ts";
import { suggestThresholds } from "./suggest-thresholds.ts";

export interface Backtest {
  readonly from: Day;
  readonly to: Day;
  /** The days it would have spoken up: the first word of each episode; for a rule on events, days with an event. */
  readonly firings: readonly Day[];
  /** What it would have told: episodes, or events. */
  readonly told: number;
  /** Days on which the test itself held, whether or not it spoke. */
  readonly daysTrue: number;
  /** Already true on the first day: noted, not fired. */
  readonly trueAtStart: boolean;
  /** The longest stretch of days without a firing. */
  readonly longestSilenceDays: number;
  readonly days: readonly { readonly day: Day; readonly value: number | null }[];
  /** Days without a value: data that had ended, no baseline, too few salaries. */
  readonly daysUnknown: number;
  /** Events of unknown size that it would have kept in mind; 0 for a rule on figures. */
  readonly keptInMind: number;
  /** Thresholds that would have fired about so often on the same days; null where none does. */
  readonly suggestions: { readonly perMonth: number | null; readonly perWeek: number | null };
}

/**
 * A rule replayed day by day from one day to another, each day with what had been learned by then, with its `for`, `clear`
 * and cool-down as if it had been made on the first day. Quiet hours change when a message is shown, not whether.
 */
export function backtest(rule: RuleSpec, market: Market, from: Day, to: Day): Backtest {
  return rule.kind === "level"
    ? replayed(rule, market, from, to)
    : eventsTold(rule, market, from, to);
}

function replayed(rule: LevelRule, market: Market, from: Day, to: Day): Backtest {
  const series = measureSeries(rule, market, from, to);
  const firings = firingsOf(rule, series);
  return {
    from,
    to,
    firings,
    told: firings.length,
    keptInMind: 0,
    daysTrue: series.filter((day) => day.holds).length,
    trueAtStart: series[0]?.holds ?? false,
    longestSilenceDays: longestSilence(firings, from, to),
    days: series.map(({ day, value }) => ({ day, value })),
    daysUnknown: series.filter(({ value }) => value === null).length,
    suggestions: suggestThresholds(rule, series, firingsOf),
  };
}

/** Each layoff on the day it was learned; the value of a day is how many would have been told. */
function eventsTold(rule: EventRule, market: Market, from: Day, to: Day): Backtest {
  const matches = pastEvents(rule, market, from, to);
  const counts = new Map<Day, number>();
  for (const { fact, quiet } of matches)
    if (!quiet) counts.set(fact.learnedOn, (counts.get(fact.learnedOn) ?? 0) + 1);
  const firings = [...counts.keys()];
  return {
    from,
    to,
    firings,
    told: matches.filter(({ quiet }) => !quiet).length,
    keptInMind: matches.filter(({ quiet }) => quiet).length,
    daysTrue: firings.length,
    trueAtStart: false,
    longestSilenceDays: longestSilence(firings, from, to),
    days: daysFrom(from, to).map((day) => ({ day, value: counts.get(day) ?? 0 })),
    daysUnknown: 0,
    suggestions: { perMonth: null, perWeek: null },
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
