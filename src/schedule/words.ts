import { WEEKDAYS } from "./schedule.ts";
import { readTime } from "./time-of-day.ts";

/** One thing a schedule's words say. */
export type Piece =
  | { readonly kind: "filler" }
  /** Numbers from 1, Monday: one, a range or a group ("weekdays", "daily"). */
  | { readonly kind: "weekdays"; readonly weekdays: readonly number[] }
  | { readonly kind: "span"; readonly span: Span }
  | { readonly kind: "nth"; readonly nth: Nth }
  /** "15th". */
  | { readonly kind: "number"; readonly number: number }
  /** "15": a day after "monthly", an hour elsewhere. */
  | { readonly kind: "bare"; readonly number: number; readonly time: string }
  | { readonly kind: "time"; readonly time: string }
  /** A known wish that cannot be kept; `why` is half a sentence. */
  | { readonly kind: "refused"; readonly why: string };

export type Span = "weekly" | "monthly" | "quarterly";
export type Nth = 1 | 2 | 3 | 4 | "last";

const FILLERS = new Set(["every", "each", "on", "at", "the", "of", "and", "&", "in", "o'clock"]);

const SPANS = table<Span>({
  weekly: ["weekly", "week", "weeks"],
  monthly: ["monthly", "month", "months"],
  quarterly: ["quarterly", "quarter", "quarters"],
});

const NTHS = new Map<string, Nth>([
  ["first", 1],
  ["second", 2],
  ["third", 3],
  ["fourth", 4],
  ["last", "last"],
]);

const GROUPS = new Map<string, readonly number[]>([
  ...["daily", "everyday", "day", "days"].map((word) => [word, [1, 2, 3, 4, 5, 6, 7]] as const),
  ...["weekdays", "weekday", "workdays", "workday"].map((word) => [word, [1, 2, 3, 4, 5]] as const),
  ...["weekends", "weekend"].map((word) => [word, [6, 7]] as const),
]);

const REFUSALS = table({
  "Every other week is not something I can keep": [
    "other",
    "alternate",
    "fortnight",
    "fortnightly",
    "biweekly",
    "bi-weekly",
  ],
  "Once a day is the most often a schedule can come": [
    "hourly",
    "hour",
    "hours",
    "minute",
    "minutes",
  ],
  "A schedule comes daily, weekly, monthly or quarterly": [
    "yearly",
    "annually",
    "annual",
    "year",
    "bimonthly",
  ],
});

/** The words a misspelt one is compared with. */
export const KNOWN_WORDS: readonly string[] = [
  ...WEEKDAYS,
  "weekdays",
  "daily",
  "weekly",
  "monthly",
  "quarterly",
  "first",
  "last",
];

/**
 * What the words at a place say, and how many of them; undefined when it is none of a schedule's words. Words come lower-cased.
 * Throws Fault("bad_schedule") for a time of day that does not exist.
 */
export function readPiece(
  words: readonly string[],
  at: number,
): { readonly piece: Piece; readonly taken: number } | undefined {
  const word = words[at]!;
  const following = words[at + 1] ?? "";
  const one = (piece: Piece) => ({ piece, taken: 1 });
  if (FILLERS.has(word)) return one({ kind: "filler" });
  const why = REFUSALS.get(word) ?? everySoMany(word, following);
  if (why !== undefined) return one({ kind: "refused", why });
  const span = SPANS.get(word);
  if (span !== undefined) return one({ kind: "span", span });
  const nth = NTHS.get(word);
  if (nth !== undefined) return one({ kind: "nth", nth });
  const range = weekdayRange(word, following, words[at + 2] ?? "");
  if (range !== undefined) return range;
  const weekdays = weekdaysNamed(word);
  if (weekdays !== undefined) return one({ kind: "weekdays", weekdays });
  const numbered = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (numbered) return one({ kind: "number", number: Number(numbered[1]) });
  const read = readTime(word, following);
  if (read === undefined) return undefined;
  const { time, taken } = read;
  const bare = /^\d{1,2}$/.test(word) && taken === 1;
  return bare
    ? one({ kind: "bare", number: Number(word), time })
    : { piece: { kind: "time", time }, taken };
}

function everySoMany(word: string, following: string): string | undefined {
  const unit = SPANS.has(following) || /^(days|hours|minutes)$/.test(following);
  return unit && /^([2-9]|\d\d)$/.test(word)
    ? "A schedule comes daily, weekly, monthly or quarterly, not every so many"
    : undefined;
}

/** `mon`, `mondays`, `weekdays`, `daily`. */
function weekdaysNamed(word: string): readonly number[] | undefined {
  const group = GROUPS.get(word);
  if (group !== undefined) return group;
  const name = word.replace(/\.$/, "");
  const short = /^(mon|tues?|wed|thur?s?|fri|sat|sun)$/.test(name);
  const at = WEEKDAYS.findIndex(
    (weekday) => name === weekday || name === `${weekday}s` || (short && weekday.startsWith(name)),
  );
  return at < 0 ? undefined : [at + 1];
}

/** `mon-fri`, `monday - friday`, `monday to friday`. */
function weekdayRange(
  word: string,
  second: string,
  third: string,
): { readonly piece: Piece; readonly taken: number } | undefined {
  const joined = /^([a-z]+)[-–]([a-z]+)$/.exec(word);
  if (joined === null && !/^(-|–|to|until|through)$/.test(second)) return undefined;
  const [first] = weekdaysNamed(joined?.[1] ?? word) ?? [];
  const [last] = weekdaysNamed(joined?.[2] ?? third) ?? [];
  if (first === undefined || last === undefined) return undefined;
  const length = ((last - first + 7) % 7) + 1;
  const weekdays = Array.from({ length }, (_, day) => ((first - 1 + day) % 7) + 1);
  return { piece: { kind: "weekdays", weekdays }, taken: joined === null ? 3 : 1 };
}

/** Each word to the heading it stands under. */
function table<Heading extends string>(
  headings: Readonly<Record<Heading, readonly string[]>>,
): ReadonlyMap<string, Heading> {
  const words = new Map<string, Heading>();
  for (const heading in headings) for (const word of headings[heading]) words.set(word, heading);
  return words;
}
