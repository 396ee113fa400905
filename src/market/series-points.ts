import { addDays, endOf, isDay } from "./calendar.ts";
import type { Day, Entry, PointValues } from "./facts.ts";
import type { Market } from "./market.ts";

/** Share of job postings that mention AI; places are countries. */
export const AI_POSTINGS = "ai-postings";
/** Job postings, all that stand (total) or those of the last seven days (new); places are "US:Software Development". */
export const POSTINGS_INDEX = { total: "postings-index", new: "postings-index:new" } as const;
/** The BLS's own series id follows. */
export const JOLTS = "jolts:";

/** One value of a published series, as it was known on a day. */
export interface SeriesPoint {
  /** "2024-03", "2024Q1", "2024-03-17". */
  readonly period: string;
  readonly from: Day;
  readonly to: Day;
  readonly value: number;
  /** Its period is not over, or the publisher said that it may still change. */
  readonly preliminary: boolean;
  /** Source id. */
  readonly source: string;
}

/**
 * A series at a place, oldest first, as known on a day (all that is known when left out). For the AI share the bundled
 * months stand beside those taken in and the newer edition counts; no source says when a bundled month was first printed,
 * so it counts as known once the month is over.
 */
export function seriesPoints(
  market: Pick<Market, "entries" | "aiPostings">,
  series: string,
  place: string,
  asof?: Day,
): readonly SeriesPoint[] {
  const found = new Map<string, SeriesPoint>();
  const { asOfOn = "", series: bundled, source: bundle } = market.aiPostings;
  if (series === AI_POSTINGS)
    for (const [period, value] of Object.entries(bundled[place] ?? {})) {
      const point = pointOf({ period, value, preliminary: false }, bundle);
      if (point !== undefined && (asof === undefined || point.to <= asof)) found.set(period, point);
    }
  for (const { versions, source } of pointsBy(market.entries.points).get(`${series}\n${place}`) ??
    []) {
    const last = versions.findLast(({ from }) => asof === undefined || from <= asof);
    if (last === undefined || last.values === null) continue;
    const point = pointOf(last.values, source);
    if (point === undefined) continue;
    // Both are known: an edition older than the bundled one says nothing new.
    const isOutdated = last.from < asOfOn && (asof === undefined || asof >= asOfOn);
    if (!(isOutdated && found.has(point.period))) found.set(point.period, point);
  }
  return [...found.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The places a series is known of, by name. */
export function placesOf(
  market: Pick<Market, "entries" | "aiPostings">,
  series: string,
): readonly string[] {
  const places = new Set(series === AI_POSTINGS ? Object.keys(market.aiPostings.series) : []);
  for (const key of pointsBy(market.entries.points).keys()) {
    const [name, place = ""] = key.split("\n");
    if (name === series) places.add(place);
  }
  return [...places].sort();
}

/** The days of a period as publishers name it: "2024", "2024Q1", "2024-03", "2024-03-17" or two of them joined by "..". */
export function periodDays(period: string): { readonly from: Day; readonly to: Day } | undefined {
  const [first = "", last = first] = period.split("..");
  const [start, end] = [daysNamed(first), daysNamed(last)];
  return start && end && start.from <= end.to ? { from: start.from, to: end.to } : undefined;
}

function daysNamed(name: string): { readonly from: Day; readonly to: Day } | undefined {
  if (isDay(name)) return { from: name, to: name };
  const [, year = "", quarter, month] = /^(\d{4})(?:Q([1-4])|-(\d{2}))?$/.exec(name) ?? [];
  const from = `${year}-${month ?? String(3 * Number(quarter ?? 1) - 2).padStart(2, "0")}-01`;
  if (!isDay(from)) return undefined;
  return { from, to: endOf(month ? "month" : quarter ? "quarter" : "year", from) };
}

function pointOf(
  { period, value, preliminary }: Pick<PointValues, "period" | "value" | "preliminary">,
  source: string,
): SeriesPoint | undefined {
  const days = periodDays(period);
  return days && { period, value, preliminary, source, ...days };
}

type Points = readonly Entry<PointValues>[];
const sorted = new WeakMap<Points, ReadonlyMap<string, Points>>();

/** By series and place; made once for the facts as they are. */
function pointsBy(points: Points): ReadonlyMap<string, Points> {
  const known = sorted.get(points);
  if (known !== undefined) return known;
  const made = new Map<string, Entry<PointValues>[]>();
  for (const entry of points) {
    const values = entry.versions.findLast((version) => version.values !== null)?.values;
    if (!values) continue;
    const key = `${values.series}\n${values.place}`;
    const others = made.get(key);
    if (others === undefined) made.set(key, [entry]);
    else others.push(entry);
  }
  sorted.set(points, made);
  return made;
}

/** Months of a series that were over and known before a day, each whole; oldest first. */
export function wholePointsBefore(
  market: Pick<Market, "entries" | "aiPostings">,
  series: string,
  place: string,
  onDay: Day,
): readonly SeriesPoint[] {
  return seriesPoints(market, series, place, addDays(onDay, -1)).filter(
    ({ to, preliminary }) => to < onDay && !preliminary,
  );
}
