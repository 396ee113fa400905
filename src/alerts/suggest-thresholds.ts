import { daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { MeasuredDay } from "./measured.ts";
import { clearOf, holds } from "./rule.ts";
import type { Comparison, LevelRule } from "./rule.ts";

const MONTH_DAYS = 365.25 / 12;
/** How many thresholds are tried, spread over the values that occurred. */
const TRIED = 80;

type Firings = (rule: LevelRule, series: readonly MeasuredDay[]) => readonly Day[];

/**
 * Thresholds with which the rule, replayed on the same days with the same hysteresis, `for` and cool-down, would have fired
 * about once a month and about once a week: the ones whose count comes nearest, within half of what is wanted. Null where
 * none does, and for tests without a threshold.
 */
export function suggestThresholds(
  rule: LevelRule,
  series: readonly MeasuredDay[],
  firingsOf: Firings,
): { readonly perMonth: number | null; readonly perWeek: number | null } {
  const { test } = rule;
  const [first, last] = [series[0], series.at(-1)];
  if (
    (test.kind !== "compare" && test.kind !== "change" && test.kind !== "anomaly") ||
    !first ||
    !last
  )
    return { perMonth: null, perWeek: null };
  const days = daysBetween(first.day, last.day) + 1;
  const upward = test.comparison.operator.startsWith(">");
  const counts = candidates(series, upward).map((threshold) => {
    const tried = withThreshold(rule, threshold);
    return { threshold, firings: firingsOf(tried, rejudged(tried, series)).length };
  });
  const nearest = (wanted: number): number | null => {
    const off = (firings: number) => Math.abs(firings - wanted);
    const [best] = counts
      .filter(({ firings }) => off(firings) <= wanted / 2)
      .sort(
        (a, b) => off(a.firings) - off(b.firings) || Math.abs(b.threshold) - Math.abs(a.threshold),
      );
    return best?.threshold ?? null;
  };
  return { perMonth: nearest(days / MONTH_DAYS), perWeek: nearest(days / 7) };
}

/** The rule with another threshold; a stated clear line keeps its place relative to it. */
export function withThreshold(rule: LevelRule, threshold: number): LevelRule {
  const { test } = rule;
  if (test.kind !== "compare" && test.kind !== "change" && test.kind !== "anomaly") return rule;
  const { operator, value } = test.comparison;
  const clear = rule.clear === null ? null : moved(rule.clear, value, threshold, clearOf(rule)!);
  return { ...rule, clear, test: { ...test, comparison: { operator, value: threshold } } };
}

function moved(clear: Comparison, from: number, to: number, fallback: Comparison): Comparison {
  return { ...fallback, value: from === 0 ? to : roundTo((clear.value / from) * to, 3) };
}

/**
 * Values that occurred, evenly spread and rounded to two digits, as people write thresholds. Only the half that is passed
 * on few days: what holds most of the time is no alert, even where it begins anew often.
 */
function candidates(series: readonly MeasuredDay[], upward: boolean): readonly number[] {
  const values = Float64Array.from(
    series.flatMap(({ value }) => (value === null ? [] : [value])),
  ).sort();
  const middle = values.length >> 1;
  const half = upward ? values.subarray(middle) : values.subarray(0, middle + 1);
  if (half.length === 0) return [];
  const spread = Array.from({ length: TRIED }, (_, at) =>
    roundTo(half[Math.floor((at * (half.length - 1)) / (TRIED - 1))]!, 2),
  );
  return [...new Set(spread)].filter((value) => value !== 0);
}

function roundTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

function rejudged({ test }: LevelRule, series: readonly MeasuredDay[]): readonly MeasuredDay[] {
  if (test.kind !== "compare" && test.kind !== "change" && test.kind !== "anomaly") return series;
  return series.map((day) => ({
    ...day,
    holds: day.value !== null && holds(test.comparison, day.value),
  }));
}
