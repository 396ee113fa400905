import { addDays, daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { firingsOf } from "./backtest.ts";
import { eventsAsOf } from "./event-sources.ts";
import { measureSeries } from "./metrics.ts";
import { pastEvents } from "./past-events.ts";
import type { LevelRule, RuleSpec } from "./rule.ts";

/** So many days before the end of the data are looked at. */
export const LOOKED_AT_DAYS = 90;
/** Fires more often than this a day, or is true on more than this share of days: then it is asked whether it is meant. */
const PER_DAY_MAX = 2;
const TRUE_SHARE_MAX = 0.9;
const MONTH_DAYS = 365.25 / 12;

export interface Loudness {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly perDay: number;
  /** Days on which a when-rule held; null for a rule on events. */
  readonly daysTrue: number | null;
  /** It would say so much that it has to be confirmed. */
  readonly tooLoud: boolean;
  /** "That would fire about 9 times a day (last 90 days)." */
  readonly sentence: string;
}

/** How often a rule would have spoken over the last 90 days of the data. Watch sets must have been put in before. */
export function firesPerDay(rule: RuleSpec, market: Market): Loudness {
  const to = rule.kind === "event" ? eventsAsOf(rule.event, market) : market.listedTo;
  const from = addDays(to, 1 - LOOKED_AT_DAYS);
  const days = daysBetween(from, to) + 1;
  if (rule.kind === "level") return levelLoudness(rule, market, from, to, days);
  if (rule.event === "source_down")
    return {
      ...loudness(from, to, days, 0, null),
      sentence: "How often sources failed before is not kept.",
    };
  const told = pastEvents(rule, market, from, to).filter(({ quiet }) => !quiet).length;
  return loudness(from, to, days, told / days, null);
}

function levelLoudness(
  rule: LevelRule,
  market: Market,
  from: Day,
  to: Day,
  days: number,
): Loudness {
  const series = measureSeries(rule, market, from, to);
  const perDay = firingsOf(rule, series).length / days;
  return loudness(from, to, days, perDay, series.filter((day) => day.holds).length);
}

function loudness(
  from: Day,
  to: Day,
  days: number,
  perDay: number,
  daysTrue: number | null,
): Loudness {
  const always = daysTrue !== null && daysTrue > TRUE_SHARE_MAX * days;
  return {
    from,
    to,
    days,
    perDay,
    daysTrue,
    tooLoud: always || perDay > PER_DAY_MAX,
    sentence: always
      ? `That held on ${daysTrue} of the last ${days} days: it would always be on.`
      : often(perDay, days),
  };
}

/** In the unit that gives a number from 1 on. */
function often(perDay: number, days: number): string {
  const fired = Math.round(perDay * days);
  if (fired <= 2)
    return `In the last ${days} days that would have fired ${fired === 0 ? "not once" : fired === 1 ? "once" : "twice"}.`;
  const [unit, rate] =
    perDay >= 0.7
      ? ["day", perDay]
      : perDay * 7 >= 0.7
        ? ["week", perDay * 7]
        : ["month", perDay * MONTH_DAYS];
  const times = Math.round(rate);
  return `That would fire about ${times === 1 ? "once" : `${times} times`} a ${unit} (last ${days} days).`;
}
