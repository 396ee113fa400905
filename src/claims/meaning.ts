import type { Amount } from "./amounts.ts";
import type { About, Moving } from "./claim.ts";
import {
  AI,
  COMPANIES,
  DOWN,
  EITHER,
  EVENTS,
  LAID_OFF_AFTER,
  LAYOFF,
  LAYOFF_NOUNS,
  LAYOFF_VERB_BEFORE,
  PAY,
  PEOPLE,
  POSTED,
  POSTINGS,
  PREMIUM,
  UP,
  YEAR_ON_YEAR,
  unmeasuredIn,
} from "./vocabulary.ts";

/** Words after a figure that end what it is a figure of. */
const ENDS =
  /[,;:()"]|\s(?:at|in|from|across|by|for|on|with|since|during|and|as|when|while|that|which|saw|have|has|had|were|was|are|over|than|but)\b/i;
const STAFF_SIZE =
  /\b(?:has|have|had|employs?|employed|employing|(?:workforce|staff|headcount|team|total) of|out of|of (?:its|their|the|our|all)|remaining|left with|from)\s*$/i;
const EMPLOYS =
  /\b(?:employs?|employed|employing|(?:workforce|staff|headcount|team|total) of)\s*$/i;
/** The whole staff: a share of "its sales team" or "its US workforce" is another figure. */
const OF_STAFF =
  /^\s*(?:of (?:(?:its|their|the|our|all|total|global|worldwide|remaining|company's|entire|full-time|\p{Lu}[\p{L}\p{N}.&-]*(?:'s?)?)\s){0,4}|(?:its|their|the|our|all)\s)?(?:staff(?:ers)?|workforce|employees|headcount|workers|people|jobs|roles|positions|team|personnel|company|payroll)\b/u;
/** "1,800 people (25 %)", "1,800 people – 25 % –": beside how many it is which share of the staff. */
const IN_BRACKETS =
  /\b(?:people|employees|workers|jobs|roles|staff|positions) ?(?:[(–-]|, or) ?(?:or |about |some |nearly )*§ ?[)–-]/i;
/** Part of a staff: "10 % of its US workforce". */
const OF_PART =
  /^\s*of (?:its|their|the|our|all)? ?(?:US|UK|EU|U\.[SK]\.?|American|European|Indian|German|Canadian|Chinese|Irish|Israeli)(?![\p{L}\p{N}])/u;
const STAFF = /\b(?:staff|workforce|headcount|employees|payroll|personnel)\b/i;
const STAFF_OR_JOBS =
  /\b(?:staff(?:ers)?|workforce|headcount|employees|payroll|personnel|workers|people|team|jobs|roles|positions)\b/i;
/** "5.8 % of all US job postings", and not "of its staff, as job postings". */
const OF_POSTINGS = new RegExp(
  String.raw`^\s*of (?:(?!(?:staff|workforce|headcount|employees|workers|people|as|while|when|since|because|after)\b)[\p{L}\p{N}.'&-]+,? ){0,6}?${POSTINGS.source}`,
  "iu",
);
const SIZE = /\b(?:median|typical|middle) (?:\S+ ){0,2}(?:lay-?off|cut|event|round|size)\b/i;
const LARGEST =
  /\b(?:biggest|largest)(?: single)? (?:\S+ ){0,2}(?:lay-?off|cut|round|event)\b(?! in \S)/i;
const AVERAGE_SIZE = /\b(?:average|mean) (?:\S+ ){0,2}(?:lay-?off|cut|event|round|size)\b/i;

/** "AI job postings doubled": a share is published, no number. */
export const NUMBER_OF_POSTINGS =
  "how many job postings mention AI, only their share of all (/trend ai-postings)";

const unmeasured = (what: string): About => ({
  kind: "unmeasured",
  why: `No source here measures ${what}.`,
});

/** Where the neighbours of a figure end: the words of its own are between them. */
export interface Surroundings {
  readonly sentence: string;
  /** The end of the figure before, and the beginning of the figure after. */
  readonly from: number;
  readonly to: number;
  /** The text before this sentence speaks of layoffs. */
  readonly isOfLayoffs: boolean;
}

