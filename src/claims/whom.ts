import { cite } from "../fault.ts";
import type { Company } from "../market/company.ts";
import type { PayLevel } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { resolveRole } from "../market/roles.ts";
import type { Role } from "../market/roles.ts";
import type { About, Subject, Topic } from "./claim.ts";
import type { Group, Subjects } from "./subjects.ts";
import { AI, COMPANIES, LAYOFF, LAYOFF_NOUNS, LAYOFF_VERB } from "./vocabulary.ts";

/** Somebody named before, who laid off. */
const PRONOUN = new RegExp(
  String.raw`\b(?:it|the (?:\p{L}+ ){0,2}(?:company|firm|group|retailer|giant|maker|\p{L}*maker|startup))(?:,.{0,80}?,)?(?: (?:has|had|also|then|later|said|it|would|will|plans|to|is|was|again|announced)){0,6} (?:${LAYOFF_VERB})\b|^its\b`,
  "iu",
);
const PUBLISHERS: readonly (readonly [RegExp, string])[] = [
  [/\bchallenger\b/i, "Challenger"],
  [/\bcrunchbase\b/i, "Crunchbase"],
  [/\btrueup\b/i, "TrueUp"],
  [/\bintellizence\b/i, "Intellizence"],
  [/\brationalfx\b/i, "RationalFX"],
];
/** Words that say that tech is meant. */
export const TECH =
  /\b(?:tech\w*|big tech|software|silicon valley|layoffs\.fyi|IT (?:sector|industry|companies|workers))\b/i;
const ROLE_NOUN =
  /\b(?:engineers?|scientists?|developers?|architects?|analysts?|researchers?|managers?|mlops|swe|mle)$/;
/** Words that resolve as roles and are none in a sentence. */
const NO_ROLE = new Set([
  "ai",
  "all",
  "any",
  "everyone",
  "other",
  "ds",
  "de",
  "analyst",
  "developer",
]);
const ROLE_WORDS_MOST = 3;
const WORDS_LOOKED_AT = 200;

/** Whom a claim is about; or `why` nothing may be counted for it, as a whole sentence. */
export function subjectOf(
  sentence: string,
  about: About,
  group: Group | undefined,
  {
    market,
    subjects,
    before,
    isOfTech,
  }: {
    readonly market: Market;
    readonly subjects: Subjects;
    /** The companies the sentence before named. */
    readonly before: readonly Company[];
    /** The text before this sentence speaks of tech. */
    readonly isOfTech: boolean;
  },
): { readonly subject: Subject; readonly why?: string } {
  const isCompanyCount = about.kind === "count" && about.of === "companies";
  const isPronoun = PRONOUN.test(sentence);
  const named = isCompanyCount ? [] : (group?.companies ?? (isPronoun ? before : []));
  const [owner] = named;
  const withUnits =
    owner !== undefined &&
    subjects.groups.some(({ companies }) => companies.some(({ parent }) => parent === owner.key));
  const role = roleIn(sentence);
  const level = levelIn(sentence);
  const publisher = PUBLISHERS.find(([form]) => form.test(sentence))?.[1];
  // "The German company": what it is called by, not where it is counted.
  const countries = isPronoun && named.length > 0 ? [] : subjects.countries;
  const subject: Subject = {
    companies: withUnits ? [owner] : named,
    withUnits,
    countries,
    industries: subjects.industries,
    topic: topicOf(sentence, publisher),
    saysTech: isOfTech || TECH.test(sentence),
    isPlace: countries.length > 0 && !COMPANIES.test(sentence),
    ...(publisher !== undefined && { publisher }),
    ...(role && { role }),
    ...(level && { level }),
    postings: market.postedPay.filter(({ company }) => spaced(sentence).includes(spaced(company))),
    withoutAi: /\b(?:non-AI|other (?:tech|engineers?|roles)|without AI|not AI)\b/i.test(sentence),
  };
  if (isOfReportedPay(about) && (group !== undefined || subjects.strange.length > 0))
    return {
      subject,
      why: "Reported pay names no employers and no places within a country, so it cannot be narrowed to one.",
    };
  if (named.length > 0 || !isOfLayoffs(about)) return { subject };
  if (/\bWARN\b/.test(sentence))
    return { subject, why: "WARN notices are counted apart from layoffs: /upcoming lists them." };
  if (/\bJOLTS\b|\blayoffs and discharges\b/i.test(sentence))
    return {
      subject,
      why: "Layoffs and discharges are a survey of all US employers, another count: /trend jolts shows it.",
    };
  const [strange] = subjects.strange;
  if (strange !== undefined)
    return { subject, why: `${cite(sentence.slice(strange.start, strange.end))}: ${strange.why}.` };
  return isPronoun && !isCompanyCount
    ? { subject, why: "It does not say which company is meant." }
    : { subject };
}

