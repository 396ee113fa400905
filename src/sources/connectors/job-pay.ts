import type { PostingValues } from "../../market/facts.ts";

/** A pay range as a board gives it. */
export interface PayRange {
  readonly min: number | null;
  readonly max: number | null;
  readonly currency: string | null;
  readonly interval: PostingValues["interval"];
}
export type PostedRange = Pick<PostingValues, "min" | "max" | "currency" | "interval">;

export const NO_RANGE: PostedRange = { min: null, max: null, currency: null, interval: null };

/** No base pay a year is higher than this, in any currency a board uses; more is a slip. */
const AMOUNT_MAX = 1_000_000_000;

/**
 * One range of several a posting gives (zones, levels): from the lowest end to the highest of those in the first range's
 * currency and interval, which the posting then spans. None where no range has a currency and an upper end.
 */
export function spanOfRanges(ranges: readonly PayRange[]): PostedRange {
  const whole = ranges.flatMap(({ min, max, currency, interval }) => {
    const [low, high] = [amountOf(min), amountOf(max)];
    if (high === null || currency === null || !/^[A-Z]{3}$/.test(currency)) return [];
    return low !== null && low > high ? [] : [{ min: low, max: high, currency, interval }];
  });
  const [first] = whole;
  if (first === undefined) return NO_RANGE;
  const alike = whole.filter(
    ({ currency, interval }) => currency === first.currency && interval === first.interval,
  );
  const lows = alike.flatMap(({ min }) => (min === null ? [] : [min]));
  return {
    min: lows.length === 0 ? null : Math.min(...lows),
    max: Math.max(...alike.map(({ max }) => max)),
    currency: first.currency,
    interval: first.interval,
  };
}

function amountOf(amount: number | null): number | null {
  return amount !== null && Number.isFinite(amount) && amount > 0 && amount < AMOUNT_MAX
    ? amount
    : null;
}

/** Earnings that include commission: no base pay, whatever the field is called. */
export function isOnTarget(words: string): boolean {
  return /\bOTE\b|\bon[- ]target\b|\btotal (?:target|cash)\b/i.test(words);
}

/** Per what a range is, by the words around it; null where they do not say. A "salary" without more is a year's. */
export function intervalInWords(words: string): PostingValues["interval"] {
  if (/\bhour(?:ly|s)?\b|\/ ?h(?:ou)?r\b/i.test(words)) return "hour";
  if (/\bdaily\b|\bper day\b/i.test(words)) return "day";
  if (/\bweekly\b|\bper week\b/i.test(words)) return "week";
  if (/\bmonth(?:ly)?\b/i.test(words)) return "month";
  return /\bannual|\byear|\bannum\b|\bsalary\b/i.test(words) ? "year" : null;
}

/** Per what a range is, by a longer text beside it: only where that speaks of hours or of a year, and not of both. */
export function intervalInText(text: string): PostingValues["interval"] {
  const hour = /\bhourly\b|\bper hour\b/i.test(text);
  const year = /\bannual|\bper year\b|\bper annum\b|\bsalary\b/i.test(text);
  return hour === year ? null : hour ? "hour" : "year";
}
