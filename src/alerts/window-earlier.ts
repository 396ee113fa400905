import { addDays, addYears, daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { dayName } from "../market/period-index.ts";
import { Z_WINDOWS } from "./judge.ts";
import type { Earlier } from "./judge.ts";
import type { LevelRule } from "./rule.ts";
import type { Level } from "./window-levels.ts";

/** The first day whose figure the test may ask for, to judge the days from one to another. */
export function earlierNeeded(rule: LevelRule, market: Market, from: Day, to: Day): Day {
  const { test } = rule;
  const first = firstWhole(rule, market);
  const wanted =
    test.kind === "record"
      ? (test.since ?? first)
      : test.kind === "anomaly"
        ? addDays(from, -Z_WINDOWS * windowDays(rule))
        : baseDay(rule, from);
  // Nothing is known before the first whole window, and a day must be left to start from.
  const earliest = wanted > first ? wanted : first;
  const least = addDays(from, -1) < earliest ? addDays(from, -1) : earliest;
  return least > to ? to : least;
}

/** The earlier figures for a day, out of the levels of consecutive days from `first` on. */
export function earlierFrom(
  rule: LevelRule,
  market: Market,
  first: Day,
  levels: readonly Level[],
): (day: Day) => Earlier {
  const known = firstWhole(rule, market);
  const { test } = rule;
  const at = (day: Day): number | null =>
    day < known ? null : (levels[daysBetween(first, day)]?.value ?? null);
  const records = test.kind === "record" ? recordsOf(rule, first, known, levels) : [];
  return (day) => ({
    base: at(baseDay(rule, day)),
    last: at(addDays(day, -1)),
    trailing: test.kind === "anomaly" ? trailing(rule, day, at) : [],
    record: records[daysBetween(first, day)] ?? null,
  });
}

/** Figures that are too young for a record: with fewer days before it, every busy day would be one. */
const RECORD_DAYS_MIN = 28;

/** For each day the greatest (or least) figure of the days before it, from the rule's `since` on. */
function recordsOf(
  { test }: LevelRule,
  first: Day,
  known: Day,
  levels: readonly Level[],
): readonly (number | null)[] {
  if (test.kind !== "record") return [];
  const since = test.since !== null && test.since > known ? test.since : known;
  const skipped = Math.max(0, daysBetween(first, since));
  const records: (number | null)[] = [];
  let best: number | null = null;
  for (let at = 0; at <= levels.length; at++) {
    records.push(at - skipped >= RECORD_DAYS_MIN ? best : null);
    const value = at < skipped ? null : levels[at]?.value;
    if (value === null || value === undefined) continue;
    best =
      best === null
        ? value
        : test.extreme === "high"
          ? Math.max(best, value)
          : Math.min(best, value);
  }
  return records;
}

function trailing(rule: LevelRule, day: Day, at: (day: Day) => number | null): readonly number[] {
  const found: number[] = [];
  for (let back = 1; back <= Z_WINDOWS; back++) {
    const value = at(addDays(day, -back * windowDays(rule)));
    if (value !== null) found.push(value);
  }
  return found;
}

/** The day a change is measured from: the window before, a year earlier, or so many days earlier. */
function baseDay(rule: LevelRule, day: Day): Day {
  const { test } = rule;
  if (test.kind !== "change" || test.against === "prev") return addDays(day, -windowDays(rule));
  return test.against === "yoy" ? addYears(day, -1) : addDays(day, -test.against.days);
}

/** The last day of the first window that lies wholly in the time the facts tell of. */
function firstWhole(rule: LevelRule, market: Market): Day {
  const { day } = market.layoffs().rows;
  return day.length === 0 ? "9999-12-31" : addDays(dayName(day.at(0)), windowDays(rule) - 1);
}

function windowDays({ metric }: LevelRule): number {
  return metric.windowDays ?? 1;
}
