import { DAY_MS, dayNumber } from "./calendar.ts";
import type { Day } from "./facts.ts";
import type { Step } from "./layoffs.ts";

/*
 * Calendar periods as whole numbers: days since 1970-01-01 in, a running number of the day, week, month, quarter or year
 * out. calendar.ts says the same in texts; this is for loops over many rows, and a test holds the two together.
 */

const MEAN_MONTH_DAYS = 365.2425 / 12;
/** Years from 1970 on whose texts are kept. */
const YEARS_KEPT = 130;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The number of the period a day lies in. Weeks begin on Monday (1970-01-01 was a Thursday). */
export function periodIndex(step: Step, day: number): number {
  if (step === "day") return day;
  if (step === "week") return Math.floor((day + 3) / 7);
  return Math.floor(monthIndex(day) / MONTHS[step]);
}

/** The first day of a period. */
export function periodStart(step: Step, index: number): number {
  if (step === "day") return index;
  if (step === "week") return index * 7 - 3;
  return monthStart(index * MONTHS[step]);
}

/** What is made of the numbers of 1970 to 2100 is made once: answers name the same days and months again and again. */
function kept<T>(most: number, make: (number: number) => T): (number: number) => T {
  const made = new Map<number, T>();
  return (number) => {
    const known = made.get(number);
    if (known !== undefined) return known;
    const fresh = make(number);
    if (number >= 0 && number < most) made.set(number, fresh);
    return fresh;
  };
}

/** The calendar day of a day number, without the cost of a Date. */
export const dayName: (day: number) => Day = kept(periodStart("year", YEARS_KEPT), (day) => {
  const month = monthIndex(day);
  return `${monthName(month)}-${two(day - monthStart(month) + 1)}`;
});

const monthName = kept(12 * YEARS_KEPT, (month) => {
  const year = Math.floor(month / 12);
  return `${yearName(year)}-${two(month - 12 * year + 1)}`;
});

const DAYS_KEPT = periodStart("year", YEARS_KEPT);
const dayNumbers = new Map<Day, number>();

/** The number of a calendar day; NaN when the text is no real day. */
export function dayNumberOf(day: Day): number {
  const known = dayNumbers.get(day);
  if (known !== undefined) return known;
  const number = dayNumber(day);
  if (number >= 0 && number < DAYS_KEPT) dayNumbers.set(day, number);
  return number;
}

/** A whole period: its first and last day as numbers and as texts, and its name. */
export interface Period {
  readonly start: number;
  readonly end: number;
  readonly from: Day;
  readonly to: Day;
  readonly label: string;
}

export function periodAt(step: Step, index: number): Period {
  return PERIODS[step](index);
}

function periodsKept(step: Step): (index: number) => Period {
  return kept(periodIndex(step, DAYS_KEPT), (index) => {
    const start = periodStart(step, index);
    const end = periodStart(step, index + 1) - 1;
    const label = periodName(step, index);
    if (step === "day" || step === "week")
      return { start, end, from: dayName(start), to: dayName(end), label };
    // Whole months need not be looked for, and a first answer asks for a hundred of them.
    const last = (index + 1) * MONTHS[step] - 1;
    const from = `${monthName(index * MONTHS[step])}-01`;
    return { start, end, from, to: `${monthName(last)}-${end - monthStart(last) + 1}`, label };
  });
}

const PERIODS = {
  day: periodsKept("day"),
  week: periodsKept("week"),
  month: periodsKept("month"),
  quarter: periodsKept("quarter"),
  year: periodsKept("year"),
} as const;

/** "2024-03-17", "2024-W11" (ISO 8601: the week's Thursday names the year), "2024-03", "2024Q1", "2024". */
export function periodName(step: Step, index: number): string {
  if (step === "day") return dayName(index);
  if (step === "week") return weekName(index);
  if (step === "month") return monthName(index);
  return step === "year"
    ? yearName(index)
    : `${yearName(Math.floor(index / 4))}Q${index - 4 * Math.floor(index / 4) + 1}`;
}

/** The same day one year earlier; 29 February becomes 28. */
export function yearEarlier(day: number): number {
  const month = monthIndex(day);
  return Math.min(monthStart(month - 12) + (day - monthStart(month)), monthStart(month - 11) - 1);
}

function monthIndex(day: number): number {
  // The mean length is never off by a whole month; the two comparisons settle the edges.
  const guess = Math.floor(day / MEAN_MONTH_DAYS);
  if (day < monthStart(guess)) return guess - 1;
  return day < monthStart(guess + 1) ? guess : guess + 1;
}

function monthStart(month: number): number {
  return Date.UTC(1970, month, 1) / DAY_MS;
}

function weekName(week: number): string {
  const thursday = week * 7;
  const year = periodIndex("year", thursday);
  return `${yearName(year)}-W${two(Math.floor((thursday - periodStart("year", year)) / 7) + 1)}`;
}

function yearName(year: number): string {
  return String(1970 + year).padStart(4, "0");
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
