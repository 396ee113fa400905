import { cite } from "../fault.ts";
import type { Company } from "../market/company.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { amountsIn } from "./amounts.ts";
import type { Amount } from "./amounts.ts";
import type { About, Claim } from "./claim.ts";
import { clausesOf } from "./clauses.ts";
import type { Clause } from "./clauses.ts";
import { headingOf, isLabel, isLine, listedIn } from "./lists.ts";
import type { Heading, Listed } from "./lists.ts";
import { NUMBER_OF_POSTINGS, meaningOf, movingIn } from "./meaning.ts";
import { namesOf } from "./subjects.ts";
import type { Group, Names, Subjects } from "./subjects.ts";
import { READ_CHARACTERS, readable, sentencesOf, without } from "./text.ts";
import type { Stretch } from "./text.ts";
import { timesIn, unclearTimeIn, yearBefore } from "./times.ts";
import type { Time } from "./times.ts";
import { TECH, isOfLayoffs, subjectOf } from "./whom.ts";
import {
  AHEAD,
  AI,
  ASKED,
  CONTINUES,
  KEEPS_CUTTING,
  MEASURED_IN_WORDS,
  MOVED_IN_WORDS,
  POSTINGS,
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
  readonly isOfTech: boolean;
  /** What stands above a list. */
  readonly heading?: Heading;
}

/** A clause of a sentence that denies, or else the whole sentence. */
interface ReadSentence {
  readonly market: Market;
  readonly sentence: string;
  readonly isDenied: boolean;
  /** It is one clause of several. */
  readonly isPart: boolean;
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
      const within = clauseOf(clause, { market, sentence, times, subjects, thread, names });
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
      isOfLayoffs: thread.isOfLayoffs || LAYOFF.test(sentence),
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
  return { heading: headingOf(sentence, times, subjects) };
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
  const labels = times.filter((time) => isLabel(time, sentence, subjects));
  const told = times.filter((time) => !labels.includes(time));
  const lists = listedIn({ sentence, amounts, times: told, subjects, heading: thread.heading });
  amounts.forEach((amount, index) => {
    const listed = lists.get(amount);
    const from = amounts[index - 1]?.end ?? 0;
    const to = found[index + 1]?.start ?? sentence.length;
    const meant = meaningOf(amount, {
      sentence: masked,
      from,
      to,
      isOfLayoffs: thread.isOfLayoffs,
    });
    if (meant === undefined && listed?.about === undefined) return;
    const last = claims.at(-1);
    // "165,000 were laid off in 2022 and 263,000 in 2023": a bare second figure is of the same.
    const about =
      meant === undefined
        ? UNSAID
        : meant.kind === "unmeasured" && UNTOLD.has(meant.why) && last?.amount?.kind === amount.kind
          ? last.about
          : meant;
    const quote = quoteOf(sentence, amount, to);
    const label = told.length === 0 ? labels[0] : undefined;
    if (listed) {
      const perhaps = listed.perhaps ?? (listed.time === undefined ? label : undefined);
      claims.push(
        claimOf(read, quote, listed.about ?? about, {
          amount,
          time: listed.time,
          group: listed.group,
          listed: { ...listed, ...(perhaps && { perhaps }) },
        }),
      );
      return;
    }
    const group = groupFor(amount, subjects.groups, amounts, sentence);
    const own = timeFor(amount, told, amounts, sentence);
    // "Down 59 % from a year ago" is a change until now, "167,000 a year ago" a figure of then.
    const isOfThen = about.kind !== "change" && AGO.test(sentence.slice(amount.end, to));
    const against = about.kind === "change" ? againstIn(amount, times, sentence) : undefined;
    const time = against ?? (own && isOfThen ? yearBefore(own) : own);
    const perhaps = time === undefined && label ? { perhaps: label } : {};
    claims.push({ ...claimOf(read, quote, about, { amount, time, group }), ...perhaps });
  });
  return { claims, unread: found.length - amounts.length };
}

