import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { Claim } from "./claim.ts";
import { clausesOf } from "./clauses.ts";
import type { Clause } from "./clauses.ts";
import { figureClaims } from "./figure-claims.ts";
import { headingOf, isLine } from "./list-headings.ts";
import type { Heading } from "./list-headings.ts";
import { clipped } from "./one-claim.ts";
import type { ReadSentence, Thread } from "./one-claim.ts";
import { namesOf } from "./subjects.ts";
import type { Names, Subjects } from "./subjects.ts";
import { READ_CHARACTERS, readable, sentencesOf } from "./text.ts";
import type { Stretch } from "./text.ts";
import { latestOf, timesIn } from "./times.ts";
import type { Time } from "./times.ts";
import { LAYOFF, QUESTION, isAfterLayoffs } from "./vocabulary.ts";
import { TECH } from "./whom.ts";
import { wordClaims } from "./word-claims.ts";

/** More claims than this are counted and not checked. */
export const CLAIMS_MOST = 12;

export interface ReadText {
  readonly claims: readonly Claim[];
  /** Claims of the last sentence read that are beyond the first twelve. */
  readonly left: number;
  /** Sentences after the one with the twelfth claim. */
  readonly unread: number;
  /** Sentences that state nothing to check, beside others that do. */
  readonly idle: number;
  /** True where the text was longer than is read. */
  readonly cut: boolean;
}

/** The claims of a text, counted back from `now`. Never throws; work grows with the text up to what is read of it. */
export function readClaims(text: string, market: Market, now: Day): ReadText {
  const names = namesOf(market);
  const claims: Claim[] = [];
  const silent: string[] = [];
  let left = 0;
  let thread: Thread = { companies: [], isOfLayoffs: false, isOfTech: false };
  const sentences = sentencesOf(readable(text));
  let read = 0;
  for (const sentence of sentences) {
    if (claims.length >= CLAIMS_MOST) break;
    read++;
    const times = timesIn(sentence, now, thread.year);
    const subjects = names.in(sentence);
    const clauses = clausesOf(sentence, times);
    const told = clauses.flatMap((clause) => {
      const within = clauseOf(clause, {
        market,
        sentence,
        times,
        subjects,
        thread,
        names,
        isAsked: QUESTION.test(sentence),
      });
      const { claims: figured, unread } = figureClaims(within);
      left += unread;
      return [...figured, ...wordClaims(within, figured)].map((claim) => ({
        claim,
        at: claim.amount?.start ?? clause.start,
      }));
    });
    // Of clauses set into one another, the claims as they stand; of one clause alone, figures first.
    const found = (clauses.length > 1 ? told.toSorted((a, b) => a.at - b.at) : told).map(
      ({ claim }) => claim,
    );
    if (found.length === 0) silent.push(sentence);
    claims.push(...found);
    const time = latestOf(times) ?? thread.time;
    const years = new Set(times.map(({ days }) => Number(days.from.slice(0, 4))));
    const [year = thread.year] = years;
    thread = {
      ...(time && { time }),
      // Of two years spoken of, a month that names none is of neither.
      ...(year !== undefined && years.size < 2 && { year }),
      companies:
        subjects.groups.at(-1)?.companies ?? (subjects.strange.length > 0 ? [] : thread.companies),
      isOfLayoffs: thread.isOfLayoffs || (LAYOFF.test(sentence) && !isAfterLayoffs(sentence)),
      isOfTech: thread.isOfTech || TECH.test(sentence),
      ...headed(sentence, times, subjects, thread.heading),
    };
  }
  const all =
    claims.length > 0 ? claims : silent.slice(0, 3).map((sentence) => nothingToCheck(sentence));
  return {
    claims: all.slice(0, CLAIMS_MOST),
    left: left + Math.max(0, all.length - CLAIMS_MOST),
    idle: claims.length > 0 ? silent.length : Math.max(0, silent.length - 3),
    unread: sentences.length - read,
    cut: text.length > READ_CHARACTERS,
  };
}

/** What is read of one clause: of a sentence told apart, only what stands in it. */
function clauseOf(
  { text, isDenied, leansOn }: Clause,
  { names, ...whole }: Omit<ReadSentence, "isDenied" | "isPart"> & { readonly names: Names },
): ReadSentence {
  if (text === whole.sentence) return { ...whole, isDenied, isPart: false };
  const isIn = ({ start, end }: Stretch): boolean =>
    text.slice(start, end) === whole.sentence.slice(start, end);
  const subjects = namesIn(text, whole.subjects, isIn, names);
  const isKnown =
    leansOn === undefined ||
    subjects.groups.some(({ start, end }) => start === leansOn.start && end === leansOn.end);
  return {
    ...whole,
    sentence: text,
    isDenied: isDenied || !isKnown,
    isPart: true,
    times: whole.times.filter(isIn),
    subjects,
  };
}

/** The heading for the next sentence: this one, or the one above the list that it is a line of. */
function headed(
  sentence: string,
  times: readonly Time[],
  subjects: Subjects,
  heading: Heading | undefined,
): { readonly heading?: Heading } {
  if (!/\p{L}/u.test(sentence) || isLine(sentence, subjects)) return heading ? { heading } : {};
  return { heading: headingOf(sentence, times, subjects, heading) };
}

/** Whom a clause names: as in the whole sentence, where the names stand in their places. */
function namesIn(
  text: string,
  { groups, mentions, places, strange }: Subjects,
  isIn: (stretch: Stretch) => boolean,
  names: Names,
): Subjects {
  const alone = names.in(text);
  const isCut = ({ start, end }: Stretch): boolean =>
    text.slice(start, end).trim() !== "" && !isIn({ start, end });
  return groups.some(isCut)
    ? alone
    : {
        ...alone,
        groups: groups.filter(isIn),
        mentions: mentions.filter(isIn),
        places: places.filter(isIn),
        strange: strange.filter(isIn),
      };
}

function nothingToCheck(sentence: string): Claim {
  return {
    text: clipped(sentence),
    about: { kind: "unmeasured", why: "It states no figure that a source here measures." },
    subject: {
      companies: [],
      withUnits: false,
      countries: [],
      industries: [],
      topic: "tech",
      postings: [],
      withoutAi: false,
      saysTech: false,
      isPlace: false,
    },
  };
}