/** What a figure is a figure of; undefined where it is none of a market ("two reasons", "10 tips"). */
export function meaningOf(amount: Amount, around: Surroundings): About | undefined {
  switch (amount.kind) {
    case "money":
      return moneyMeaning(amount, around);
    case "percent":
      return percentMeaning(amount, around);
    case "number":
      return countMeaning(amount, around);
  }
}

function countMeaning(amount: Amount, around: Surroundings): About | undefined {
  const { sentence } = around;
  const before = sentence.slice(around.from, amount.start);
  const after = sentence.slice(amount.end, around.to);
  const noun = after.slice(0, firstEnd(after));
  const speaks = LAYOFF.test(sentence) || around.isOfLayoffs;
  if (SIZE.test(sentence)) return { kind: "median cut" };
  if (AVERAGE_SIZE.test(sentence))
    return {
      kind: "unmeasured",
      why: "The middle (median) cut is measured here, not the average one.",
    };
  const of = nounOf(noun);
  if (of === undefined && EMPLOYS.test(before)) return unmeasured("how many people a company has");
  if (LARGEST.test(sentence) && speaks) return { kind: "largest cut" };
  if (of === "people" && STAFF_SIZE.test(before) && !LAID_OFF_AFTER.test(after))
    return unmeasured("how many people a company has");
  if (of !== undefined && !speaks && !isTerse(sentence))
    return unmeasured(
      unmeasuredIn(sentence)?.what ?? "that: it does not say that they were laid off",
    );
  if (of !== undefined) {
    const hires =
      /\b(?:rehir\w+|hir(?:e|es|ed|ing)|recruit\w*|open(?:ed|ings?)|creat\w+|add(?:s|ed|ing)?)\s*$/i.test(
        before,
      ) || /^\W*(?:new|open|vacant)\b/i.test(after);
    return hires ? unmeasured("hires") : { kind: "count", of };
  }
  if (speaks) {
    const isOfSome = /^\s*(?:at|from|by) (?:the )?\p{Lu}/u.test(after);
    if (
      isOfSome ||
      LAYOFF_VERB_BEFORE.test(before) ||
      LAID_OFF_AFTER.test(after) ||
      /^\s*[-–]?person\b/i.test(after)
    )
      return { kind: "count", of: "people" };
    // "Job cuts rose 9 % to 84,638": a level reached is of what moved.
    const isReached = /\b(?:to|from|with|at) *$/i.test(before);
    const named =
      lastNoun(before) ?? (isReached ? lastNoun(sentence.slice(0, amount.start)) : undefined);
    if (named !== undefined) return { kind: "count", of: named };
  }
  // "A few hundred gigs" of a layoff is said not to be checked; "two reasons" are no figure at all.
  if (amount.inWords && !(amount.bound === "decade" && LAYOFF.test(sentence))) return undefined;
  const topic = (unmeasuredIn(noun) ?? unmeasuredIn(sentence))?.what;
  return {
    kind: "unmeasured",
    why: topic === undefined ? "It does not say of what." : `No source here measures ${topic}.`,
  };
}

function firstEnd(after: string): number {
  const end = after.search(ENDS);
  const words = /^(?:\s*\S+){0,7}/.exec(after)?.[0].length ?? after.length;
  return Math.min(end < 0 ? after.length : end, words);
}

type Counted = Extract<About, { kind: "count" }>["of"];
const COUNTED: readonly (readonly [RegExp, Counted])[] = [
  [EVENTS, "events"],
  [EITHER, "either"],
  [COMPANIES, "companies"],
  [PEOPLE, "people"],
];

