import { addDays, addMonths, addYears, endOf, isDay, startOf } from "../market/calendar.ts";
import type { CalendarStep } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Stretch } from "./text.ts";

/** First and last day, both included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

export const MONTHS =
  "january,february,march,april,may,june,july,august,september,october,november,december".split(
    ",",
  );

const COUNTS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** One word of time: its year where it says one, and its days once the year is known. */
export interface Atom extends Stretch {
  readonly year: number | undefined;
  readonly days: (year: number) => Days | undefined;
  /** It counts back from now and knows its year. */
  readonly relative: boolean;
  readonly running: boolean;
  readonly step: CalendarStep | "span";
}

function atom(
  step: Atom["step"],
  year: string | undefined,
  days: Atom["days"],
): Omit<Atom, keyof Stretch> {
  return {
    year: year === undefined ? undefined : Number(year),
    days,
    relative: false,
    running: false,
    step,
  };
}

export function calendarAtom(
  step: CalendarStep,
  year: string | undefined,
  dayIn: (year: number) => Day,
) {
  return atom(step, year, (given) => {
    const day = dayIn(given);
    return isDay(day) ? { from: startOf(step, day), to: endOf(step, day) } : undefined;
  });
}

export function dayAtom(year: string | undefined, month: number, day: number) {
  return calendarAtom("day", year, (given) => `${given}-${two(month)}-${two(day)}`);
}

export function monthAtom(year: string | undefined, month: number) {
  return calendarAtom("month", year, (given) => `${given}-${two(month)}-01`);
}

export function quarterAtom(year: string | undefined, quarter: number) {
  return calendarAtom("quarter", year, (given) => `${given}-${two(3 * quarter - 2)}-01`);
}

export function halfAtom(year: string | undefined, half: number) {
  return atom("span", year, (given) => {
    const from = `${given}-${half === 1 ? "01" : "07"}-01`;
    return { from, to: endOf("month", addMonths(from, 5)) };
  });
}

export function monthsAtom(year: string | undefined, first: number, months: number) {
  return atom("span", year, (given) => {
    const from = `${given}-${two(first)}-01`;
    return { from, to: endOf("month", addMonths(from, months - 1)) };
  });
}

/** Days of a month; a last day it has not is its last. */
export function daysAtom(year: string | undefined, month: number, first: number, last: number) {
  return atom("span", year, (given) => {
    const start = `${given}-${two(month)}-01`;
    const end = endOf("month", start);
    const to = addDays(start, last - 1);
    return { from: addDays(start, first - 1), to: to > end ? end : to };
  });
}

/** "Early", "mid" and "late" of a month: its first ten days, the next ten, and the rest. */
export function partAtom(year: string | undefined, month: number, part: string) {
  if (/early|start|beginning/i.test(part)) return daysAtom(year, month, 1, 10);
  return /mid/i.test(part) ? daysAtom(year, month, 11, 20) : daysAtom(year, month, 21, 31);
}

/** "The first two months of 2023", "the last 10 days of January": counted from one end of a year or month. */
export function endAtom(
  year: string | undefined,
  monthName: string | undefined,
  isLast: boolean,
  n: number,
  unit: string,
) {
  return atom("span", year, (given) => {
    const start = `${given}-${two(monthName === undefined ? 1 : monthNumber(monthName))}-01`;
    const end = endOf(monthName === undefined ? "year" : "month", start);
    const months = /quarter/i.test(unit) ? 3 * n : n;
    const days = /week/i.test(unit) ? 7 * n : n;
    const isByMonth = /month|quarter/i.test(unit);
    if (n < 1) return undefined;
    return isLast
      ? {
          from: isByMonth
            ? addDays(addMonths(addDays(end, 1), -months), 0)
            : addDays(end, 1 - days),
          to: end,
        }
      : {
          from: start,
          to: addDays(isByMonth ? addMonths(start, months) : addDays(start, days), -1),
        };
  });
}

/** A number in digits or in words up to twelve. */
export function numberOf(word: string | undefined): number {
  const spelled = COUNTS.indexOf(word?.toLowerCase() ?? "");
  return spelled >= 0 ? spelled : Number(word);
}

export function running(step: CalendarStep, now: Day): Omit<Atom, keyof Stretch> {
  return {
    year: Number(now.slice(0, 4)),
    days: () => ({ from: startOf(step, now), to: now }),
    relative: true,
    running: true,
    step,
  };
}

export function previous(step: CalendarStep, now: Day): Omit<Atom, keyof Stretch> {
  const last = addDays(startOf(step, now), -1);
  return {
    year: Number(last.slice(0, 4)),
    days: () => ({ from: startOf(step, last), to: last }),
    relative: true,
    running: false,
    step,
  };
}

export function following(step: CalendarStep, now: Day): Omit<Atom, keyof Stretch> {
  const first = addDays(endOf(step, now), 1);
  return {
    year: Number(first.slice(0, 4)),
    days: () => ({ from: first, to: endOf(step, first) }),
    relative: true,
    running: false,
    step,
  };
}

export function rolling(count: string, unit: string, now: Day): Omit<Atom, keyof Stretch> {
  const n = COUNTS.includes(count.toLowerCase())
    ? COUNTS.indexOf(count.toLowerCase())
    : Number(count);
  const from =
    unit === "day"
      ? addDays(now, 1 - n)
      : unit === "week"
        ? addDays(now, 1 - 7 * n)
        : addDays(unit === "month" ? addMonths(now, -n) : addYears(now, -n), 1);
  return {
    year: undefined,
    days: () => (n > 0 ? { from, to: now } : undefined),
    relative: true,
    running: true,
    step: "span",
  };
}

export function fixed(day: Day): Omit<Atom, keyof Stretch> {
  return {
    year: undefined,
    days: () => ({ from: day, to: day }),
    relative: true,
    running: false,
    step: "day",
  };
}

export function stepOf(word: string | undefined): CalendarStep {
  const name = word?.trim().toLowerCase();
  return name === "year" || name === "quarter" || name === "month" ? name : "week";
}

export function monthNumber(name: string | undefined): number {
  return MONTHS.findIndex((month) => month.startsWith((name ?? "?").slice(0, 3).toLowerCase())) + 1;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
