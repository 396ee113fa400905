import { shownSentence } from "./fact.ts";
import type { ExtractedFact } from "./fact.ts";
import { ITEM_CHARS_MAX } from "./item-text.ts";
import { readSentence } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { sentencesOf } from "./sentences.ts";
import type { Token } from "./tokens.ts";
import { NEGATIONS, STAFF, words } from "./words.ts";

const SENTENCE_CHARS_MAX = 2000;
const SENTENCES_MAX = 300;
const MANNER = { aboutCut: true, maybeStripped: false, reach: 14 };

/**
 * What the Item 2.05 text of a filing says of the cut it reports: the head count and the share of the first sentence
 * that gives a head count, otherwise the first share, unconfirmed. Figures of others (a public body, a customer),
 * earlier cuts, what remains and people hired do not count. A reduction whose size is not stated has both null; null
 * when the text tells of no reduction of staff (a site sold, a lease ended). `filer` is the name on the filing.
 */
export function filingFact(text: string, filer: string | null = null): ExtractedFact | null {
  const told = sentencesOf(text.slice(0, ITEM_CHARS_MAX), SENTENCE_CHARS_MAX)
    .slice(0, SENTENCES_MAX)
    .map((sentence) => ({ sentence, reading: readSentence(sentence, MANNER) }))
    .filter(
      ({ sentence, reading }) => !isOfOthers(sentence, filer) && !isOfBefore(sentence, reading),
    );
  const counted = told.find(({ reading }) => reading.people !== null);
  const shared = told.find(({ reading }) => reading.percent !== null);
  const first = counted ?? shared ?? told.find(({ reading }) => tellsOfStaff(reading));
  if (first === undefined) return null;
  const people = counted?.reading.people ?? null;
  const percent = first.reading.percent ?? shared?.reading.percent ?? null;
  return {
    company: filer,
    people: people?.value ?? null,
    percent: percent?.value ?? null,
    bound: (people ?? percent)?.bound ?? "exact",
    sentence: shownSentence(first.sentence),
    confirmed: false,
  };
}

const SPEAKER =
  /(?<who>[\p{L}\p{N}.,&'’ ]{1,80}?)\s(?:has\s)?(?:announced|said|stated|reported|disclosed)\s(?:that\s)?(?:it|they)\s/u;
const PUBLIC_BODY =
  /\b(?:federal|government|agency|agencies|administration|department|ministry|congress|competitors?|customers?|industry|other companies|third part(?:y|ies))\b[^.]{0,80}\b(?:announced|intends?|plans?|reduc\w+|cut\w*|lay\w*|laid|eliminat\w+)\b/iu;
const OWN =
  /\b(?:we|our|us|registrant|board|management|the (?:company|corporation|bank|partnership|trust|firm))\b/iu;

/** "HHS announced that it intends to reduce our workforce by 10,000": somebody else's figure. */
function isOfOthers(sentence: string, filer: string | null): boolean {
  if (PUBLIC_BODY.test(sentence)) return true;
  const who = SPEAKER.exec(sentence)?.groups!["who"];
  if (who === undefined) return false;
  if (OWN.test(who)) return false;
  if (filer !== null) {
    return !namesFiler(who, filer);
  }
  return /(?:^|\s)\p{Lu}{2,6}$/u.test(who.trim());
}

const LEGAL_FORMS = words("inc corp corporation co company ltd llc plc holdings group the");

function namesFiler(who: string, filer: string): boolean {
  const parts = (name: string) => name.toLowerCase().match(/[\p{L}\p{N}&]+/gu) ?? [];
  const own = new Set(parts(filer).filter((word) => !LEGAL_FORMS.has(word)));
  return parts(who).some((word) => own.has(word));
}

/** "the reduction announced in January", "as previously disclosed": told in another filing, of another cut. */
function isOfBefore(sentence: string, { people, percent }: Reading): boolean {
  if (people === null && percent === null) return false;
  return /\b(?:previously (?:announced|disclosed|reported)|prior (?:restructuring|reduction|workforce)|earlier (?:reduction|layoff))/iu.test(
    sentence,
  );
}

/** A cut of people without figures, not denied: "a reduction in force", "headcount reductions". */
function tellsOfStaff({ tokens, cutAt }: Reading): boolean {
  if (cutAt === null) return false;
  if (tokens.slice(Math.max(0, cutAt - 4), cutAt).some(({ text }) => NEGATIONS.has(text)))
    return false;
  return tokens.slice(Math.max(0, cutAt - 3), cutAt + 6).some(isStaff);
}

function isStaff({ text }: Token): boolean {
  return STAFF.has(text) || text === "layoffs";
}
