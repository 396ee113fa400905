import { cite, Fault } from "../fault.ts";
import {
  addDays,
  addMonths,
  addYears,
  endOf,
  isDay,
  lastDayOfMonth,
  periodLabel,
  startOf,
  weekday,
} from "./calendar.ts";
import type { CalendarStep } from "./calendar.ts";
import type { Day } from "./facts.ts";

/** The first and last day some words name, before anything is cut to today. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
  readonly label: string;
}

type Reader = (parts: readonly string[], today: Day) => Span;

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const MONTH = `(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")}|sept)`;
const YEAR_FIRST = 1970;
const YEAR_LAST = 2099;

/** Every form a single period is written in; the first that matches reads it. Words come lower-cased and singly blanked. */
const FORMS: readonly (readonly [form: RegExp, read: Reader])[] = [
  [/^(\d{4})$/, ([year]) => calendarSpan("year", monthStart(year!, 1))],
  [/^(\d{4})[ -]?q(\d+)$/, ([year, quarter]) => quarterSpan(year!, quarter!)],
  [/^q(\d+)[ -]?(\d{4})$/, ([quarter, year]) => quarterSpan(year!, quarter!)],
  [/^(\d{4})[ -]?h(\d+)$/, ([year, half]) => halfSpan(year!, half!)],
  [/^h(\d+)[ -]?(\d{4})$/, ([half, year]) => halfSpan(year!, half!)],
  [/^(\d{4})[ -]?w(\d{1,2})$/, ([year, week]) => weekSpan(year!, Number(week))],
  [
    /^(\d{4})-(\d{1,2})$/,
    ([year, month]) => calendarSpan("month", monthStart(year!, Number(month))),
  ],
  [
    new RegExp(`^${MONTH}[ -](\\d{4})$`),
    ([month, year]) => calendarSpan("month", monthStart(year!, monthNumber(month!))),
  ],
  [
    new RegExp(`^(\\d{4})[ -]${MONTH}$`),
    ([year, month]) => calendarSpan("month", monthStart(year!, monthNumber(month!))),
  ],
  [new RegExp(`^${MONTH}$`), ([month], today) => latestMonth(monthNumber(month!), today)],
  [
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
    ([year, month, day]) => daySpan(year!, Number(month), Number(day)),
  ],
  [
    /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/,
    ([first, second, year]) => twoReadings(Number(first), Number(second), year!),
  ],
  [/^(?:ytd|year to date)$/, (_, today) => calendarSpan("year", today)],
  [/^ytd[ -](\d{4})$/, ([year], today) => yearToDate(year!, today)],
  [/^today$/, (_, today) => ({ from: today, to: today, label: today })],
  [
    /^yesterday$/,
    (_, today) => ({ from: addDays(today, -1), to: addDays(today, -1), label: addDays(today, -1) }),
  ],
  [
    /^(?:last[ -])?(\d+)[ -]?(d|w|m|y|days?|weeks?|months?|years?)$/,
    ([count, unit], today) => rolling(Number(count), unit!, today),
  ],
  [
    /^(last|this)[ -](week|month|quarter|year)$/,
    ([which, step], today) => namedSpan(which!, step!, today),
  ],
];

/** The days one period word means, or undefined when it has no form we know; a Fault when the form is known and the date is not real. */
export function parseSpan(words: string, today: Day): Span | undefined {
  for (const [form, read] of FORMS) {
    const match = form.exec(words);
    if (match) return read(match.slice(1), today);
  }
  return undefined;
}

function calendarSpan(step: CalendarStep, day: Day): Span {
  return { from: startOf(step, day), to: endOf(step, day), label: periodLabel(step, day) };
}

function quarterSpan(year: string, quarter: string): Span {
  if (!/^[1-4]$/.test(quarter))
    throw wrong(`A year has quarters 1 to 4; there is no Q${quarter}.`, `${year}Q4`);
  return calendarSpan("quarter", monthStart(year, 3 * Number(quarter) - 2));
}

function halfSpan(year: string, half: string): Span {
  if (!/^[12]$/.test(half))
    throw wrong(`A year has halves 1 and 2; there is no H${half}.`, `${year}H1`);
  const from = monthStart(year, half === "1" ? 1 : 7);
  return { from, to: endOf("month", addMonths(from, 5)), label: `${year}H${half}` };
}

