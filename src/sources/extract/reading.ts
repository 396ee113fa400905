import { countedBy } from "./counted.ts";
import type { Counted, Sentence } from "./counted.ts";
import { bareCut, effectsOf } from "./effects.ts";
import type { Manner } from "./effects.ts";
import type { Bound } from "./fact.ts";
import { quantitiesOf } from "./quantities.ts";
import type { Quantity } from "./quantities.ts";
import { isDatePart, isTotal } from "./totals.ts";
import { tokensOf } from "./tokens.ts";
import type { Token } from "./tokens.ts";
import {
  AFFECTS,
  EARLIER,
  FOLLOWERS,
  GONE,
  NOT_STAFF,
  SORTS_OF_STAFF,
  STAFF,
  THINGS,
  TIME_AGO,
  WHOLE_OF,
  WHOLE_STAFF,
  words,
} from "./words.ts";

/** What one sentence says is cut. */
export interface Reading {
  readonly tokens: readonly Token[];
  readonly people: { readonly value: number; readonly bound: Bound } | null;
  readonly percent: { readonly value: number; readonly bound: Bound } | null;
  /** Token of the word that tells of the cut, of the figures' one when there are figures; null when none does. */
  readonly cutAt: number | null;
  /** Token the passive ends before ("300 people laid off | at …"); null for the active voice. */
  readonly passiveTo: number | null;
}

const PEOPLE_MAX = 500_000;
/** A headline about fewer people is rarer than one that lost its percent sign. */
const SMALLEST_UNSIGNED = 10;
/** Nobody writes "lays off 70" of a share: more than half is told in other words. */
const BARE_SHARE_MAX = 50;
/** "lays off |120", "laying off at least another |120": nothing else stands between. */
const BARE_REACH = 4;
const PASSIVE_REACH = 6;
const CLAUSE_MARKS = words(". ; : | ? ! —");
const APPOSITIVE =
  words(`or ( , — - today representing equal equivalent i.e about which is and then ) roughly approximately
  approx nearly some affecting impacting`);
/** Reads one sentence of bounded length. */
export function readSentence(text: string, manner: Manner): Reading {
  const tokens = tokensOf(text);
  const stripped = manner.maybeStripped && isStripped(text);
  const effects = effectsOf(tokens, manner);
  const quantities = quantitiesOf(tokens, stripped);
  const starts = new Set(quantities.map(({ from }) => from));
  const sentence: Sentence = { tokens, effects, starts, stripped, manner };
  let people: Taken | null = null;
  let percent: Taken | null = null;
  let last: Taken | null = null;
  for (const quantity of quantities) {
    const taken = take(sentence, quantity, last);
    if (taken === null) continue;
    last = taken;
    if (taken.role === "people") people ??= taken;
    else percent ??= taken;
  }
  const first = people ?? percent;
  const split = people !== null && isSplit(sentence, quantities, people.to);
  return {
    tokens,
    people: split ? { value: people!.value, bound: "at-least" } : figure(people),
    percent: figure(percent),
    cutAt:
      (percent && people && percent.cutAt < people.cutAt ? percent : first)?.cutAt ??
      bareCut(tokens, effects),
    passiveTo: first?.passiveTo ?? null,
  };
}

/** "300 in the US, 200 in India": the first of several counts is the least of all. */
function isSplit(
  { tokens, starts }: Sentence,
  quantities: readonly Quantity[],
  from: number,
): boolean {
  return quantities.some(
    ({ kind, yearLike, from: at, to }) =>
      kind === "plain" &&
      !yearLike &&
      starts.has(at) &&
      at > from &&
      /^(and|plus|,|;)$/.test(tokens[at - 1]!.text) &&
      /^(in|at)$/.test(tokens[to]?.text ?? ""),
  );
}

/**
 * An address's words or a text in small letters without signs: "lays off 30 of staff" was 30 %. Its first word tells, such as
 * SuperOps or IBM, or any other in capital and small letters; further on, letters without order are an address's own id.
 */
