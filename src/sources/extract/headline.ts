import { cutter, isCrowd } from "./company.ts";
import type { KnownCompany } from "./company.ts";
import { shownSentence } from "./fact.ts";
import type { ExtractedFact } from "./fact.ts";
import { readSentence } from "./reading.ts";
import type { Token } from "./tokens.ts";
import { CAUSES, DENIALS, NEGATIONS, POSSIBLE } from "./words.ts";

/** No headline is longer; what stands behind is not read. */
const CHARS_MAX = 500;
const MANNER = { aboutCut: false, maybeStripped: true, reach: 8 };

/** Why a headline gives no fact. */
export type Nothing =
  | "no cut"
  | "asked"
  | "denied"
  | "possible"
  | "past"
  | "for cause"
  | "one person"
  | "several"
  | "no company"
  | "no number";

export type HeadlineRead = { readonly fact: ExtractedFact } | { readonly nothing: Nothing };

/**
 * What a headline, or the words of an address, says of a cut at one company: the first head count and share of the
 * staff that go, unconfirmed. A cut without figures ("lays off hundreds") has both null when its company is told. Null
 * when it gives nothing, see `readHeadline`. In words of an address the signs are lost, so there a number up to 100 before
 * "of staff" is a percent and before "staff" alone is nothing.
 */
export function headlineFact(headline: string, known?: KnownCompany): ExtractedFact | null {
  const read = readHeadline(headline, known);
  return "fact" in read ? read.fact : null;
}

/** The same, or why there is none: it tells of no cut, denies one, asks, says what may be, looks back, counts a whole industry. */
export function readHeadline(headline: string, known?: KnownCompany): HeadlineRead {
  const text = headline.slice(0, CHARS_MAX);
  const { tokens, people, percent, cutAt, passiveTo } = readSentence(text, MANNER);
  if (cutAt === null) return { nothing: "no cut" };
  if (/\?\s*$/.test(text) || isAsked(tokens, cutAt)) return { nothing: "asked" };
  if (isCrowd(tokens, cutAt)) return { nothing: "several" };
  if (isDenied(tokens, cutAt)) return { nothing: "denied" };
  if (isPossible(tokens, cutAt)) return { nothing: "possible" };
  if (LOOKS_BACK.test(text)) return { nothing: "past" };
  if (isForCause(tokens, cutAt)) return { nothing: "for cause" };
  // One dismissal is news of a person, not of a market.
  if (people?.value === 1) return { nothing: "one person" };
  const figure = people ?? percent;
  const company = cutter(tokens, cutAt, passiveTo, known);
  if (company === null && isCrowd(tokens, passiveTo ?? 0)) return { nothing: "several" };
  if (company === null && figure === null) return { nothing: "no number" };
  const fact = {
    company,
    people: people?.value ?? null,
    percent: percent?.value ?? null,
    bound: figure?.bound ?? "exact",
    sentence: shownSentence(text),
    confirmed: false,
  } as const;
  return { fact };
}

/** "On this day in 2009: …", "One year ago Kestrel cut …". */
const LOOKS_BACK =
  /\bon this day\b|^\W*(?:(?:a|one|two|three|\d+) (?:years?|decades?|months?) (?:ago|after|since)|throwback|flashback|opinion|column|commentary)\b/iu;

/** "Kestrel to cut 400 jobs? Company denies". */
function isAsked(tokens: readonly Token[], cutAt: number): boolean {
  return tokens.some(({ text }, at) => at > cutAt && text === "?");
}

/** "Kestrel could cut 400 jobs": nobody has said that it does. */
function isPossible(tokens: readonly Token[], cutAt: number): boolean {
  return tokens.slice(Math.max(0, cutAt - 3), cutAt).some(({ text }) => POSSIBLE.has(text));
}

/** "Kestrel fires 28 employees over protest". */
function isForCause(tokens: readonly Token[], cutAt: number): boolean {
  return (
    /^fir(?:e|es|ed|ing)$/.test(tokens[cutAt]!.text) &&
    tokens.slice(cutAt).some(({ text }) => CAUSES.has(text))
  );
}

/** "denies plans to lay off", "rules out job cuts", "no layoffs"; not "no fewer than 50". */
function isDenied(tokens: readonly Token[], cutAt: number): boolean {
  return tokens.slice(0, cutAt).some(({ text }, at) => {
    if (DENIALS.has(text)) return true;
    const close = at >= cutAt - 3 && NEGATIONS.has(text);
    return close && !/^(fewer|less|more|longer|only|just)$/.test(tokens[at + 1]!.text);
  });
}
