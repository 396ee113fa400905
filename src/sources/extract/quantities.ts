import type { Bound } from "./fact.ts";
import type { Token } from "./tokens.ts";
import { words } from "./words.ts";

/** A number phrase: "nearly 10 per cent", "between 100 and 150", "two hundred", "a third". */
export interface Quantity {
  /** First token of the phrase, its bound words included. */
  readonly from: number;
  /** First token behind the phrase. */
  readonly to: number;
  /** The number, the lower end of a range, or the percent of a fraction. */
  readonly value: number;
  readonly kind: "plain" | "percent" | "fraction" | "money";
  readonly bound: Bound;
  /** The lower end of a range: "100 to 150". */
  readonly range: boolean;
  /** Four digits that may be a year, without a thousands mark. */
  readonly yearLike: boolean;
}

const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
  }),
);
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({ dozen: 12, hundred: 100, thousand: 1000 }),
);
const FRACTIONS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    half: 50,
    third: 100 / 3,
    quarter: 25,
    fourth: 25,
    fifth: 20,
    sixth: 100 / 6,
    tenth: 10,
    thirds: 100 / 3,
    quarters: 25,
    fifths: 20,
  }),
);

const LARGE = words(
  "million millions mn mln billion billions bn crore crores lakh lakhs dollars euros pounds",
);
const CURRENCY = words("$ € £ ¥ ₹ usd us$ eur gbp inr rs");
const MONEY_SUFFIX = words("m b bn mn mln");
const RANGE_MARK = words("to and - – — ‑");

const ABOUT = words(`
  nearly near almost etwa rund circa environ quase casi cerca around about approximately approx roughly some circa ~ estimated close just roughly ∼ ≈
`);
const AT_LEAST = words("over least above");
const UP_TO = words("under most maximum below");
const PAIRS: ReadonlyMap<string, Bound> = new Map(
  Object.entries({
    "more than": "at-least",
    "greater than": "at-least",
    "upwards of": "at-least",
    "upward of": "at-least",
    "mehr als": "at-least",
    "mais de": "at-least",
    "mas de": "at-least",
    "plus de": "at-least",
    "cerca de": "about",
    "north of": "at-least",
    "excess of": "at-least",
    "fewer than": "up-to",
    "less than": "up-to",
    "up to": "up-to",
    "many as": "up-to",
    "much as": "up-to",
    "maximum of": "up-to",
    "close to": "about",
    "total of": "exact",
  }),
);
const FILLERS = words("another additional further a an other as at in (");

/** The number phrases of a text, left to right; `stripped` texts have lost their signs, so "20 30 jobs" is a range. */
export function quantitiesOf(tokens: readonly Token[], stripped: boolean): Quantity[] {
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.length;) {
    const number = numberAt(tokens, at);
    if (number === null) {
      at += 1;
      continue;
    }
    const quantity = phrase(tokens, at, number, stripped);
    found.push(quantity);
    at = quantity.to;
  }
  return found;
}

interface Numeral {
  readonly value: number;
  readonly to: number;
  readonly kind: Quantity["kind"];
  readonly yearLike: boolean;
}

function phrase(tokens: readonly Token[], at: number, first: Numeral, stripped: boolean): Quantity {
  const lead = boundBefore(tokens, at);
  const last = rangeEnd(tokens, at, first, stripped);
  if (last !== null) {
    const kind = last.kind === "plain" ? first.kind : last.kind;
    return {
      ...first,
      kind,
      from: lead.from,
      to: last.to,
      yearLike: false,
      range: true,
      bound: "at-least",
    };
  }
  const plus = tokens[first.to]?.text === "+" || isPlusWord(tokens, first.to);
  const to = plus ? first.to + 1 : first.to;
  const loose = first.kind === "fraction" && lead.bound === "exact" ? "about" : lead.bound;
  return { ...first, from: lead.from, to, range: false, bound: plus ? "at-least" : loose };
}

function isPlusWord(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.text === "plus" && token.joined;
}

/** The second number of "100 to 150", "between 100 and 150", "100–150"; null when there is no range. */
function rangeEnd(
  tokens: readonly Token[],
  at: number,
  first: Numeral,
  stripped: boolean,
): Numeral | null {
  const mark = tokens[first.to];
  if (mark === undefined || first.kind === "money") return null;
  const glued = mark.kind === "number" && (mark.joined || (stripped && first.value >= 10));
  if (!glued && !RANGE_MARK.has(mark.text)) return null;
  if (mark.text === "and" && !between(tokens, at)) return null;
  let next = glued ? first.to : first.to + 1;
  while (ABOUT.has(tokens[next]?.text ?? "")) next += 1;
  const last = numberAt(tokens, next);
  if (last === null || last.kind === "money" || last.kind === "fraction") return null;
  if (first.kind === "percent" && last.kind !== "percent") return null;
  return last.value > first.value && last.value <= 5 * first.value && !first.yearLike ? last : null;
}

function between(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 2), at).some((token) => token.text === "between");
}

function numberAt(tokens: readonly Token[], at: number): Numeral | null {
  const token = tokens[at];
  if (token === undefined || token.kind === "mark") return null;
  return (
    oneIn(tokens, at) ??
    (token.kind === "number" ? digitsAt(tokens, at, token) : spelledAt(tokens, at))
  );
}