function isOfReportedPay(about: About): boolean {
  return (
    about.kind === "pay" ||
    ((about.kind === "change" || about.kind === "moved") && about.of === "pay")
  );
}

/** Whether a claim is of what layoff rows count; pay and postings are not, and are kept without versions. */
export function isOfLayoffs(about: About): boolean {
  switch (about.kind) {
    case "change":
    case "moved":
      return about.of !== "pay" && about.of !== "AI share";
    case "pay":
    case "posted pay":
    case "AI share":
    case "premium":
    case "unmeasured":
      return false;
    case "count":
    case "median cut":
    case "largest cut":
    case "staff share":
    case "happened":
    case "continues":
      return true;
  }
}

function topicOf(sentence: string, publisher: string | undefined): Topic {
  const isBlamed =
    /\b(?:blam\w+|attribut\w+|cit(?:ed|ing)|because of|due to|caused by|reason|linked to|tied to|caus(?:ed|es|ing)|replac(?:ed|es|ing|ement)|driven|induced|related|thanks to|lost to|result of)\b|\bAI(?:'s)? (?:has |have |had |will |already )*(?:kill|destroy|took|taken|wip|eliminat|cut|cost)|\bAI[- ](?:related |driven |led )?(?:lay-?offs|job cuts|job losses|cuts)\b|\bby AI\b(?! (?:companies|firms|start))/i;
  if (
    AI.test(sentence) &&
    (LAYOFF_NOUNS.test(sentence) || LAYOFF.test(sentence)) &&
    isBlamed.test(sentence)
  )
    return "ai";
  const isOfAll =
    /\b(?:all (?:sectors|industries)|every sector|(?:US|U\.S\.|American)(?:-based)? employers|employers announced|across (?:all|every) (?:sectors?|industr\w+))\b/i;
  return (isOfAll.test(sentence) || publisher === "Challenger") && !/\btech\w*\b/i.test(sentence)
    ? "all"
    : "tech";
}

function roleIn(sentence: string): Role | undefined {
  const words = (sentence.match(/[\p{L}-]+/gu) ?? []).slice(0, WORDS_LOOKED_AT);
  for (let length = ROLE_WORDS_MOST; length > 0; length--)
    for (let first = 0; first + length <= words.length; first++) {
      const phrase = words
        .slice(first, first + length)
        .join(" ")
        .toLowerCase()
        .replace(/-/g, " ");
      if (NO_ROLE.has(phrase) || !ROLE_NOUN.test(phrase)) continue;
      const resolved = resolveRole(phrase);
      if (resolved.kind === "one") return resolved.role;
    }
  const other = /\b(?:other )?tech (?:pay|salaries|wages|roles)\b/i.test(sentence)
    ? resolveRole("engineer")
    : undefined;
  return other?.kind === "one" ? other.role : undefined;
}

function levelIn(sentence: string): PayLevel | undefined {
  if (/\bsenior\b/i.test(sentence)) return "senior";
  if (/\b(?:junior|entry[- ]level|graduate)\b/i.test(sentence)) return "entry";
  if (/\bmid(?:dle)?[- ]level\b/i.test(sentence)) return "mid";
  return /\b(?:executive|director)(?:s|[- ]level)?\b/i.test(sentence) ? "executive" : undefined;
}

function spaced(words: string): string {
  return ` ${words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}
