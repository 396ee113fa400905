import { addDays, isDay } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";

/** What a cell says: a value, nothing, or something we cannot take and why. */
export type Cell<Value> = { readonly value: Value | null } | { readonly fault: string };

/** The many ways the exports write "not reported". */
const BLANKS: ReadonlySet<string> = new Set([
  "",
  "-",
  "n/a",
  "na",
  "nan",
  "none",
  "null",
  "no-data",
  "unknown",
]);

export function isBlank(text: string): boolean {
  return BLANKS.has(text.trim().toLowerCase());
}

/** Text with inner line ends and control characters made blanks; null when it says nothing. */
export function textCell(text: string): string | null {
  const clean = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return isBlank(clean) ? null : clean;
}

/** The largest employers have some two million people; a larger cut is a slip. */
const PEOPLE_MAX = 1_000_000;

/** A whole number of people: "500", "500.0", "1,200". Zero is refused: a layoff of nobody is none. */
export function peopleCell(text: string): Cell<number> {
  const people = numberIn(text);
  if (people === null) return { value: null };
  if (Number.isNaN(people))
    return { fault: "is not a plain number; write 1200, or leave it blank when not reported" };
  if (people < 0) return { fault: "is negative" };
  if (!Number.isInteger(people)) return { fault: "is not a whole number of people" };
  if (people === 0) return { fault: "is zero; leave it blank when not reported" };
  if (people > PEOPLE_MAX) return { fault: "is more people than any company has laid off" };
  return { value: people };
}

/** Millions of US dollars: "$1,000", "390.0". */
export function millionsCell(text: string): Cell<number> {
  const millions = numberIn(text.replace("$", ""));
  if (millions === null) return { value: null };
  if (Number.isNaN(millions) || millions < 0)
    return { fault: "is not an amount in millions of USD" };
  return { value: millions };
}

/** The number a cell holds, thousands marks allowed; null when blank, NaN when it is something else ("~200", "200+", "1e3"). */
export function numberIn(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const plain = text.normalize("NFKC").trim();
  if (isBlank(plain)) return null;
  return /^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(plain)
    ? Number(plain.replaceAll(",", ""))
    : Number.NaN;
}

const DAY_MIN = "2000-01-01";

/**
 * The calendar day a cell names: `2024-03-17`, `2024-03-17 20:52:49`, `2024-03-17T20:52:49.000Z` (its UTC day), or the
 * American `3/17/2024`. Days before 2000 or after `latestOn` are slips.
 */
export function dayCell(text: string, latestOn: Day): Cell<Day> {
  const plain = text.normalize("NFKC").trim();
  if (isBlank(plain)) return { value: null };
  const day = isDay(plain) ? plain : dayIn(plain);
  if (day === null) return { fault: "is not a day; write 2024-03-17" };
  if (day < DAY_MIN) return { fault: "is before 2000" };
  if (day > latestOn) return { fault: `lies in the future (after ${latestOn})` };
  return { value: day };
}

function dayIn(text: string): Day | null {
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text,
    );
  if (iso) {
    const [, day = "", zone] = iso;
    if (!isDay(day)) return null;
    if (zone === undefined || zone === "Z") return day;
    const instant = Date.parse(text.replace(" ", "T"));
    return Number.isFinite(instant) ? new Date(instant).toISOString().slice(0, 10) : null;
  }
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (!american) return null;
  const [, month = "", dayOfMonth = "", year = ""] = american;
  const day = `${year}-${month.padStart(2, "0")}-${dayOfMonth.padStart(2, "0")}`;
  return isDay(day) ? day : null;
}

/** How a percent cell was written; what the bare number means is a matter of its whole column. */
export interface WrittenPercent {
  readonly number: number;
  readonly signed: boolean;
}

export function percentIn(text: string): Cell<WrittenPercent> {
  const plain = text.normalize("NFKC").trim();
  const signed = plain.endsWith("%");
  const number = numberIn(signed ? plain.slice(0, -1) : plain);
  if (number === null) return { value: null };
  if (Number.isNaN(number)) return { fault: "is not a percentage; write 12% or 0.12" };
  if (number < 0) return { fault: "is negative" };
  return { value: { number, signed } };
}

export type PercentScale = "fractions" | "percents";

/**
 * Whether a column's bare numbers are fractions (0.12) or percentages (12): what most rows that tell (not 0 and 1, which
 * are either) look like. 12 in a column of fractions is then a fault and not 1,200 %. Takes each number with its rows.
 */
export function percentScale(
  bare: Iterable<readonly [number: number, rows: number]>,
): PercentScale {
  let [below, above] = [0, 0];
  for (const [number, rows] of bare) {
    if (number > 0 && number < 1) below += rows;
    else if (number > 1) above += rows;
  }
  return above > below ? "percents" : "fractions";
}

/** Percent of staff in a column of this scale; float tails such as 0.7000000000000001 are rounded off. */
export function percentOn(scale: PercentScale, { number, signed }: WrittenPercent): Cell<number> {
  const percent = Math.round((signed || scale === "percents" ? number : number * 100) * 100) / 100;
  if (percent > 100)
    return {
      fault:
        signed || scale === "percents"
          ? "is more than 100 %"
          : "is more than 1, and this column holds fractions of staff",
    };
  // The tracker has a 0 % beside a head count: somebody's rounding, and no share that could be told.
  return { value: percent === 0 ? null : percent };
}

/** Announcements may name a day some weeks ahead, not more. */
export function latestDay(today: Day): Day {
  return addDays(today, 31);
}
