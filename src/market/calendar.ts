import type { Day } from "./facts.ts";

/** A UTC day in milliseconds. */
export const DAY_MS = 86_400_000;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days since 1970-01-01 of a calendar day; NaN when the text is no real day ("2024-02-30"). */
export function dayNumber(day: Day): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.NaN;
  const [year, month, dayOfMonth] = split(day);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month < 1 || month > 12 || dayOfMonth < 1) return Number.NaN;
  if (dayOfMonth > (month === 2 && isLeap ? 29 : MONTH_DAYS[month - 1]!)) return Number.NaN;
  // Reckoned, since a date object a cell takes most of the time of reading a large file. Years begin in March, so that the leap day
  // is their last: days of a 400-year cycle by Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), days_from_civil.
  const shifted = month > 2 ? year : year - 1;
  const cycle = Math.floor(shifted / 400);
  const yearOfCycle = shifted - 400 * cycle;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfCycle =
    365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return 146_097 * cycle + dayOfCycle - 719_468;
}

/** The calendar day of a day number; empty when it is no number. */
export function dayText(number: number): Day {
  return Number.isFinite(number) ? new Date(number * DAY_MS).toISOString().slice(0, 10) : "";
}

export function isDay(text: string): boolean {
  return Number.isFinite(dayNumber(text));
}

export function addDays(day: Day, days: number): Day {
  return dayText(dayNumber(day) + days);
}

/** The same day some months later; the month's last day where that day does not exist. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, dayOfMonth] = split(day);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = lastDayOfMonth(first.getUTCFullYear(), first.getUTCMonth() + 1);
  return dayText(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(dayOfMonth, last)) / DAY_MS,
  );
}

/** The same day some years later; 29 February becomes 28 where there is none. */
export function addYears(day: Day, years: number): Day {
  return addMonths(day, 12 * years);
}

/** Days from one day to another; 0 for the same day. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

export function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekday(day: Day): number {
  return new Date(dayNumber(day) * DAY_MS).getUTCDay() || 7;
}

export type CalendarStep = "day" | "week" | "month" | "quarter" | "year";

/** The first day of the day's week (Monday), month, quarter or year. */
export function startOf(step: CalendarStep, day: Day): Day {
  const [year, month] = split(day);
  switch (step) {
    case "day":
      return day;
    case "week":
      return addDays(day, 1 - weekday(day));
    case "month":
      return `${day.slice(0, 7)}-01`;
    case "quarter":
      return `${year}-${String(3 * Math.floor((month - 1) / 3) + 1).padStart(2, "0")}-01`;
    case "year":
      return `${day.slice(0, 4)}-01-01`;
  }
}

/** The last day of the day's week (Sunday), month, quarter or year. */
export function endOf(step: CalendarStep, day: Day): Day {
  return addDays(next(step, startOf(step, day)), -1);
}

/** The first day of the following period, given the first day of one. */
export function next(step: CalendarStep, start: Day): Day {
  switch (step) {
    case "day":
      return addDays(start, 1);
    case "week":
      return addDays(start, 7);
    case "month":
      return addMonths(start, 1);
    case "quarter":
      return addMonths(start, 3);
    case "year":
      return addMonths(start, 12);
  }
}

/** "2024-03-17", "2024-W11" (ISO week), "2024-03", "2024Q1", "2024". */
export function periodLabel(step: CalendarStep, day: Day): string {
  switch (step) {
    case "day":
      return day;
    case "week": {
      const thursday = addDays(day, 4 - weekday(day));
      const week = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
      return `${thursday.slice(0, 4)}-W${String(week).padStart(2, "0")}`;
    }
    case "month":
      return day.slice(0, 7);
    case "quarter":
      return `${day.slice(0, 4)}Q${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1}`;
    case "year":
      return day.slice(0, 4);
  }
}

function split(day: Day): [year: number, month: number, dayOfMonth: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
