import type { Company } from "../market/company.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { amountsIn } from "./amounts.ts";
import type { Amount } from "./amounts.ts";
import type { About, Claim } from "./claim.ts";
import { meaningOf, movingIn } from "./meaning.ts";
import { namesOf } from "./subjects.ts";
import type { Group, Subjects } from "./subjects.ts";
import { READ_CHARACTERS, readable, sentencesOf, without } from "./text.ts";
import type { Stretch } from "./text.ts";
import { timesIn, yearBefore } from "./times.ts";
import type { Time } from "./times.ts";
import { isOfLayoffs, subjectOf } from "./whom.ts";
import {
  CONTINUES,
  KEEPS_CUTTING,
  DENIED,
  DOWN,
  FLAT,
  LAYOFF,
  UP,
  YEAR_ON_YEAR,
  unmeasuredIn,
} from "./vocabulary.ts";

/** More claims than this are counted and not checked. */
export const CLAIMS_MOST = 12;
/** Figures of one sentence that are looked at. */
const FIGURES_MOST = 24;
const QUOTE_CHARACTERS = 120;

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

/** What the sentences before leave open to the next. */
interface Thread {
  /** The latest time spoken of, and the year where it was one alone. */
  readonly time?: Time;
  readonly year?: number;
  readonly companies: readonly Company[];
  readonly isOfLayoffs: boolean;
}

interface ReadSentence {
  readonly market: Market;
  readonly sentence: string;
  readonly times: readonly Time[];
  readonly subjects: Subjects;
  readonly thread: Thread;
}

