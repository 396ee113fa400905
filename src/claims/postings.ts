import { cite } from "../fault.ts";
import type { About } from "./claim.ts";
import type { Group, Subjects } from "./subjects.ts";
import { without } from "./text.ts";
import type { Stretch } from "./text.ts";
import { POSTINGS } from "./vocabulary.ts";

/** "5.8 % of all US job postings", "the share of AI job postings": which postings a share is of. */
const WHICH = new RegExp(
  String.raw`(?<lead>%|\b(?:per ?cent|share|proportion|percentage|portion|fraction))? of (?<which>(?: *[\p{L}\p{N}.'&-]+,? ){0,6}?) *${POSTINGS.source}`,
  "giu",
);
/** Words before postings that leave all of them meant. */
const ALL_OF_THEM = new Set(
  "all,the,those,these,every,online,new,open,active,public,live,advertised,total,overall,indeed,and,job".split(
    ",",
  ),
);
/** Behind postings: "for engineers", "in tech"; a place or a time is blanked and none of these. */
const OF_SOME =
  /^ (?:for|in|at|from|within|across|among) (?:the )?(?<what>(?!the )[\p{L}\p{N}][\p{L}\p{N}.'&-]*)/iu;
const ON_INDEED = /^indeed(?:\.com|'s)?$/i;
/** AI in a posting, however it is said. */
const NAMES_AI =
  /\b(?:mention\w*|refer\w*|cit(?:e[sd]?|ing)|includ\w*|contain\w*|feature\w*|featuring|appear\w*|nam(?:e[sd]?|ing)|list(?:s|ed|ing)?|ask\w*|requir\w*|seek\w*|sought|call(?:s|ed|ing)? for|look\w* for|want\w*|need\w*|specif\w+|involv\w*|relat\w+|about|AI[- ](?:related|share|skills?|terms?|keywords?)|share|proportion|percentage)\b/i;
const EVERYWHERE =
  /\b(?:worldwide|globally|global|around the world|across the globe|internationally)\b/i;

export function isOfPostings(about: About): boolean {
  return (
    about.kind === "AI share" ||
    ((about.kind === "change" || about.kind === "moved") && about.of === "AI share")
  );
}

/** Why a share of postings is not the one that is published, a whole sentence; undefined where it may be. */
export function otherPostings(
  {
    sentence,
    times,
    subjects,
  }: {
    readonly sentence: string;
    readonly times: readonly Stretch[];
    readonly subjects: Subjects;
  },
  group: Group | undefined,
): string | undefined {
  const { countries, places, strange, industries } = subjects;
  if (countries.length > 1)
    return "It names several countries; the AI share of postings is known by country.";
  const elsewhere = strange.find(({ start }) =>
    /\b(?:in|across|throughout|of|all) (?:all |the )?$/i.test(
      sentence.slice(Math.max(0, start - 16), start),
    ),
  );
  if (elsewhere !== undefined || EVERYWHERE.test(sentence))
    return "The AI share of postings is known by country, and not of the world or another place.";
  if (group !== undefined && /\b(?:at|by|from|of) (?:the )?$/i.test(sentence.slice(0, group.start)))
    return "The AI share of postings is known by country, not by employer.";
  const some = someOfThem(without(sentence, [...times, ...places]), industries);
  if (some !== undefined)
    return `${cite(some)}: the AI share is known of all postings of a country, not of some.`;
  return NAMES_AI.test(sentence) ? undefined : "It does not say that the postings mention AI.";
}

/** The words that narrow which postings are meant. */
function someOfThem(said: string, industries: readonly string[]): string | undefined {
  for (const { 0: words, index, groups } of said.matchAll(WHICH)) {
    const isShare = /^\p{L}/u.test(groups?.["lead"] ?? "") && !/^per/i.test(groups?.["lead"] ?? "");
    const kind = (groups?.["which"] ?? "")
      .split(/[ ,]+/)
      .find(
        (word) =>
          word !== "" &&
          !ALL_OF_THEM.has(word.toLowerCase()) &&
          !(isShare && /^(?:AI|artificial|intelligence)\b/i.test(word)),
      );
    if (kind !== undefined) return kind;
    const what = OF_SOME.exec(said.slice(index + words.length))?.groups?.["what"];
    if (what !== undefined && !ON_INDEED.test(what)) return what;
  }
  return industries[0];
}