/** "7,403 in March, down 53 % from February": what the change is measured from follows it, and what to stands before. */
function againstIn(amount: Amount, times: readonly Time[], sentence: string): Time | undefined {
  const base = times.find(
    ({ start, sides }) =>
      start >= amount.end &&
      sides === undefined &&
      /^[^,;]{0,30}\b(?:from|than|versus|vs\.?|against|compared (?:with|to))(?: (?:in|during|the))* $/i.test(
        sentence.slice(amount.end, start),
      ),
  );
  const after = times.findLast(({ end, sides }) => end <= amount.start && sides === undefined);
  return base && after && base.days.from < after.days.from
    ? { ...after, sides: { before: base.days, after: after.days } }
    : undefined;
}

/** "Layoffs in Q1 2024 were lower than in Q1 2023": of two times apart, the one behind "than" is what the other is laid beside. */
function comparedIn(times: readonly Time[], sentence: string): Time | undefined {
  const base = times.find(
    ({ start, sides }) => sides === undefined && COMPARED.test(sentence.slice(0, start)),
  );
  const others = times.filter((time) => time !== base && time.sides === undefined);
  const [after] = others;
  return base && after && others.length === 1
    ? { ...after, sides: { before: base.days, after: after.days } }
    : undefined;
}

const COMPARED =
  /\b(?:than|versus|vs\.?|against|compared (?:with|to))(?: (?:in|during|those of|the|that of))* $/i;

const UNSAID: About = { kind: "unmeasured", why: "It does not say of what." };

/** Why a bare figure means nothing by itself. */
const UNTOLD = new Set([UNSAID.why, "No source here measures that share."]);

/** Said right after a figure: it is of the same days a year before the time spoken of. */
const AGO =
  /^\s*(?:\p{L}+ ){0,2}(?:(?:a|one|the) year (?:earlier|ago|before)|(?:in )?the same (?:period|quarter|time|month) (?:of )?last year)\b/iu;

const DENIAL: About = {
  kind: "unmeasured",
  why: "It is denied, or may be; asked without the denial it can be checked.",
};

function denied({ isDenied, isPart }: ReadSentence, meant: About): About {
  return isDenied && (isPart || meant.kind !== "unmeasured") ? DENIAL : meant;
}

/** Sentences that claim something without a figure: that it happened, goes on, moved; or what nobody here measures. */
function wordClaims(read: ReadSentence, figured: readonly Claim[]): Claim[] {
  const hasFigure = figured.length > 0;
  const isRanked = figured.some(({ about }) => about.kind === "largest cut");
  const { sentence, times, subjects } = read;
  // All of them: what is said of two companies is not so where it is so of one.
  const group = subjects.groups[0] && {
    ...subjects.groups[0],
    companies: [...new Set(subjects.groups.flatMap(({ companies }) => companies))],
  };
  const claim = (about: About, text = sentence, time = times[0]): Claim =>
    claimOf(read, text, about, { time, group });
  // Of several clauses the one that denies is shown as well, so that nobody takes it for checked.
  if (!hasFigure && read.isDenied && read.isPart)
    return LAYOFF.test(sentence) ? [claim(DENIAL, sentence.replace(JOINING, ""))] : [];
  if (hasFigure) {
    const ranking = isRanked ? null : RANKING.exec(sentence);
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
  const said = without(sentence, times);
  const moves = of !== undefined && (direction !== undefined || FLAT.test(sentence));
  if (AI.test(sentence) && POSTINGS.test(sentence) && of !== "AI share" && direction !== undefined)
    claims.push(
      claim({ kind: "unmeasured", why: `No source here measures ${NUMBER_OF_POSTINGS}.` }),
    );
  else if (ASKED.test(sentence) && LAYOFF.test(sentence))
    claims.push(
      claim({ kind: "unmeasured", why: "It asks and states nothing; /layoffs answers questions." }),
    );
  else if (
    (moves && MOVED_IN_WORDS.test(said)) ||
    (!moves && !goesOn && subjects.groups.length > 0 && MEASURED_IN_WORDS.test(said)) ||
    (moves && subjects.groups.length > 0 && /\bthan\b/i.test(sentence))
  )
    claims.push(
      ...(spokenOf || LAYOFF.test(sentence)
        ? [
            claim({
              kind: "unmeasured",
              why: "It compares or measures in words, without a figure that can be checked.",
            }),
          ]
        : []),
    );
  else if (goesOn && subjects.groups.length === 0)
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
      claim(
        {
          kind: "moved",
          of,
          direction: /\bsmaller\b/i.test(sentence) ? -1 : direction,
          yearly,
        },
        sentence,
        comparedIn(times, sentence) ?? times[0],
      ),
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

/** What joins a clause to the one before it. */
const JOINING = /^[\s,]*(?:but|and|yet|while|whereas|although|(?:even )?though|because)\s/i;

/** A figure's place among others, said beside it. */
const RANKING =
  /\b(?:(?:the )?most of (?:all|any) (?:the )?(?:sectors?|industr(?:y|ies))|(?:more|most|higher) than (?:in )?any (?:other )?\p{L}+|(?:the )?(?:most|highest|worst|lowest|fewest) (?:in|of|for|since) (?:any|a|the|at least|more than|\d)[^,.;]{0,40}|the (?:second[- ]|third[- ])?(?:largest|biggest|worst|highest|lowest|smallest|busiest)\b(?! (?:companies|firms|employers|tech))[^,.;(\d]{0,40}|(?:on record|a record (?:high|low)))/iu;

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
      saysTech: false,
      isPlace: false,
    },
  };
}

