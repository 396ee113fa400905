import { cite, Fault } from "../fault.ts";
import { parseSpan } from "./period-words.ts";
import type { Span } from "./period-words.ts";
import {
  addDays,
  addMonths,
  addYears,
  daysBetween,
  endOf,
  lastDayOfMonth,
  periodLabel,
  startOf,
  weekday,
} from "./calendar.ts";
import type { CalendarStep } from "./calendar.ts";
import type { Day } from "./facts.ts";

/** A stretch of calendar days, both ends included; an end left out is open. */
export interface Period {
  readonly from?: Day;
  readonly to?: Day;
  /** As shown: "2023Q4", "last 7 days", "2024 to date (2024-03-17)". */
  readonly label: string;
  /** True when it ends after today: `to` is then today and the label says so. */
  readonly partial: boolean;
  /** The last day it will have once it is over; the same as `to` unless partial. */
  readonly end?: Day;
}

const EXAMPLES = "2023, 2023Q4, 2024-03, last-week, 7d, ytd, since january or 2024-01..2024-03";

/**
 * The days a person's words mean, as of `today` (UTC): `2023`, `2023Q4`, `2023H1`, `2024-03`, `jan 2024`, `2024-03-17`,
 * `2024W11` (ISO 8601 week), `ytd`, `7d` (today and the six days before), `last-week`, `since january`, any two joined by
 * `..`, or `all`. A month without a year is the latest one that has begun. Throws a Fault that says what to type instead.
 */
export function parsePeriod(text: string, today: Day): Period {
  const words = plain(text);
  if (words === "all" || words === "all time") return { label: "all dates", partial: false };
  const since = /^(?:since|from) (.+)$/.exec(words);
  const ends = since ? [since[1]!, ""] : words.split("..").map((end) => end.trim());
  if (ends.length === 1) return cutToToday(spanOf(words, text, today), today);
  if (ends.length > 2 || ends.every((end) => end === "")) throw unreadable(text);
  const [first, last] = ends.map((end) => (end === "" ? undefined : spanOf(end, text, today)));
  return between(first, last, today);
}

/**
 * One end of a range: the first day (`start`) or the last day (`end`) of what the words mean, so that `from:2023` is
 * 2023-01-01 and `to:2023` is 2023-12-31. A start after today is a Fault; an end may lie ahead.
 */
export function parseDay(text: string, today: Day, edge: "start" | "end"): Day {
  const span = spanOf(plain(text), text, today);
  if (edge === "start") mustHaveBegun(span.from, today);
  return edge === "start" ? span.from : span.to;
}

/**
 * The day something is asked as known on: the last day of what the words mean, today while that is running. A day that has
 * not begun is a Fault: nobody knows yet what will be known then.
 */
export function parseAsof(text: string, today: Day): Day {
  const { from, to } = spanOf(plain(text), text, today);
  if (from > today)
    throw new Fault(
      "bad_argument",
      `${from} is after today (${today}): what will be known then, nobody knows yet.`,
      `asof: looks back: try asof:${today} or a day before it.`,
    );
  return to < today ? to : today;
}

/** The period between two days, either of them open; a Fault when it starts after it ends. */
export function periodBetween(from: Day | undefined, to: Day | undefined, today: Day): Period {
  if (from === undefined)
    return to === undefined
      ? { label: "all dates", partial: false }
      : untilDay({ to, label: to }, today);
  const last = to ?? today;
  mustHaveBegun(from, today);
  if (last < from) throw endsFirst(from, last);
  return cutToToday(
    { from, to: last, label: to === undefined ? `since ${from}` : spanLabel(from, last) },
    today,
  );
}

/**
 * The same days one calendar year earlier; 29 February is matched with 28 February and a month's end with the month's
 * end. One whole ISO week is matched with the week 52 weeks earlier, so that weekdays line up. Undefined for an open period.
 */
export function sameSpanAYearEarlier(period: Period): Period | undefined {
  const { from, to, end } = period;
  if (from === undefined || to === undefined) return undefined;
  if (isWeek(from, end ?? to)) return exact(addDays(from, -364), addDays(to, -364));
  const whole = !period.partial && monthsIn(from, to) !== undefined;
  const last = addYears(to, -1);
  return exact(addYears(from, -1), whole ? endOf("month", last) : last);
}

