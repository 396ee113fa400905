import { addDays, addMonths, addYears, endOf, isDay, startOf } from "../market/calendar.ts";
import type { CalendarStep } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { spanLabel } from "../market/period.ts";
import type { Stretch } from "./text.ts";

/** First and last day, both included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** When a figure is said to hold, with its place in the sentence. */
export interface Time extends Stretch {
  /** Cut to the day of knowledge. */
  readonly days: Days;
  /** The last day it has once it is over. */
  readonly until: Day;
  /** "so far", "to 17 March", "since": said of a time that is still running. */
  readonly running: boolean;
  /** "Since January": where it began is said, and not what it is compared with. */
  readonly isSince?: true;
  /** Of two times joined by to, against or from: what a change is measured between. */
  readonly sides?: { readonly before: Days; readonly after: Days };
  readonly label: string;
}

const MONTHS =
  "january,february,march,april,may,june,july,august,september,october,november,december".split(
    ",",
  );
const MONTH =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const YEAR = String.raw`(?:19[89]|20[0-4])\d`;
const NOUNS =
  "companies|firms|employers|startups|start-ups|people|employees|workers|jobs|staff|staffers|roles|positions|layoffs|cuts|events|redundancies";
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  "1st": 1,
  second: 2,
  "2nd": 2,
  third: 3,
  "3rd": 3,
  fourth: 4,
  "4th": 4,
  final: 4,
  last: 4,
};
const COUNTS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** One word of time: its year where it says one, and its days once the year is known. */
interface Atom extends Stretch {
  readonly year: number | undefined;
  readonly days: (year: number) => Days | undefined;
  /** It counts back from now and knows its year. */
  readonly relative: boolean;
  readonly running: boolean;
  readonly step: CalendarStep | "span";
}

const SMALL = String.raw`\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve`;
/** First month of a season, as the northern half of the world counts. */
const SEASONS: Readonly<Record<string, number>> = { spring: 3, summer: 6, autumn: 9, fall: 9 };

type Groups = Readonly<Record<string, string | undefined>>;
type Read = (groups: Groups, now: Day) => Omit<Atom, keyof Stretch> | undefined;