/** ISO 8601: week 1 is the one that holds 4 January. */
function weekSpan(year: string, week: number): Span {
  const january4 = monthStart(year, 1).replace(/01$/, "04");
  const monday = addDays(january4, 1 - weekday(january4) + 7 * (week - 1));
  const label = `${year}-W${String(week).padStart(2, "0")}`;
  if (periodLabel("week", monday) !== label)
    throw wrong(`${year} has no week ${week}.`, `${year}-W01`);
  return { from: monday, to: addDays(monday, 6), label };
}

function daySpan(year: string, month: number, dayOfMonth: number): Span {
  const first = monthStart(year, month);
  const day = `${first.slice(0, 8)}${String(dayOfMonth).padStart(2, "0")}`;
  if (!isDay(day)) {
    const last = lastDayOfMonth(Number(year), month);
    throw wrong(
      `${cite(day)} is no day: ${monthTitle(month)} ${year} has ${last} days.`,
      `${first.slice(0, 8)}${last}`,
    );
  }
  return { from: day, to: day, label: day };
}

/** A month named without a year is the latest one that has begun. */
function latestMonth(month: number, today: Day): Span {
  const year = Number(today.slice(0, 4)) - (month > Number(today.slice(5, 7)) ? 1 : 0);
  return calendarSpan("month", monthStart(String(year), month));
}

/** The part of another year that ends on today's month and day, to lay beside this year so far. */
function yearToDate(year: string, today: Day): Span {
  const from = monthStart(year, 1);
  if (year === today.slice(0, 4)) return calendarSpan("year", from);
  const to = addYears(today, Number(year) - Number(today.slice(0, 4)));
  return { from, to, label: `${from}..${to}` };
}

/** How far a stretch reaches back, and the first day of `count` units ending today. */
const STRETCHES = new Map([
  [
    "d",
    { name: "day", most: 18_300, start: (today: Day, count: number) => addDays(today, 1 - count) },
  ],
  [
    "w",
    {
      name: "week",
      most: 2_600,
      start: (today: Day, count: number) => addDays(today, 1 - 7 * count),
    },
  ],
  [
    "m",
    {
      name: "month",
      most: 600,
      start: (today: Day, count: number) => addDays(addMonths(today, -count), 1),
    },
  ],
  [
    "y",
    {
      name: "year",
      most: 50,
      start: (today: Day, count: number) => addDays(addYears(today, -count), 1),
    },
  ],
]);

/** `7d` is today and the six days before; `6m` starts the day after the same day six months ago. */
function rolling(count: number, unit: string, today: Day): Span {
  const { name, most, start } = STRETCHES.get(unit.slice(0, 1))!;
  if (count < 1 || count > most)
    throw wrong("A stretch back from today is at least 1 day and at most 50 years.", "30d");
  return {
    from: start(today, count),
    to: today,
    label: `last ${count} ${name}${count === 1 ? "" : "s"}`,
  };
}

function namedSpan(which: string, step: string, today: Day): Span {
  const named = (["week", "month", "quarter", "year"] as const).find((name) => name === step)!;
  const start = startOf(named, today);
  return calendarSpan(named, which === "this" ? start : addDays(start, -1));
}

function twoReadings(first: number, second: number, year: string): Span {
  const readings = [
    { month: second, day: first },
    { month: first, day: second },
  ].filter(
    ({ month, day }) =>
      month >= 1 && month <= 12 && day >= 1 && day <= lastDayOfMonth(Number(year), month),
  );
  const dates = readings.map(
    ({ month, day }) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`,
  );
  const names = readings.map(({ month, day }) => `${day} ${monthTitle(month)}`);
  if (new Set(names).size === 2)
    throw wrong(`${names[0]!} or ${names[1]!}? The two are written alike.`, dates[0]!);
  throw wrong("Days are written year first.", dates[0] ?? "2024-02-01");
}

function monthStart(year: string, month: number): Day {
  if (Number(year) < YEAR_FIRST || Number(year) > YEAR_LAST)
    throw wrong(`Years run from ${YEAR_FIRST} to ${YEAR_LAST}; ${year} is outside.`, "2023");
  if (month < 1 || month > 12)
    throw wrong(
      `A year has months 01 to 12; there is no ${cite(`${year}-${String(month).padStart(2, "0")}`)}.`,
      `${year}-12`,
    );
  return `${year}-${String(month).padStart(2, "0")}-01`;
}

function monthNumber(name: string): number {
  return MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1;
}

function monthTitle(month: number): string {
  const name = MONTHS[month - 1]!;
  return name[0]!.toUpperCase() + name.slice(1);
}

function wrong(what: string, example: string): Fault {
  return new Fault("bad_argument", what, `Use ${example}.`);
}