/**
 * The stretch before it, like for like: whole months, quarters and years against as many whole months before; one still
 * running against the same part of the one before; anything else against the same number of days before.
 */
export function previousSpan(period: Period): Period | undefined {
  const { from, to } = period;
  if (from === undefined || to === undefined) return undefined;
  const end = period.end ?? to;
  const months = monthsIn(from, end);
  if (months !== undefined)
    return exact(
      addMonths(from, -months),
      period.partial ? addMonths(to, -months) : addDays(from, -1),
    );
  const days = daysBetween(from, end) + 1;
  return exact(addDays(from, -days), addDays(to, -days));
}

/** How two days are shown as one stretch: "2023", "2023H1", "2023Q4", "2024-03", "2024-W11", one day, or "a..b". */
export function spanLabel(from: Day, to: Day): string {
  if (from === to) return from;
  const step = (
    ["year", "quarter", "month", "week"] as const satisfies readonly CalendarStep[]
  ).find((step) => startOf(step, from) === from && endOf(step, from) === to);
  if (step) return periodLabel(step, from);
  if (monthsIn(from, to) === 6 && /-(?:01|07)-01$/.test(from))
    return `${from.slice(0, 4)}H${from.slice(5, 7) === "01" ? 1 : 2}`;
  return `${from}..${to}`;
}

function between(first: Span | undefined, last: Span | undefined, today: Day): Period {
  if (!first) return untilDay(last!, today);
  mustHaveBegun(first.from, today);
  if (!last)
    return cutToToday(
      {
        from: first.from,
        to: today,
        label: `since ${first.label.startsWith("last ") ? first.from : first.label}`,
      },
      today,
    );
  if (last.to < first.from) throw endsFirst(first.from, last.to);
  return cutToToday(
    { from: first.from, to: last.to, label: `${first.label}..${last.label}` },
    today,
  );
}

function untilDay({ to: end, label }: Pick<Span, "to" | "label">, today: Day): Period {
  if (end <= today) return { to: end, end, label: `to ${label}`, partial: false };
  return { to: today, end, label: `to ${label}, so far (${today})`, partial: true };
}

function spanOf(words: string, typed: string, today: Day): Span {
  const span = words.length > 40 ? undefined : parseSpan(words, today);
  if (!span) throw unreadable(typed);
  return span;
}

function cutToToday(span: Span, today: Day): Period {
  mustHaveBegun(span.from, today);
  if (span.to <= today)
    return { from: span.from, to: span.to, end: span.to, label: span.label, partial: false };
  return {
    from: span.from,
    to: today,
    end: span.to,
    label: `${span.label} to date (${today})`,
    partial: true,
  };
}

function exact(from: Day, to: Day): Period {
  return { from, to, end: to, label: spanLabel(from, to), partial: false };
}

/** The number of whole calendar months from one day to another; undefined when they are not whole. */
function monthsIn(from: Day, to: Day): number | undefined {
  const [year, month] = [Number(to.slice(0, 4)), Number(to.slice(5, 7))];
  if (!from.endsWith("-01") || Number(to.slice(8)) !== lastDayOfMonth(year, month))
    return undefined;
  return 12 * (year - Number(from.slice(0, 4))) + month - Number(from.slice(5, 7)) + 1;
}

function isWeek(from: Day, to: Day): boolean {
  return weekday(from) === 1 && daysBetween(from, to) === 6;
}

/** Words without case and width, parted by single blanks. */
function plain(text: string): string {
  return text
    .slice(0, 200)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("_", " ")
    .replace(/\s+/gu, " ")
    .trim();
}

function mustHaveBegun(from: Day, today: Day): void {
  if (from > today)
    throw new Fault(
      "bad_argument",
      `${from} is after today (${today}).`,
      "Periods look back: try 2023Q4 or ytd.",
    );
}

function endsFirst(from: Day, to: Day): Fault {
  return new Fault(
    "bad_argument",
    `That period starts after it ends (${from} to ${to}).`,
    `Put the earlier day first: ${to}..${from}.`,
  );
}

function unreadable(typed: string): Fault {
  return new Fault(
    "bad_argument",
    `${cite(typed)} is no period I know.`,
    `Periods are ${EXAMPLES}.`,
  );
}

/** Whether words tell a period that `parsePeriod` reads. */
export function isPeriod(text: string, today: Day): boolean {
  try {
    parsePeriod(text, today);
    return true;
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
}
