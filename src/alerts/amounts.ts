import { cite } from "../fault.ts";
import type { Reader } from "./reader.ts";
import type { Comparison, Operator } from "./rule.ts";

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440, w: 10_080 };
const DURATION = /^(\d{1,6})(m|h|d|w|mins?|minutes?|hours?|days?|weeks?)$/i;
const DAY_MINUTES = 1_440;
const YEAR_DAYS = 366;

/** The next piece as minutes: 30m, 12h, 7d, 2w; at most a year. */
export function readMinutes(reader: Reader, example: string): number {
  reader.hint(example);
  const token = reader.peek();
  const [, count, unit] = (token.kind === "word" && DURATION.exec(token.text)) || [];
  const minutes = count === undefined ? 0 : Number(count) * MINUTES[unit![0]!.toLowerCase()]!;
  if (count === undefined)
    throw reader.fault(
      token,
      token.kind === "end"
        ? "A length of time is missing here."
        : `${cite(token.text)} is no length of time.`,
      `Write minutes, hours, days or weeks: 30m, 12h, 7d, 2w. For example: ${example}`,
    );
  if (minutes === 0 || minutes > YEAR_DAYS * DAY_MINUTES)
    throw reader.fault(token, "A length of time is from 1m to 366d.", `For example: ${example}`);
  reader.next();
  return minutes;
}

/** The next piece as whole days: 7d, 2w, 48h; at most `most`. */
export function readDays(reader: Reader, example: string, most = YEAR_DAYS): number {
  const token = reader.peek();
  const minutes = readMinutes(reader, example);
  const days = minutes / DAY_MINUTES;
  if (!Number.isInteger(days) || days > most)
    throw reader.fault(
      token,
      days > most
        ? `This reaches at most ${most} days.`
        : `This counts whole days, and ${cite(token.text)} is ${minutes.toLocaleString("en-US")} minutes.`,
      `Write days or weeks: 1d, 7d, 2w. For example: ${example}`,
    );
  return days;
}

/** Whether a word is a length of time rather than a name. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** "30m", "12h", "7d": the largest of minutes, hours and days that needs no fraction. */
export function minutesText(minutes: number): string {
  if (minutes % DAY_MINUTES === 0) return `${minutes / DAY_MINUTES}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** A number as people write it: 10000, 10,000, 10k, 2.5; the sign − or -. Undefined when it is none. */
export function numberOf(text: string): number | undefined {
  const [, sign, digits, thousands] =
    /^([-−]?)(\d{1,15}(?:\.\d{1,6})?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?)(k?)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits.replaceAll(",", "")) * (thousands === "" ? 1 : 1_000);
  // Ten thousandths of a thousand may end in 0.30000000000000004.
  return (sign === "" ? 1 : -1) * Number(value.toFixed(6)) || 0;
}

/** What a compared number counts, for the words of a refusal and for its bounds. */
export interface Scale {
  /** "people", "events", "percent", "USD a year", "z". */
  readonly unit: string;
  readonly percent: "never" | "may";
  readonly least: number;
  readonly most: number;
  /** A whole rule that is right. */
  readonly example: string;
}

export const ANY_PERCENT: Scale = {
  unit: "percent",
  percent: "may",
  least: -1_000_000,
  most: 1_000_000,
  example: "when people(7d) change prev > 50%",
};

export const OPERATORS: readonly Operator[] = [">", ">=", "<", "<=", "="];

/** The next pieces as an operator and a number: `> 10,000`, `>= 50%`. */
export function readComparison(reader: Reader, scale: Scale): Comparison {
  const operator = readOperator(reader);
  if (operator === undefined)
    throw reader.fault(
      reader.peek(),
      "A comparison is missing here: >, >=, <, <= or =.",
      `For example: ${scale.example}`,
    );
  return { operator, value: readNumber(reader, scale, operator) };
}

export function readOperator(reader: Reader): Operator | undefined {
  const mark = reader.takeMark(...OPERATORS, "≥", "≤", "==");
  if (mark === "≥") return ">=";
  if (mark === "≤") return "<=";
  return mark === "==" ? "=" : OPERATORS.find((operator) => operator === mark);
}

export function readNumber(reader: Reader, scale: Scale, operator: Operator = "="): number {
  reader.hint("10000");
  const token = reader.peek();
  const value = token.kind === "word" ? numberOf(token.text) : undefined;
  const right = `For example: ${scale.example}`;
  if (value === undefined)
    throw reader.fault(
      token,
      token.kind === "end"
        ? "A number is missing here."
        : `${cite(token.text)} is no number I can compare with.`,
      `Write 10000, 10,000 or 10k. ${right}`,
    );
  if (value < scale.least || value > scale.most || (operator === "<" && value === scale.least))
    throw reader.fault(token, outside(scale, value, operator), right);
  reader.next();
  const sign = reader.peek();
  if (reader.takeMark("%") !== undefined && scale.percent === "never")
    throw reader.fault(
      sign,
      `${cite("%")} does not fit here: this counts ${scale.unit}, not shares.`,
      `For a relative change: when people(7d) change prev > 50%. For a count: ${scale.example}`,
    );
  return value;
}

function outside({ unit, least, most }: Scale, value: number, operator: Operator): string {
  if (operator === "<" && value === least)
    return `Below ${least} ${unit} there is nothing, so this could never be true.`;
  return value < least
    ? `There are never fewer than ${least} ${unit}.`
    : `${value.toLocaleString("en-US")} ${unit} is more than there can be (${most.toLocaleString("en-US")}).`;
}