function claimOf(
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
    ...(part && isOfOne && amount !== undefined && { unread: part }),
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
  { sentence, subjects }: ReadSentence,
  about: About,
  { amount, group }: { readonly amount: Amount | undefined; readonly group: Group | undefined },
): About {
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
      : subjects.strange.find(({ start }) =>
          /\b(?:in|across|throughout) (?:the |its |their )?$/i.test(
            sentence.slice(Math.max(0, start - 18), start),
          ),
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
  return nearest(amount, groups, amounts, sentence, ({ between, rest, figures, isAfter }) => {
    const isAt =
      isAfter && figures === 0 && /^[^,;]{0,40}\b(?:at|from|by) (?:the )?$/i.test(between);
    // "10,000 Microsoft employees".
    const isTheirs =
      isAfter &&
      between === " " &&
      /^(?:'s)? (?:employees|workers|staff(?:ers)?|jobs|people)\b/.test(rest);
    // "…, Microsoft 10,000": a name with a figure of its own.
    const isOfNext = isAfter && /^ \(?[~$]?\d/.test(rest);
    return isAt || isTheirs
      ? 0
      : between.length + 40 * figures + (isAfter ? 15 : 0) + (isOfNext ? 100 : 0);
  });
}

/** What stands between a figure and something else of its sentence. */
interface Gap {
  readonly between: string;
  /** What stands behind the latter of the two. */
  readonly rest: string;
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
      const between = sentence.slice(start, end);
      const rest = sentence.slice(isAfter ? other.end : amount.end);
      return { other, far: far({ between, rest, figures, isAfter }) };
    })
    .sort((a, b) => a.far - b.far)[0]?.other;
}

/** The figure with the words it is of: "over 260,000 employees". */
function quoteOf(sentence: string, amount: Amount, to: number): string {
  const after = sentence.slice(amount.end, to);
  const stop = after.search(
    /[,;:()|]|\s(?:at|in|from|across|by|for|on|with|since|during|and|as|when|while|that|which|or|saw|have|has|had|than|but|lose|lost|were|was|laid|cut)\b|\.(?:\s|$)/i,
  );
  const words = /^(?:\s*\S+){0,5}/.exec(stop < 0 ? after : after.slice(0, stop))?.[0] ?? "";
  return sentence.slice(amount.start, amount.end + words.trimEnd().length).trim();
}

function clipped(text: string): string {
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