function nounOf(words: string): Counted | undefined {
  const found = COUNTED.flatMap(([form, of]) => {
    const match = form.exec(words);
    return match ? [{ of, at: match.index, length: match[0].length }] : [];
  }).toSorted((a, b) => a.at - b.at || b.length - a.length);
  const [first, second] = found;
  if (first === undefined) return undefined;
  // "company layoffs", "job cuts", "workers' redundancies": of two nouns side by side the last is the head.
  const isHead =
    second !== undefined && /^['s ]*$/.test(words.slice(first.at + first.length, second.at));
  return isHead ? second.of : first.of;
}

/** "job cuts reached", "the number of companies passed": the last noun before a figure that has none after it. */
function lastNoun(before: string): Counted | undefined {
  const near = before.slice(-80);
  const found = COUNTED.flatMap(([form, of]) =>
    [...near.matchAll(new RegExp(form.source, "gi"))].map((match) => ({
      of,
      start: match.index,
      end: match.index + match[0].length,
    })),
  ).toSorted((a, b) => b.end - a.end || a.start - b.start);
  const [last, earlier] = found;
  if (last === undefined) return LAYOFF_NOUNS.test(near) ? "people" : undefined;
  // "layoffs at startups": of the first, at the second.
  const isPlace =
    earlier !== undefined &&
    /^ (?:at|by|in|across|among) (?:\S+ ){0,2}$/i.test(near.slice(earlier.end, last.start));
  return isPlace ? earlier.of : last.of;
}

/** Nothing but nouns and figures: "1,200 companies, 260,000 people, 2023" typed after /claim. */
function isTerse(sentence: string): boolean {
  const left = sentence
    .replace(/[\d.,%$+]+/g, " ")
    .replace(
      new RegExp(`${PEOPLE.source}|${COMPANIES.source}|${EVENTS.source}|${UP.source}`, "gi"),
      " ",
    )
    .replace(
      /\b(?:over|more|less|fewer|than|at|least|most|about|around|nearly|almost|and|in|of|the|tech|so|far|this|last|year|month|quarter|to|us|q[1-4]|million|thousand|k)\b/gi,
      " ",
    );
  return (
    (left.match(/\p{L}+/gu) ?? []).filter(
      (word) => !/^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(word),
    ).length === 0
  );
}

function percentMeaning(amount: Amount, around: Surroundings): About {
  const { sentence } = around;
  const after = sentence.slice(amount.end, around.to);
  const before = sentence.slice(around.from, amount.start);
  if (/^\s*(?:percentage )?points?\b/i.test(after)) return unmeasured("that in points");
  if (IN_BRACKETS.test(`${before.slice(-40)}§${after.slice(0, 8)}`)) return { kind: "staff share" };
  // Before the staff of a country: "5.8 % of US job postings".
  if (AI.test(sentence) && OF_POSTINGS.test(after)) return { kind: "AI share" };
  if (OF_PART.test(after))
    return unmeasured(
      STAFF_OR_JOBS.test(after) ? "the staff of one country alone" : "that share of one country",
    );
  if (OF_STAFF.test(after) || (/^\W*$/.test(after) && OF_STAFF.test(` ${after}`)))
    return { kind: "staff share" };
  if (
    /\b(?:staff|workforce|headcount|payroll)\b/i.test(sentence) &&
    LAYOFF_VERB_BEFORE.test(before)
  )
    return { kind: "staff share" };
  if (
    /^\s*(?:workforce|staff|headcount|staffing)? ?(?:reduction|cut)\b/i.test(after) &&
    STAFF.test(sentence)
  )
    return { kind: "staff share" };
  if (AI.test(sentence) && PREMIUM.test(sentence) && PAY.test(sentence)) return { kind: "premium" };
  // "rose from 1.69 % to 2.05 %" states two levels, no change.
  const isLevel = /\b(?:from|to|at|reach(?:ed|es)|hit|stood at|was|is) *$/i.test(before);
  const direction = isLevel ? undefined : directionOf(amount, before, after);
  const other = unmeasuredIn(before);
  if (direction !== undefined && other !== undefined && movingIn(before) === undefined)
    return unmeasured(other.what);
  const of = movingIn(`${before} ${after.slice(0, 80)}`) ?? movingIn(sentence);
  if (direction !== undefined) {
    if (of === undefined && AI.test(sentence) && POSTINGS.test(sentence))
      return unmeasured(NUMBER_OF_POSTINGS);
    if (of === undefined)
      return unmeasured(unmeasuredIn(sentence)?.what ?? "what moved here, as far as it says");
    return { kind: "change", of, direction, yearly: YEAR_ON_YEAR.test(sentence) };
  }
  if (of === "AI share") return { kind: "AI share" };
  if (LAYOFF_VERB_BEFORE.test(before)) return { kind: "staff share" };
  return unmeasured(unmeasuredIn(sentence)?.what ?? "that share");
}

/** Up or down, from the words right around a figure and then from its sign; undefined where nothing is said to move. */
function directionOf(amount: Amount, before: string, after: string): -1 | 0 | 1 | undefined {
  const near = after
    .slice(0, 40)
    .match(
      /^\s*(?:\S+\s){0,2}?(?<word>more|higher|larger|increase|rise|growth|jump|surge|gain|up|fewer|less|lower|smaller|decrease|decline|drop|fall|down|reduction|change|above|below)\b/i,
    )?.groups?.["word"];
  if (near !== undefined)
    return /^(?:change)$/i.test(near)
      ? (amount.sign ?? 0)
      : /^(?:fewer|less|lower|smaller|decrease|decline|drop|fall|down|reduction|below)$/i.test(near)
        ? -1
        : 1;
  const ups = lastAt(before, UP);
  const downs = lastAt(before, DOWN);
  if (ups >= 0 || downs >= 0) return ups > downs ? 1 : -1;
  if (amount.sign !== undefined) return amount.sign;
  return /\b(?:chang(?:e|ed|es)|mov(?:e|ed|es)|differ\w*)\b/i.test(before) ? 0 : undefined;
}

function lastAt(text: string, form: RegExp): number {
  return Math.max(
    -1,
    ...[...text.matchAll(new RegExp(form.source, "gi"))].map(({ index }) => index),
  );
}

/** What is said to move. */
export function movingIn(text: string): Moving | undefined {
  if (AI.test(text) && POSTINGS.test(text))
    return /\b(?:share|proportion|percentage|portion|fraction|per ?cent of)\b|% of/i.test(text)
      ? "AI share"
      : undefined;
  if (/\b(?:salar(?:y|ies)|pay|wages?|compensation|earn(?:s|ings?)?)\b/i.test(text)) return "pay";
  if (/\bnumber of (?:tech )?(?:companies|firms|employers)\b/i.test(text)) return "companies";
  if (EVENTS.test(text)) return "events";
  if (SIZE.test(text)) return "cut size";
  if (LAYOFF_NOUNS.test(text) || LAYOFF.test(text)) return "people";
  return undefined;
}

function moneyMeaning(amount: Amount, around: Surroundings): About {
  const { sentence } = around;
  if (amount.currency !== undefined && !/^(?:US\$|USD|\$|(?:US )?dollars)$/i.test(amount.currency))
    return { kind: "unmeasured", why: "Pay is known here in US dollars only." };
  const after = sentence.slice(amount.end, around.to);
  if (/^\s*(?:an?|per|\/) ?(?:hour|hr|day|week|month)\b/i.test(after) || amount.value < 1_000)
    return { kind: "unmeasured", why: "Pay is known here by the year only." };
  const isPay = PAY.test(sentence) || POSTED.test(sentence);
  if (!isPay || amount.value >= 1e7)
    return unmeasured(unmeasuredIn(sentence)?.what ?? "that money");
  if (isPosted(sentence)) return { kind: "posted pay" };
  const stat = /\b(?:median|typical|typically|half)\b/i.test(sentence)
    ? "median"
    : /\b(?:average|averages|averaged|mean|on average)\b/i.test(sentence)
      ? "mean"
      : null;
  return { kind: "pay", stat };
}

function isPosted(sentence: string): boolean {
  return /\b(?:post(?:s|ed|ings?)|listing|listed|advertis\w+|job ads?|offer(?:s|ed|ing)?|pay range|salary range|up to|as much as)\b/i.test(
    sentence,
  );
}
