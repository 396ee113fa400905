import { cite } from "../fault.ts";
import type { Company } from "../market/company.ts";
import type { Market } from "../market/market.ts";
import type { Amount } from "./amounts.ts";
import type { About, Claim } from "./claim.ts";
import type { Heading } from "./list-headings.ts";
import type { Listed } from "./lists.ts";
import { JOINTS } from "./nearest.ts";
import { isOfPostings, otherPostings } from "./postings.ts";
import type { Group, Subjects } from "./subjects.ts";
import { without } from "./text.ts";
import type { Stretch } from "./text.ts";
import { unclearTimeIn } from "./time-words.ts";
import type { Time } from "./times.ts";
import { AHEAD } from "./vocabulary.ts";
import { isOfLayoffs, subjectOf } from "./whom.ts";

const QUOTE_CHARACTERS = 120;

/** What the sentences before leave open to the next. */
export interface Thread {
  /** The latest time spoken of, and the year where it was one alone. */
  readonly time?: Time;
  readonly year?: number;
  readonly companies: readonly Company[];
  readonly isOfLayoffs: boolean;
  readonly isOfTech: boolean;
  /** What stands above a list. */
  readonly heading?: Heading;
}

/** A clause of a sentence that denies, or else the whole sentence. */
export interface ReadSentence {
  readonly market: Market;
  readonly sentence: string;
  readonly isDenied: boolean;
  /** It is a question, or a clause of one. */
  readonly isAsked: boolean;
  /** It is one clause of several. */
  readonly isPart: boolean;
  readonly times: readonly Time[];
  readonly subjects: Subjects;
  readonly thread: Thread;
}

export const DENIAL: About = {
  kind: "unmeasured",
  why: "It is denied, or may be; asked without the denial it can be checked.",
};

const QUESTIONED: About = {
  kind: "unmeasured",
  why: "It asks and states nothing; as a statement it can be checked.",
};

function denied({ isDenied, isAsked, isPart }: ReadSentence, meant: About): About {
  if (isAsked && meant.kind !== "unmeasured") return QUESTIONED;
  return isDenied && (isPart || meant.kind !== "unmeasured") ? DENIAL : meant;
}

export function claimOf(
  read: ReadSentence,
  text: string,
  meant: About,
  {
    amount,
    time,
    group,
    listed,
  }: {
    readonly amount?: Amount;
    readonly time: Time | undefined;
    readonly group: Group | undefined;
    /** What a list says of the figure, and nothing else of the sentence does. */
    readonly listed?: Listed;
  },
): Claim {
  const about = doubtful(read, denied(read, meant), { amount, group });
  const { sentence, thread } = read;
  const { subject, why } = subjectOf(read.sentence, about, group, {
    market: read.market,
    subjects: listed?.group ? { ...read.subjects, groups: [listed.group] } : read.subjects,
    before: read.thread.companies,
    isOfTech: read.thread.isOfTech,
  });
  // A company's figure is of a time said with it, or of the event it fits; the market's is of the time the text speaks of.
  const isOfOne = subject.companies.length > 0;
  const isElsewhere =
    isOfOne &&
    listed === undefined &&
    amount !== undefined &&
    time !== undefined &&
    isApart(without(sentence, read.subjects.groups), amount, time);
  const carried = isOfOne || !isOfLayoffs(about) ? undefined : thread.time;
  const part = amount && PART_OF_COMPANY.exec(sentence.slice(amount.end))?.[0].trim();
  const when = isElsewhere ? undefined : (time ?? carried);
  return {
    text: clipped(text),
    ...(amount && { amount }),
    about: why === undefined ? about : { kind: "unmeasured", why },
    ...(when && { time: when }),
    ...(when === undefined && listed?.perhaps && { perhaps: listed.perhaps }),
    subject,
    ...(AHEAD.test(sentence) && { isAhead: true }),
    ...(part && isOfOne && { unread: part }),
  };
}

/** "98,000 more than in 2022", "exceeded those of 2022 by 98,000". */
function isDifference(sentence: string, { start, end }: Amount): boolean {
  const before = sentence.slice(0, start);
  const after = sentence.slice(end);
  return (
    (/^\s*(?:more|fewer|less)\b/i.test(after) && /\bthan\b/i.test(after)) ||
    /\b(?:increase|rise|jump|drop|decline|fall|decrease|gain|growth|difference) of (?:about |around |nearly |almost |more than |over |some )?$/i.test(
      before,
    ) ||
    (/\bby (?:about |around |nearly |almost |more than |over )?$/i.test(before) &&
      /\b(?:exceed|surpass|outnumber|top(?:ped|s)|rose|rise|risen|grew|grow|fell|fall|drop|declin|increas|decreas|up|down)\w*\b[^.]*$/i.test(
        before,
      ))
  );
}

