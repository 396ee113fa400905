import { cutter, isCrowd } from "./company.ts";
import type { KnownCompany } from "./company.ts";
import { shownSentence } from "./fact.ts";
import type { ExtractedFact } from "./fact.ts";
import { readSentence } from "./reading.ts";
import type { Token } from "./tokens.ts";
import { DENIALS, NEGATIONS } from "./words.ts";

/** No headline is longer; what stands behind is not read. */
const CHARS_MAX = 500;
const MANNER = { aboutCut: false, maybeStripped: true, reach: 8 };

/**
 * What a headline, or the words of an address, says of a cut at one company: the first head count and share of the
 * staff that go, unconfirmed. A cut without figures ("lays off hundreds") has both null when its company is told. Null
 * when it tells of no cut, denies one, asks, or counts a whole industry. In words of an address the signs are lost, so
 * there a number up to 100 before "of staff" is a percent and before "staff" alone is nothing.
 */
export function headlineFact(headline: string, known?: KnownCompany): ExtractedFact | null {
  const text = headline.slice(0, CHARS_MAX);
  if (/\?\s*$/.test(text)) return null;
  const { tokens, people, percent, cutAt, passiveTo } = readSentence(text, MANNER);
  if (cutAt === null || isCrowd(tokens, cutAt)) return null;
  if (isDenied(tokens, cutAt)) return null;
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

/** "denies plans to lay off", "rules out job cuts", "no layoffs"; not "no fewer than 50". */
function isDenied(tokens: readonly Token[], cutAt: number): boolean {
  return tokens.slice(0, cutAt).some(({ text }, at) => {
    if (DENIALS.has(text)) return true;
    const close = at >= cutAt - 3 && NEGATIONS.has(text);
    return close && !/^(fewer|less|more|longer|only|just)$/.test(tokens[at + 1]!.text);
  });
}
