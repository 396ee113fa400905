import { addDays, daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { judge } from "./judge.ts";
import type { Judged } from "./judge.ts";
import type { Measured, MeasuredDay } from "./measured.ts";
import type { LevelRule, MetricName } from "./rule.ts";
import { sourceAge } from "./source-age.ts";
import { isRevised, judgeStep, newestStep, stepsBefore } from "./steps.ts";
import { earlierFrom, earlierNeeded } from "./window-earlier.ts";
import { windowLevels } from "./window-levels.ts";
import { windowMeasure } from "./window-measure.ts";

/** Figures counted over a window of layoffs; the others come by quarter, month or source. */
const WINDOWED: readonly MetricName[] = [
  "people",
  "events",
  "companies",
  "median_cut",
  "share_over",
  "overlap",
];

/** So many days the data may lag behind the day before a rule is said to have none: trackers skip a weekend. */
export const STALE_AFTER_DAYS = 3;

export function isWindowed({ metric }: LevelRule): boolean {
  return WINDOWED.includes(metric.name);
}

/**
 * What a rule measures on a day, by what had been learned on `knownOn` (the same day when left out). A window of n days on
 * day D is what was announced from D − n + 1 to D, both included. Watch sets must have been put in before (`withWatches`).
 */
export function measure(
  rule: LevelRule,
  market: Market,
  onDay: Day,
  knownOn: Day = onDay,
): Measured {
  if (rule.test.kind === "no-data") return measureSource(rule, market, onDay);
  if (!isWindowed(rule)) return measureStep(rule, market, onDay);
  const window = windowMeasure(rule, market, onDay, knownOn);
  const asOf = market.listedTo < onDay ? market.listedTo : onDay;
  const needed = earlierNeeded(rule, market, onDay, onDay);
  const levels = windowLevels(rule, market, needed, addDays(onDay, -1));
  const earlier = earlierFrom(rule, market, needed, levels)(onDay);
  const stale = daysBetween(market.listedTo, onDay) > STALE_AFTER_DAYS;
  return {
    ...(stale ? STALE : judge(rule.test, window.value, earlier)),
    level: stale ? null : window.value,
    n: window.n,
    unknownSize: window.unknownSize,
    rows: window.rows,
    total: window.total,
    from: window.from,
    to: window.to,
    onDay,
    asOf,
  };
}

/**
 * The same for every day from one to another, without a look ahead: each day by what had been learned on it. Window figures
 * take one pass over the facts, however many days there are.
 */
export function measureSeries(
  rule: LevelRule,
  market: Market,
  from: Day,
  to: Day,
): readonly MeasuredDay[] {
  const days = daysFrom(from, to);
  if (rule.test.kind === "no-data")
    return days.map((day) => dayOf(measureSource(rule, market, day)));
  if (!isWindowed(rule)) {
    const steps = stepsBefore(rule.metric, market, addDays(to, 1));
    const stepsOn = (day: Day) =>
      isRevised(rule.metric) ? stepsBefore(rule.metric, market, day) : steps;
    return days.map((day) => ({ day, ...judgeStep(rule, newestStep(rule, stepsOn(day), day)) }));
  }
  const needed = earlierNeeded(rule, market, from, to);
  const levels = windowLevels(rule, market, needed, to);
  const earlier = earlierFrom(rule, market, needed, levels);
  const offset = daysBetween(needed, from);
  return days.map((day, at) => {
    if (daysBetween(market.listedTo, day) > STALE_AFTER_DAYS) return { day, level: null, ...STALE };
    const level = levels[offset + at]!.value;
    return { day, level, ...judge(rule.test, level, earlier(day)) };
  });
}

/** Every day from one to another, both included. */
export function daysFrom(from: Day, to: Day): readonly Day[] {
  const length = Math.max(0, daysBetween(from, to) + 1);
  return Array.from({ length }, (_, at) => addDays(from, at));
}

const STALE: Judged = { value: null, before: null, holds: false, reason: "stale" };

function measureStep(rule: LevelRule, market: Market, onDay: Day): Measured {
  const newest = newestStep(rule, stepsBefore(rule.metric, market, onDay), onDay);
  return {
    ...judgeStep(rule, newest),
    n: newest.step?.n ?? 0,
    unknownSize: 0,
    rows: [],
    total: 0,
    from: newest.step?.from ?? onDay,
    to: newest.step?.to ?? onDay,
    onDay,
    asOf: newest.step?.to ?? onDay,
  };
}

function measureSource(rule: LevelRule, market: Market, onDay: Day): Measured {
  const { age, asOf } = sourceAge(rule, market, onDay);
  return {
    ...judge(rule.test, age, { base: null, trailing: [], record: null, last: null }),
    level: age,
    n: 0,
    unknownSize: 0,
    rows: [],
    total: 0,
    from: asOf,
    to: onDay,
    onDay,
    asOf,
  };
}

function dayOf({ onDay, value, level, before, holds, reason }: Measured): MeasuredDay {
  return { day: onDay, value, level, before, holds, reason };
}