const FORMS: readonly (readonly [form: RegExp, read: Read])[] = [
  [
    /(?<![\d-])(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?![\d-])/g,
    ({ y, m, d }) => dayAtom(y, Number(m), Number(d)),
  ],
  [
    /(?<![\d-])(?<y>(?:19|20)\d{2})-(?<m>0[1-9]|1[0-2])(?![\d-])/g,
    ({ y, m }) => monthAtom(y, Number(m)),
  ],
  [
    new RegExp(
      String.raw`(?<![\d,.])(?<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<m>${MONTH})\b\.?(?:,? (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ y, m, d }) => dayAtom(y, monthNumber(m), Number(d)),
  ],
  [
    new RegExp(
      String.raw`\b(?<m>${MONTH})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?(?![\d%]|[,.]\d| ?(?:%|percent|per cent)| (?:[a-z-]+ ){0,2}(?:${NOUNS})\b)(?:,? (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ y, m, d }) => dayAtom(y, monthNumber(m), Number(d)),
  ],
  [
    new RegExp(String.raw`\b(?<m>${MONTH})\b\.?,?(?: of)? (?<y>${YEAR})(?!\d)`, "gi"),
    ({ y, m }) => monthAtom(y, monthNumber(m)),
  ],
  [
    new RegExp(
      String.raw`\bQ(?<q>[1-4])(?:,? ?(?:of )?(?:FY ?)?(?<y>${YEAR})(?!\d))?(?![\p{L}\d])`,
      "giu",
    ),
    ({ y, q }) => quarterAtom(y, Number(q)),
  ],
  [
    new RegExp(String.raw`(?<!\d)(?<y>${YEAR})[ -]?Q(?<q>[1-4])(?!\d)`, "gi"),
    ({ y, q }) => quarterAtom(y, Number(q)),
  ],
  [
    new RegExp(
      String.raw`\b(?<o>first|second|third|fourth|1st|2nd|3rd|4th|final) quarter(?:,? (?:of )?(?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ y, o }) => quarterAtom(y, ORDINALS[o?.toLowerCase() ?? ""] ?? 1),
  ],
  [
    new RegExp(String.raw`\bH(?<h>[12]),? ?(?:of )?(?<y>${YEAR})(?!\d)`, "gi"),
    ({ y, h }) => halfAtom(y, Number(h)),
  ],
  [
    new RegExp(String.raw`\b(?<o>first|second) half(?: of (?<y>${YEAR})(?!\d))?`, "gi"),
    ({ y, o }) => halfAtom(y, ORDINALS[o?.toLowerCase() ?? ""] ?? 1),
  ],
  [
    new RegExp(
      String.raw`\b(?<e>early|late|beginning of|start of|end of)(?: in)? (?<y>${YEAR})(?!\d)`,
      "gi",
    ),
    ({ y, e }) => quarterAtom(y, /late|end/i.test(e ?? "") ? 4 : 1),
  ],
  [
    new RegExp(String.raw`\b(?:mid|middle of)[- ](?:in )?(?<y>${YEAR})(?!\d)`, "gi"),
    ({ y }) => monthsAtom(y, 4, 6),
  ],
  [
    new RegExp(
      String.raw`\b(?<s>spring|summer|autumn|fall)(?: of| in)?,? (?<y>${YEAR})(?!\d)`,
      "gi",
    ),
    ({ y, s }) => monthsAtom(y, SEASONS[s?.toLowerCase() ?? ""] ?? 1, 3),
  ],
  [
    new RegExp(
      String.raw`\b(?<e>first|last|final|opening|closing) (?<n>${SMALL}) (?<u>day|week|month|quarter)s? (?:of|in) (?:the )?(?:(?<m>${MONTH})\b\.?,?(?: of)? ?)?(?:(?:year )?(?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ e, n, u, m, y }) =>
      m === undefined && y === undefined
        ? undefined
        : endAtom(y, m, /last|final|closing/i.test(e ?? ""), numberOf(n), u ?? "day"),
  ],
  [
    new RegExp(
      String.raw`\b(?<e>early|mid|late|(?:the )?(?:start|beginning|middle|end) of)[- ](?<m>${MONTH})\b\.?,?(?: of)?(?: (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ e, m, y }) => partAtom(y, monthNumber(m), e ?? ""),
  ],
  [
    new RegExp(
      String.raw`\b(?<o>first|second) half of (?<m>${MONTH})\b\.?,?(?: (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ o, m, y }) =>
      daysAtom(
        y,
        monthNumber(m),
        ORDINALS[o?.toLowerCase() ?? ""] === 1 ? 1 : 16,
        ORDINALS[o?.toLowerCase() ?? ""] === 1 ? 15 : 31,
      ),
  ],
  [
    new RegExp(
      String.raw`\b(?:the )?(?<o>first|second|third|last|final) week of (?<m>${MONTH})\b\.?,?(?: (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ o, m, y }) => {
      const week = ORDINALS[o?.toLowerCase() ?? ""] ?? 1;
      return week > 3
        ? endAtom(y, m, true, 1, "week")
        : daysAtom(y, monthNumber(m), 7 * week - 6, 7 * week);
    },
  ],
  [
    new RegExp(
      String.raw`(?<![\d.,$€£#-]|\p{L}-)(?<y>${YEAR})(?![\d%]|[.,]\d| ?(?:%|percent)| (?:[a-z-]+ )?(?:people|employees|workers|jobs|staff|companies|firms)\b)`,
      "giu",
    ),
    ({ y }) => calendarAtom("year", y, (year) => `${year}-01-01`),
  ],
  [
    /\b(?:year[ -]to[ -]date|ytd|so far this year|this year so far|since the (?:start|beginning) of (?:the|this) year|this year)\b/gi,
    (_, now) => running("year", now),
  ],
  [
    /\b(?:so far this|this)(?<r> quarter| month| week)(?: so far)?\b/gi,
    ({ r }, now) => running(stepOf(r), now),
  ],
  [
    /\b(?:last|previous|prior)(?<r> year| quarter| month| week)\b/gi,
    ({ r }, now) => previous(stepOf(r), now),
  ],
  [
    /\b(?:next|the coming)(?<r> year| quarter| month| week)\b/gi,
    ({ r }, now) => following(stepOf(r), now),
  ],
  [
    /\b(?:last|past|previous|trailing) (?<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?<u>day|week|month|year)s?\b/gi,
    ({ n, u }, now) => rolling(n ?? "1", u ?? "day", now),
  ],
  [/\bpast(?<r> year| month| week)\b/gi, ({ r }, now) => rolling("1", (r ?? " week").trim(), now)],
  [
    /\b(?<d>yesterday|today)\b/gi,
    ({ d }, now) => fixed(addDays(now, /y/i.test(d?.[0] ?? "") ? -1 : 0)),
  ],
  [
    new RegExp(
      String.raw`(?<=\b(?:in|since|during|of|for|last|this|by|through|until|till|to|from|and|between|early|late|mid|–|-) ?)(?<m>${MONTH})\b\.?`,
      "gi",
    ),
    ({ m }) =>
      m === "may" || m === "march" || m === "mar"
        ? undefined
        : monthAtom(undefined, monthNumber(m)),
  ],
  [
    new RegExp(
      String.raw`\b(?<m>${MONTHS.filter((name) => name !== "may")
        .map((name) => `${name[0]!.toUpperCase()}${name.slice(1)}`)
        .join("|")})\b(?=\s*(?:–|-|to|and|alone|saw|was|had|'s|layoffs|cuts|,|\.|$))`,
      "g",
    ),
    ({ m }) => monthAtom(undefined, monthNumber(m?.toLowerCase())),
  ],
];

/** Between two times: they are the ends of one stretch. */
const TO = /^[\s,(]*(?:so far)?[\s,(]*(?:to|through|thru|until|till|up to|–|-|->|→)\s*(?:the )?$/i;
const AND = /^ and (?:in )?(?:the )?$/i;
/** Between two times: the first is compared with the second. */
const AGAINST =
  /^[\s,]*(?:vs\.?|versus|compared (?:with|to)|against|than(?: in| during)?|over|from)\s*(?:(?:the |in |those of |that of )*(?:same (?:period|days|time|months?|quarter) (?:of|in|last) )?)$/i;
const UP_TO = /\b(?:to|until|till|through|up to|as of|as at|by)\s+(?:the )?$/i;
const SINCE = /\b(?:since|starting)\s+(?:the )?$/i;
const SO_FAR = /^\s*,?\s*(?:so far|to date|alone so far|and counting)\b/i;

/** Times whose days are not the same for everyone: a winter has two years, a fiscal year is each company's own. */
const UNCLEAR = new RegExp(
  String.raw`\b(?:winter|fiscal(?: year)?|FY|holiday season)(?: of| in)?,? ?'?(?:${YEAR}|\d\d)(?!\d)`,
  "i",
);

/** The words of a time whose days are not known, as written; undefined where every time is clear. */
export function unclearTimeIn(sentence: string): string | undefined {
  return UNCLEAR.exec(sentence)?.[0];
}

/**
 * The times a sentence names, in order, counted back from `now`. A month or quarter without a year takes it from its
 * neighbour, else from `lastYear` (the text before), else it is the latest that has begun.
 */
export function timesIn(sentence: string, now: Day, lastYear?: number): readonly Time[] {
  const atoms = atomsIn(sentence, now);
  const named = new Set(atoms.flatMap(({ year, relative }) => (relative ? [] : (year ?? []))));
  // "18,000 in January 2023 and 9,000 in March": of one year alone, said before or after.
  const near = named.size === 1 ? [...named][0] : lastYear;
  const times: Time[] = [];
  for (let index = 0; index < atoms.length; index++) {
    const [atom, next] = [atoms[index]!, atoms[index + 1]];
    const joined = next && pairOf(sentence, atom, next, now, near);
    if (joined) index++;
    const time = joined ?? single(sentence, atom, now, near);
    if (time) times.push(time);
  }
  return times;
}

/** The same days a year earlier. */
export function yearBefore(time: Time): Time {
  const days = { from: addYears(time.days.from, -1), to: addYears(time.days.to, -1) };
  const until = addYears(time.until, -1);
  const place = { start: time.start, end: time.end };
  return { ...place, days, until, running: time.running, label: spanLabel(days.from, days.to) };
}

function atomsIn(sentence: string, now: Day): readonly Atom[] {
  const found: Atom[] = [];
  for (const [form, read] of FORMS)
    for (const match of sentence.matchAll(form)) {
      const atom = read(match.groups ?? {}, now);
      if (atom)
        found.push({ ...atom, start: match.index, end: match.index + match[0].trimEnd().length });
    }
  const kept: Atom[] = [];
  for (const atom of found.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (atom.start >= (kept.at(-1)?.end ?? 0)) kept.push(atom);
  return kept;
}

function pairOf(
  sentence: string,
  first: Atom,
  second: Atom,
  now: Day,
  lastYear: number | undefined,
): Time | undefined {
  const between = sentence.slice(first.end, second.start);
  const isAlike = AND.test(between) && first.step === second.step;
  const isStretch = TO.test(between) || isAlike;
  if (!isStretch && !AGAINST.test(between)) return undefined;
  const secondDays = daysOf(second, now, first.year ?? lastYear);
  const firstDays = daysOf(first, now, second.year ?? yearOf(secondDays) ?? lastYear);
  if (!secondDays || !firstDays) return undefined;
  const place = { start: first.start, end: second.end };
  const [one, other] = [cut(firstDays, now), cut(secondDays, now)];
  if (!isStretch)
    return {
      ...timeOf(place, firstDays, first.running, now),
      sides: { before: other, after: one },
    };
  if (secondDays.to < firstDays.from) return undefined;
  const stretch = { from: firstDays.from, to: secondDays.to };
  // "in 2024 to 17 March": the year is still running on that day.
  if (firstDays.from <= secondDays.from && secondDays.to <= firstDays.to)
    return timeOf(place, stretch, true, now);
  return {
    ...timeOf(place, stretch, second.running, now),
    sides: { before: one, after: other },
  };
}

function single(
  sentence: string,
  atom: Atom,
  now: Day,
  lastYear: number | undefined,
): Time | undefined {
  const days = daysOf(atom, now, lastYear);
  if (!days) return undefined;
  const before = sentence.slice(Math.max(0, atom.start - 16), atom.start);
  const soFar = SO_FAR.exec(sentence.slice(atom.end));
  const place = { start: atom.start, end: atom.end + (soFar?.[0].length ?? 0) };
  if (SINCE.test(before))
    return { ...timeOf(place, { from: days.from, to: now }, true, now), isSince: true };
  if (UP_TO.test(before) && atom.step !== "year" && !atom.relative)
    return timeOf(place, { from: startOf("year", days.from), to: days.to }, true, now);
  return timeOf(place, days, atom.running || soFar !== null, now);
}

function daysOf(atom: Atom, now: Day, near: number | undefined): Days | undefined {
  const year = atom.year ?? near;
  if (year !== undefined || atom.relative) return atom.days(year ?? 0);
  const thisYear = Number(now.slice(0, 4));
  const days = atom.days(thisYear);
  return days && days.from > now ? atom.days(thisYear - 1) : days;
}

function yearOf(days: Days | undefined): number | undefined {
  return days && Number(days.from.slice(0, 4));
}

function timeOf(place: Stretch, days: Days, isRunning: boolean, now: Day): Time {
  const known = cut(days, now);
  return {
    start: place.start,
    end: place.end,
    days: known,
    until: days.to,
    running: isRunning,
    label: spanLabel(known.from, known.to),
  };
}

function cut(days: Days, now: Day): Days {
  return days.from <= now && days.to > now ? { from: days.from, to: now } : days;
}

function atom(
  step: Atom["step"],
  year: string | undefined,
  days: Atom["days"],
): Omit<Atom, keyof Stretch> {
  return {
    year: year === undefined ? undefined : Number(year),
    days,
    relative: false,
    running: false,
    step,
  };
}

function calendarAtom(step: CalendarStep, year: string | undefined, dayIn: (year: number) => Day) {
  return atom(step, year, (given) => {
    const day = dayIn(given);
    return isDay(day) ? { from: startOf(step, day), to: endOf(step, day) } : undefined;
  });
}

function dayAtom(year: string | undefined, month: number, day: number) {
  return calendarAtom("day", year, (given) => `${given}-${two(month)}-${two(day)}`);
}

function monthAtom(year: string | undefined, month: number) {
  return calendarAtom("month", year, (given) => `${given}-${two(month)}-01`);
}

function quarterAtom(year: string | undefined, quarter: number) {
  return calendarAtom("quarter", year, (given) => `${given}-${two(3 * quarter - 2)}-01`);
}

function halfAtom(year: string | undefined, half: number) {
  return atom("span", year, (given) => {
    const from = `${given}-${half === 1 ? "01" : "07"}-01`;
    return { from, to: endOf("month", addMonths(from, 5)) };
  });
}

function monthsAtom(year: string | undefined, first: number, months: number) {
  return atom("span", year, (given) => {
    const from = `${given}-${two(first)}-01`;
    return { from, to: endOf("month", addMonths(from, months - 1)) };
  });
}

/** Days of a month; a last day it has not is its last. */
function daysAtom(year: string | undefined, month: number, first: number, last: number) {
  return atom("span", year, (given) => {
    const start = `${given}-${two(month)}-01`;
    const end = endOf("month", start);
    const to = addDays(start, last - 1);
    return { from: addDays(start, first - 1), to: to > end ? end : to };
  });
}

/** "Early", "mid" and "late" of a month: its first ten days, the next ten, and the rest. */
function partAtom(year: string | undefined, month: number, part: string) {
  if (/early|start|beginning/i.test(part)) return daysAtom(year, month, 1, 10);
  return /mid/i.test(part) ? daysAtom(year, month, 11, 20) : daysAtom(year, month, 21, 31);
}

/** "The first two months of 2023", "the last 10 days of January": counted from one end of a year or month. */
function endAtom(
  year: string | undefined,
  monthName: string | undefined,
  isLast: boolean,
  n: number,
  unit: string,
) {
  return atom("span", year, (given) => {
    const start = `${given}-${two(monthName === undefined ? 1 : monthNumber(monthName))}-01`;
    const end = endOf(monthName === undefined ? "year" : "month", start);
    const months = /quarter/i.test(unit) ? 3 * n : n;
    const days = /week/i.test(unit) ? 7 * n : n;
    const isByMonth = /month|quarter/i.test(unit);
    if (n < 1) return undefined;
    return isLast
      ? {
          from: isByMonth
            ? addDays(addMonths(addDays(end, 1), -months), 0)
            : addDays(end, 1 - days),
          to: end,
        }
      : {
          from: start,
          to: addDays(isByMonth ? addMonths(start, months) : addDays(start, days), -1),
        };
  });
}

function numberOf(word: string | undefined): number {
  const spelled = COUNTS.indexOf(word?.toLowerCase() ?? "");
  return spelled >= 0 ? spelled : Number(word);
}

function running(step: CalendarStep, now: Day): Omit<Atom, keyof Stretch> {
  return {
    year: Number(now.slice(0, 4)),
    days: () => ({ from: startOf(step, now), to: now }),
    relative: true,
    running: true,
    step,
  };
}

function previous(step: CalendarStep, now: Day): Omit<Atom, keyof Stretch> {
  const last = addDays(startOf(step, now), -1);
  return {
    year: Number(last.slice(0, 4)),
    days: () => ({ from: startOf(step, last), to: last }),
    relative: true,
    running: false,
    step,
  };
}

function following(step: CalendarStep, now: Day): Omit<Atom, keyof Stretch> {
  const first = addDays(endOf(step, now), 1);
  return {
    year: Number(first.slice(0, 4)),
    days: () => ({ from: first, to: endOf(step, first) }),
    relative: true,
    running: false,
    step,
  };
}

function rolling(count: string, unit: string, now: Day): Omit<Atom, keyof Stretch> {
  const n = COUNTS.includes(count.toLowerCase())
    ? COUNTS.indexOf(count.toLowerCase())
    : Number(count);
  const from =
    unit === "day"
      ? addDays(now, 1 - n)
      : unit === "week"
        ? addDays(now, 1 - 7 * n)
        : addDays(unit === "month" ? addMonths(now, -n) : addYears(now, -n), 1);
  return {
    year: undefined,
    days: () => (n > 0 ? { from, to: now } : undefined),
    relative: true,
    running: true,
    step: "span",
  };
}

function fixed(day: Day): Omit<Atom, keyof Stretch> {
  return {
    year: undefined,
    days: () => ({ from: day, to: day }),
    relative: true,
    running: false,
    step: "day",
  };
}

function stepOf(word: string | undefined): CalendarStep {
  const name = word?.trim().toLowerCase();
  return name === "year" || name === "quarter" || name === "month" ? name : "week";
}

function monthNumber(name: string | undefined): number {
  return MONTHS.findIndex((month) => month.startsWith((name ?? "?").slice(0, 3).toLowerCase())) + 1;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