/** The claims of a text, counted back from `now`. Never throws; work grows with the text up to what is read of it. */
export function readClaims(text: string, market: Market, now: Day): ReadText {
  const names = namesOf(market);
  const claims: Claim[] = [];
  const silent: string[] = [];
  let left = 0;
  let thread: Thread = { companies: [], isOfLayoffs: false };
  const sentences = sentencesOf(readable(text));
  let read = 0;
  for (const sentence of sentences) {
    if (claims.length >= CLAIMS_MOST) break;
    read++;
    const times = timesIn(sentence, now, thread.year);
    const subjects = names.in(sentence);
    const parts: ReadSentence = { market, sentence, times, subjects, thread };
    const { claims: figured, unread } = figureClaims(parts);
    const found = [...figured, ...wordClaims(parts, figured.length > 0)];
    left += unread;
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
      isOfLayoffs: thread.isOfLayoffs || LAYOFF.test(sentence),
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

/** The claims a sentence makes with figures, and how many figures beyond the first it has. */
function figureClaims(read: ReadSentence): {
  readonly claims: readonly Claim[];
  readonly unread: number;
} {
  const { sentence, times, subjects, thread } = read;
  const masked = without(sentence, times);
  const found = amountsIn(masked);
  const amounts = found.slice(0, FIGURES_MOST);
  const claims: Claim[] = [];
  amounts.forEach((amount, index) => {
    const from = amounts[index - 1]?.end ?? 0;
    const to = found[index + 1]?.start ?? sentence.length;
    const meant = meaningOf(amount, {
      sentence: masked,
      from,
      to,
      isOfLayoffs: thread.isOfLayoffs,
    });
    if (meant === undefined) return;
    const last = claims.at(-1);
    // "165,000 were laid off in 2022 and 263,000 in 2023": a bare second figure is of the same.
    const about =
      meant.kind === "unmeasured" &&
      meant.why === "It does not say of what." &&
      last?.amount?.kind === amount.kind
        ? last.about
        : meant;
    const group = groupFor(amount, subjects.groups, amounts, sentence);
    const own = timeFor(amount, times, amounts, sentence);
    const time = own && AGO.test(sentence.slice(amount.end, to)) ? yearBefore(own) : own;
    claims.push(claimOf(read, quoteOf(sentence, amount, to), about, { amount, time, group }));
  });
  return { claims, unread: found.length - amounts.length };
}

/** Said right after a figure: it is of the same days a year before the time spoken of. */
const AGO =
  /^\s*(?:\p{L}+ ){0,2}(?:(?:a|one|the) year (?:earlier|ago|before)|(?:in )?the same (?:period|quarter|time|month) (?:of )?last year)\b/iu;

function denied(sentence: string, about: About): About {
  const isDenied = DENIED.test(
    sentence.replace(/\bnot? (?:more|less|fewer|over|only|just|say|said|yet|reported)\b/gi, ""),
  );
  return isDenied && about.kind !== "unmeasured"
    ? {
        kind: "unmeasured",
        why: "The sentence denies something; asked without the denial it can be checked.",
      }
    : about;
}

/** Sentences that claim something without a figure: that it happened, goes on, moved; or what nobody here measures. */
function wordClaims(read: ReadSentence, hasFigure: boolean): Claim[] {
  const { sentence, times, subjects } = read;
  const claim = (about: About, text = sentence, time = times[0]): Claim =>
    claimOf(read, text, about, { time, group: subjects.groups[0] });
  if (hasFigure) {
    const ranking = RANKING.exec(sentence);
    return ranking
      ? [claim({ kind: "unmeasured", why: "It is not checked here how that ranks." }, ranking[0])]
      : [];
  }
  const claims: Claim[] = [];
  const spokenOf = /\b(?:lay-?offs?|cuts|trend|redundancies|job losses)\b/i.test(sentence);
  const of =
    /\b(?:smaller|larger|bigger)\b/i.test(sentence) && spokenOf ? "cut size" : movingIn(sentence);
  const yearly = YEAR_ON_YEAR.test(sentence);
  const direction = UP.test(sentence) ? 1 : DOWN.test(sentence) ? -1 : undefined;
  const topic = unmeasuredIn(sentence);
  const goesOn = (spokenOf && CONTINUES.test(sentence)) || KEEPS_CUTTING.test(sentence);
  if (goesOn && subjects.groups.length === 0)
    claims.push(claim({ kind: "continues" }, sentence, latestOf(times)));
  else if (of !== undefined && FLAT.test(sentence))
    claims.push(claim({ kind: "moved", of, direction: 0, yearly }));
  else if (
    of !== undefined &&
    direction !== undefined &&
    (spokenOf || of !== "people") &&
    !/\b(?:share price|stocks?|revenues?)\b/i.test(sentence)
  )
    claims.push(
      claim({
        kind: "moved",
        of,
        direction: /\bsmaller\b/i.test(sentence) ? -1 : direction,
        yearly,
      }),
    );
  else if (subjects.groups.length > 0 && LAYOFF.test(sentence))
    claims.push(claim({ kind: "happened" }));
  if (topic !== undefined && (claims.length === 0 || /target|surgical|selective/i.test(sentence)))
    claims.push(
      claim(
        { kind: "unmeasured", why: `No source here measures ${topic.what}.` },
        claims.length === 0 ? sentence : topic.words,
      ),
    );
  return claims;
}

/** A figure's place among others, said beside it. */
const RANKING =
  /\b(?:(?:the )?most of (?:all|any) (?:the )?(?:sectors?|industr(?:y|ies))|(?:more|most|higher) than (?:in )?any other \p{L}+|(?:the )?(?:most|highest|worst|lowest|fewest) (?:in|of|for|since) (?:any|a|the|at least|more than|\d)[^,.;]{0,40}|(?:on record|a record (?:high|low)))/iu;

function latestOf(times: readonly Time[]): Time | undefined {
  return times.toSorted((a, b) => (a.days.to < b.days.to ? 1 : -1))[0];
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
    },
  };
}

function claimOf(
  read: ReadSentence,
  text: string,
  meant: About,
  { amount, time, group }: { amount?: Amount; time: Time | undefined; group: Group | undefined },
): Claim {
  const about = denied(read.sentence, meant);
  const { sentence, thread } = read;
  const { subject, why } = subjectOf(read.sentence, about, group, {
    market: read.market,
    subjects: read.subjects,
    before: read.thread.companies,
  });
  // A company's figure is of a time said with it, or of the event it fits; the market's is of the time the text speaks of.
  const isOfOne = subject.companies.length > 0;
  const isElsewhere =
    isOfOne && amount !== undefined && time !== undefined && isApart(sentence, amount, time);
  const carried = isOfOne || !isOfLayoffs(about) ? undefined : thread.time;
  const when = isElsewhere ? undefined : (time ?? carried);
  return {
    text: clipped(text),
    ...(amount && { amount }),
    about: why === undefined ? about : { kind: "unmeasured", why },
    ...(when && { time: when }),
    subject,
  };
}