export function isStripped(text: string): boolean {
  return !/^[^\p{L}\p{N}]*\p{Ll}{0,2}\p{Lu}|(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+(?![\p{L}\p{N}])|[%$€£]/u.test(
    text,
  );
}

interface Taken {
  readonly role: "people" | "percent";
  readonly value: number;
  readonly bound: Bound;
  readonly cutAt: number;
  readonly passiveTo: number | null;
  /** First token behind the phrase and its noun. */
  readonly to: number;
}

function figure(taken: Taken | null): Reading["people"] {
  return taken && { value: taken.value, bound: taken.bound };
}

/** Reads one number phrase: heads that go, a share of the staff that goes, or neither (null). */
function take(sentence: Sentence, quantity: Quantity, last: Taken | null): Taken | null {
  if (quantity.kind === "money" || isDatePart(sentence, quantity) || isTotal(sentence, quantity))
    return null;
  const object = countedBy(sentence, quantity);
  if (object.compound) return null;
  const governor = governorOf(sentence, quantity, object, last);
  if (governor === null || isEarlier(sentence, quantity, governor.cutAt, object.to)) return null;
  const share = isShare(sentence, quantity, object, governor.cutAt);
  if (quantity.kind !== "plain" && !share) return null;
  if (!share && !isHeadCount(sentence, quantity, object, governor.cutAt)) return null;
  const value = quantity.value;
  if (
    share ? value <= 0 || value > 100 : value < 1 || value > PEOPLE_MAX || !Number.isInteger(value)
  )
    return null;
  return {
    ...governor,
    role: share ? "percent" : "people",
    value,
    bound: quantity.bound,
    to: object.to,
  };
}

/** The cut word a number hangs on, in front of it or behind its noun; null when something else holds it. */
function governorOf(
  sentence: Sentence,
  quantity: Quantity,
  object: Counted,
  last: Taken | null,
): { cutAt: number; passiveTo: number | null } | null {
  if (last !== null && object.noun !== null && isAppositive(sentence, last.to, quantity.from))
    return { cutAt: last.cutAt, passiveTo: last.passiveTo };
  const { tokens, effects, manner } = sentence;
  for (let at = quantity.from - 1, far = 0; at >= 0 && far < manner.reach; at -= 1, far += 1) {
    const { text } = tokens[at]!;
    if (CLAUSE_MARKS.has(text)) break;
    if (NOT_STAFF.has(text) && effects[at] === null) return null;
    if (effects[at] === "other") return null;
    if (effects[at] !== null) return { cutAt: at, passiveTo: null };
  }
  return object.noun === null ? null : passive(sentence, quantity, object);
}

/** "300 employees laid off", "40 jobs to be cut", "36 % workforce reduction". */
function passive(
  { tokens, effects }: Sentence,
  quantity: Quantity,
  object: Counted,
): { cutAt: number; passiveTo: number } | null {
  if (quantity.yearLike && !object.near) return null;
  if (/^(layoffs|redundancies|retrenchments|dismissals)$/.test(object.noun!))
    return object.near && !quantity.yearLike
      ? { cutAt: object.to - 1, passiveTo: object.to }
      : null;
  for (let at = object.to; at < Math.min(tokens.length, object.to + PASSIVE_REACH); at += 1) {
    const { text, kind } = tokens[at]!;
    if (kind === "mark" || effects[at] === "other") return null;
    const off = /^(laid|let)$/.test(text) && /^(off|go)$/.test(tokens[at + 1]?.text ?? "");
    if (off || GONE.has(text)) return { cutAt: quantity.from, passiveTo: at + (off ? 2 : 1) };
  }
  return null;
}

/** "… 10 % of staff, or about 150 people": the second figure says the same as the first. */
function isAppositive({ tokens, stripped }: Sentence, from: number, to: number): boolean {
  if (to < from || to - from > 4) return false;
  if (to === from) return stripped;
  return tokens.slice(from, to).every(({ text }) => APPOSITIVE.has(text));
}

/** "after cutting 200 last year": news of before. */
function isEarlier(
  { tokens, effects }: Sentence,
  quantity: Quantity,
  cutAt: number,
  to: number,
): boolean {
  const before = tokens.slice(Math.max(0, cutAt - 4), cutAt).map(({ text }) => text);
  const led = before.some(
    (word) => EARLIER.has(word) || /^(already|previously|earlier)$/.test(word),
  );
  if (
    tokens
      .slice(Math.max(0, quantity.from - 3), quantity.from)
      .some(({ text }) => TIME_AGO.has(text))
  )
    return true;
  if (!led) return false;
  const cutElsewhere = effects.some(
    (effect, at) => (at < cutAt - 1 || at >= to) && (effect === "strong" || effect === "weak"),
  );
  const ago = tokens
    .slice(to, to + 5)
    .some(({ text }) => TIME_AGO.has(text) || /^(19|20)\d\d$/.test(text));
  const laterOn = before.some((word) => /^(year|years|months|month|weeks|days)$/.test(word));
  return cutElsewhere || ago || laterOn;
}

/** Whether a number is a share of the staff: by its sign, or in a stripped text by what it is said of. */
function isShare(sentence: Sentence, quantity: Quantity, object: Counted, cutAt: number): boolean {
  const { tokens, effects } = sentence;
  const staffBefore = tokens
    .slice(cutAt, quantity.from)
    .some(({ text }) => STAFF.has(text) && !/^(base|force)$/.test(text));
  const ofStaff = object.noun !== null && STAFF.has(object.noun);
  if (quantity.kind !== "plain" && isOfSome(tokens, quantity.to, object)) return false;
  if (quantity.kind === "fraction") return ofStaff && (object.of || quantity.value === 50);
  if (quantity.kind === "percent")
    return (
      ofStaff || staffBefore || (effects[cutAt] === "strong" && quantity.from > cutAt && !object.of)
    );
  if (!isUnsigned(sentence, quantity) || object.outOf) return false;
  // "12 5 of staff" was 12.5 %.
  if (tokens[quantity.from - 1]?.kind === "number") return false;
  return (
    (object.of && ofStaff) ||
    (object.near && WHOLE_STAFF.has(object.noun!)) ||
    (!object.near &&
      !THINGS.has(tokens[quantity.to]?.text ?? "") &&
      isReduction(tokens, quantity.from))
  );
}

/** "35 % of managers", "20 % of its recruiting team": a share of some of the staff. */
function isOfSome(tokens: readonly Token[], from: number, { noun, to }: Counted): boolean {
  if (noun === null) return false;
  if (SORTS_OF_STAFF.has(noun)) return true;
  if (!/^(team|teams|crew)$/.test(noun)) return false;
  return tokens
    .slice(from, to - 1)
    .some(({ text, kind }) => kind === "word" && !WHOLE_OF.has(text));
}

/** "staff by |40", "workforce |30": a number behind the whole staff. */
function isReduction(tokens: readonly Token[], from: number): boolean {
  const at = tokens[from - 1]?.text === "by" ? from - 2 : from - 1;
  return /^(workforce|headcount|staff)$/.test(tokens[at]?.text ?? "");
}

/** A number that may have been a percent before its sign was lost. */
function isUnsigned({ stripped }: Sentence, { value, bound }: Quantity): boolean {
  return stripped && (value < 100 || (value === 100 && bound !== "at-least"));
}

/** Whether a number counts heads: people behind it, or nobody behind a word that always means people. */
function isHeadCount(
  sentence: Sentence,
  quantity: Quantity,
  object: Counted,
  cutAt: number,
): boolean {
  const { tokens, effects, stripped } = sentence;
  const unsigned = isUnsigned(sentence, quantity);
  if (unsigned && object.noun === "staff" && object.near && quantity.from > cutAt) return false;
  if (unsigned && quantity.value < SMALLEST_UNSIGNED) return false;
  // "announces 13 layoffs" may be layoffs of 13 %.
  if (unsigned && object.noun === "layoffs") return false;
  if (object.noun !== null) return !(unsigned && object.of && !object.outOf);
  if (effects[cutAt] !== "strong" || quantity.yearLike || object.of) return false;
  if (unsigned && quantity.value <= BARE_SHARE_MAX) return false;
  const led = AFFECTS.has(tokens[quantity.from - 1]?.text ?? "");
  if (!led && quantity.from - cutAt > BARE_REACH) return false;
  const next = tokens[quantity.to];
  if (next === undefined || next.kind !== "word") return next?.kind !== "number" || stripped;
  return FOLLOWERS.has(next.text) || (tokens[cutAt + 1]?.text === "off" && !THINGS.has(next.text));
}