/** "12,000 US jobs", "12,000 people in Germany": a country said of the figure, not of the company. */
function isPlaceOf({ end }: Amount, place: Stretch, sentence: string): boolean {
  return (
    place.start >= end &&
    /^(?: [\p{L}-]+){0,3}(?: in| across| throughout)?(?: the)? $/u.test(
      sentence.slice(end, place.start),
    )
  );
}

/** Whose of a company were meant: no row says so. */
const PART_OF_COMPANY =
  /\b(?:in|at|from|across|within|of) (?:its|the|their) [^.;]{1,60}?\b(?:division|unit|team|department|business|arm|segment|org|organi[sz]ation)s?\b/i;

/** What reads like a claim and cannot be laid beside the facts as it stands. */
function doubtful(
  read: ReadSentence,
  about: About,
  { amount, group }: { readonly amount: Amount | undefined; readonly group: Group | undefined },
): About {
  const { sentence, subjects } = read;
  if (isOfPostings(about)) {
    const why = otherPostings(read, group);
    return why === undefined ? about : { kind: "unmeasured", why };
  }
  const isOfOthers = !isOfLayoffs(about) && about.kind !== "pay";
  if (about.kind === "unmeasured" || isOfOthers) return about;
  const unclear = unclearTimeIn(sentence);
  if (unclear !== undefined)
    return { kind: "unmeasured", why: `Which days ${cite(unclear)} has is not said.` };
  if (about.kind === "count" && amount !== undefined && isDifference(sentence, amount))
    return {
      kind: "unmeasured",
      why: "It states a difference; the two totals, or the change in percent, can be checked.",
    };
  if (group === undefined) return about;
  if (group.companies.length > 1 && /\b(?:each|apiece|respectively)\b/i.test(sentence))
    return {
      kind: "unmeasured",
      why: "It says the same of several companies; asked one by one it can be checked.",
    };
  if (about.kind === "happened" && AHEAD.test(sentence))
    return {
      kind: "unmeasured",
      why: "It speaks of what is to come or may; only what was announced is known here.",
    };
  const unknown =
    about.kind === "happened"
      ? subjects.strange[0]
      : subjects.strange.find(
          ({ start }) =>
            isWhere(sentence, start) || (amount !== undefined && isAt(sentence, amount, start)),
        );
  const place = amount && subjects.places.find((each) => isPlaceOf(amount, each, sentence));
  if (place !== undefined)
    return {
      kind: "unmeasured",
      why: "Rows keep the country of a company, not where its people were.",
    };
  return unknown === undefined
    ? about
    : {
        kind: "unmeasured",
        why: `${cite(sentence.slice(unknown.start, unknown.end))}: how many of a company's people were meant by that is not known here.`,
      };
}

/** "Across Foobar": a name no row is kept by, said of the whole figure. */
function isWhere(sentence: string, start: number): boolean {
  return /\b(?:in|across|throughout) (?:the |its |their )?$/i.test(
    sentence.slice(Math.max(0, start - 18), start),
  );
}

/** "500 at Foobar": a figure of a name nobody here knows. */
function isAt(sentence: string, { end }: Amount, start: number): boolean {
  return (
    start >= end &&
    /^(?: [\p{L}-]+){0,3} (?:at|from|by) (?:the |its )?$/u.test(sentence.slice(end, start))
  );
}

/** Whether something joins another clause between a figure and a time. */
function isApart(sentence: string, amount: Amount, time: Time): boolean {
  const between =
    time.start >= amount.end
      ? sentence.slice(amount.end, time.start)
      : sentence.slice(time.end, amount.start);
  return (between.match(JOINTS) ?? []).length > 0;
}

export function clipped(text: string): string {
  const characters = Array.from(
    text
      .trim()
      .replace(/[\s.;,:•]+$/u, "")
      .replace(/,? {2,}(?=,)/g, "")
      .replace(/ {2,}/g, " "),
  );
  return characters.length <= QUOTE_CHARACTERS
    ? characters.join("")
    : `${characters.slice(0, QUOTE_CHARACTERS - 1).join("")}…`;
}