function digitsAt(tokens: readonly Token[], at: number, token: Token): Numeral {
  const before = tokens[at - 1]?.text ?? "";
  const yearLike = !token.grouped && token.suffix === "" && /^(19|20)\d\d$/.test(token.text);
  const plain = { value: token.value, to: at + 1, kind: "plain", yearLike } as const;
  if (CURRENCY.has(before) || MONEY_SUFFIX.has(token.suffix)) return { ...plain, kind: "money" };
  if (/^(st|nd|rd|th)$/.test(token.suffix)) return { ...plain, kind: "money" };
  const scale = SCALES.get(tokens[at + 1]?.text ?? "");
  const scaled = scale === undefined ? plain : { ...plain, value: token.value * scale, to: at + 2 };
  return withUnit(tokens, { ...scaled, yearLike: yearLike && scale === undefined }, token.suffix);
}

/** What stands behind the digits: a percent sign or word makes it a share, millions and money make it an amount. */
function withUnit(tokens: readonly Token[], number: Numeral, suffix: string): Numeral {
  const behind = tokens[number.to]?.text ?? "";
  if (/^(%|percent|pct|pc)$/.test(suffix)) return { ...number, kind: "percent" };
  if (LARGE.has(behind) || (CURRENCY.has(behind) && behind !== "$"))
    return { ...number, to: number.to + 1, kind: "money" };
  if (behind === "percentage") return { ...number, to: number.to + 1, kind: "money" };
  if (/^(%|percent|pct|pc)$/.test(behind)) return { ...number, to: number.to + 1, kind: "percent" };
  if (behind === "per" && tokens[number.to + 1]?.text === "cent")
    return { ...number, to: number.to + 2, kind: "percent" };
  return number;
}

function spelledAt(tokens: readonly Token[], at: number): Numeral | null {
  const fraction = fractionAt(tokens, at);
  if (fraction !== null) return fraction;
  let total = 0;
  let group = 0;
  let to = at;
  let small = 0;
  for (; to < tokens.length; to += 1) {
    const text = tokens[to]!.text;
    if (UNITS.has(text)) {
      const unit = UNITS.get(text)!;
      if (small > 0 && !(small >= 20 && unit < 10)) break;
      small += unit;
      group += unit;
    } else if (SCALES.has(text) && (group > 0 || isArticle(tokens[at - 1]))) {
      const scale = SCALES.get(text)!;
      const scaled = Math.max(group, 1) * scale;
      total += scale === 1000 ? scaled : 0;
      group = scale === 1000 ? 0 : scaled;
      small = 0;
    } else if (!(text === "and" && group >= 100 && UNITS.has(tokens[to + 1]?.text ?? ""))) break;
  }
  const value = total + group;
  if (value < 2) return null;
  return withUnit(tokens, { value, to, kind: "plain", yearLike: false }, "");
}

function isArticle(token: Token | undefined): boolean {
  return token?.text === "a" || token?.text === "an";
}

/** "one in four" as percent. */
function oneIn(tokens: readonly Token[], at: number): Numeral | null {
  const last = tokens[at + 2];
  const many = last?.kind === "number" ? last.value : UNITS.get(last?.text ?? "");
  if (!/^(one|1)$/.test(tokens[at]!.text) || tokens[at + 1]?.text !== "in") return null;
  if (many === undefined || many < 2 || many > 20) return null;
  return { value: rounded(100 / many), to: at + 3, kind: "percent", yearLike: false };
}

/** "half", "a third", "two-thirds", "a quarter" as percent; whether it is of the staff the reading decides. */
function fractionAt(tokens: readonly Token[], at: number): Numeral | null {
  const text = tokens[at]!.text;
  const many = UNITS.get(text);
  const behind = tokens[at + 1]?.text ?? "";
  if (many !== undefined && many < 10 && FRACTIONS.has(behind))
    return {
      value: rounded(many * FRACTIONS.get(behind)!),
      to: at + 2,
      kind: "fraction",
      yearLike: false,
    };
  if (FRACTIONS.has(text) && !text.endsWith("s"))
    return { value: rounded(FRACTIONS.get(text)!), to: at + 1, kind: "fraction", yearLike: false };
  return null;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The bound words before a number; "up to about 240" is up to 240, "at least about" at least. */
function boundBefore(tokens: readonly Token[], at: number): { from: number; bound: Bound } {
  let from = at;
  let bound: Bound = "exact";
  const take = (said: Bound, count: number): void => {
    if (bound === "exact" || said !== "about") bound = said;
    from -= count;
  };
  for (let steps = 0; steps < 8 && from > 0; steps += 1) {
    const word = tokens[from - 1]!.text;
    const pair = PAIRS.get(`${tokens[from - 2]?.text ?? ""} ${word}`);
    if (pair !== undefined && tokens[from - 3]?.text === "no")
      take(word === "than" && tokens[from - 2]!.text === "more" ? "up-to" : "at-least", 3);
    else if (pair !== undefined) take(pair, 2);
    else if (ABOUT.has(word)) take("about", 1);
    else if (AT_LEAST.has(word)) take("at-least", 1);
    else if (UP_TO.has(word)) take("up-to", 1);
    else if (CURRENCY.has(word)) from -= 1;
    else if (FILLERS.has(word) && fillsBound(tokens, from - 1)) from -= 1;
    else break;
  }
  return { from, bound };
}

/** Small words that belong to a bound phrase ("by as many as", "in excess of", "a further 50"), not to the sentence. */
function fillsBound(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]!.text;
  if (word === "at" || word === "in")
    return /^(least|most|excess)$/.test(tokens[at + 1]?.text ?? "");
  return true;
}