/** Whether something joins another clause between a figure and a time. */
function isApart(sentence: string, amount: Amount, time: Time): boolean {
  const between =
    time.start >= amount.end
      ? sentence.slice(amount.end, time.start)
      : sentence.slice(time.end, amount.start);
  return (between.match(JOINTS) ?? []).length > 0;
}

/** How many neighbours of a figure are weighed: those with the least between. */
const NEIGHBOURS_MOST = 4;
const JOINTS =
  /;|,? (?:and|but|while|whereas|compared|against|versus|vs|after|up from|down from)\b/gi;

/** The time nearest to a figure; another figure or a joining word between them counts as distance, and times follow more often than they lead. */
function timeFor(
  amount: Amount,
  times: readonly Time[],
  amounts: readonly Amount[],
  sentence: string,
): Time | undefined {
  return nearest(amount, times, amounts, sentence, ({ between, figures, isAfter }) => {
    const joints = between.match(JOINTS)?.length ?? 0;
    return between.length + 40 * figures + 30 * joints + (isAfter ? 0 : 10);
  });
}

/** The companies a figure is of: right after it behind "at", else the nearest before, else the nearest after. */
function groupFor(
  amount: Amount,
  groups: readonly Group[],
  amounts: readonly Amount[],
  sentence: string,
): Group | undefined {
  return nearest(amount, groups, amounts, sentence, ({ between, figures, isAfter }) => {
    const isAt =
      isAfter && figures === 0 && /^[^,;]{0,40}\b(?:at|from|by) (?:the )?$/i.test(between);
    return isAt ? 0 : between.length + 40 * figures + (isAfter ? 15 : 0);
  });
}

/** What stands between a figure and something else of its sentence. */
interface Gap {
  readonly between: string;
  /** Other figures in it. */
  readonly figures: number;
  readonly isAfter: boolean;
}

function nearest<T extends Stretch>(
  amount: Amount,
  others: readonly T[],
  amounts: readonly Amount[],
  sentence: string,
  far: (gap: Gap) => number,
): T | undefined {
  const ends = (other: T) =>
    other.start >= amount.end
      ? { start: amount.end, end: other.start }
      : { start: other.end, end: amount.start };
  const length = (other: T) => ends(other).end - ends(other).start;
  return others
    .toSorted((a, b) => length(a) - length(b))
    .slice(0, NEIGHBOURS_MOST)
    .map((other) => {
      const { start, end } = ends(other);
      const figures = amounts.filter(
        (figure) => figure !== amount && figure.start >= start && figure.end <= end,
      ).length;
      const isAfter = other.start >= amount.end;
      return { other, far: far({ between: sentence.slice(start, end), figures, isAfter }) };
    })
    .sort((a, b) => a.far - b.far)[0]?.other;
}

/** The figure with the words it is of: "over 260,000 employees". */
function quoteOf(sentence: string, amount: Amount, to: number): string {
  const after = sentence.slice(amount.end, to);
  const stop = after.search(
    /[,;:()]|\s(?:at|in|from|across|by|for|on|with|since|during|and|as|when|while|that|which|saw|have|has|had|than|but|lose|lost|were|was|laid|cut)\b|\.(?:\s|$)/i,
  );
  const words = /^(?:\s*\S+){0,5}/.exec(stop < 0 ? after : after.slice(0, stop))?.[0] ?? "";
  return sentence.slice(amount.start, amount.end + words.trimEnd().length).trim();
}

function clipped(text: string): string {
  const characters = Array.from(text.trim().replace(/[\s.;,:•]+$/u, ""));
  return characters.length <= QUOTE_CHARACTERS
    ? characters.join("")
    : `${characters.slice(0, QUOTE_CHARACTERS - 1).join("")}…`;
}
