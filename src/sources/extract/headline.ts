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

/**
 * What a headline, or the words of an address, says of a cut at one company: the first head count and share of the
 * staff that go, unconfirmed. A cut without figures ("lays off hundreds") has both null when its company is told. Null
 * when it tells of no cut, denies one, asks, says what may be, looks back, or counts a whole industry. In words of an address the signs are lost, so
 * there a number up to 100 before "of staff" is a percent and before "staff" alone is nothing.
 */
export function headlineFact(headline: string, known?: KnownCompany): ExtractedFact | null {
  const text = headline.slice(0, CHARS_MAX);
  if (/\?\s*$/.test(text)) return null;
  const { tokens, people, percent, cutAt, passiveTo } = readSentence(text, MANNER);
  if (cutAt === null || isCrowd(tokens, cutAt)) return null;
  if (isDenied(tokens, cutAt) || isAsked(tokens, cutAt) || isPossible(tokens, cutAt)) return null;
  if (LOOKS_BACK.test(text) || isForCause(tokens, cutAt)) return null;
  // One dismissal is news of a person, not of a market.
  if (people?.value === 1) return null;
  const figure = people ?? percent;
  const company = cutter(tokens, cutAt, passiveTo, known);
  if (company === null && (figure === null || isCrowd(tokens, passiveTo ?? 0))) return null;
  return {
    company,
    people: people?.value ?? null,
    percent: percent?.value ?? null,
    bound: figure?.bound ?? "exact",
    sentence: shownSentence(text),
    confirmed: false,
  };
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
