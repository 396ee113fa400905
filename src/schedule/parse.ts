import { cite, Fault } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import type { Days, Schedule, SpanDay } from "./schedule.ts";
import { WEEKDAYS } from "./schedule.ts";
import { readTime } from "./time-of-day.ts";
import { parseZone } from "./zone.ts";

const LONGEST = 120;
const DEFAULT_TIME = "09:00";

/**
 * A schedule from words: `every monday 09:00 Europe/Berlin`, `mondays and thursdays 9am`, `weekdays 08:30`, `daily 7:00`,
 * `monthly 1st`, `first weekday 09:00`, `monthly last friday`, `quarterly`. Without an hour it is 09:00, without a zone the
 * given one. Throws Fault("bad_schedule") or Fault("bad_zone") that says what would be right and one line to type.
 */
export function parseSchedule(text: string, defaultZone: string): Schedule {
  const typed = text
    .normalize("NFKC")
    .replace(/[\s,;]+/gu, " ")
    .trim();
  if (typed === "") throw refused("A schedule is missing.");
  if (typed.length > LONGEST)
    throw refused(`A schedule has up to ${LONGEST} characters; this has ${typed.length}.`);
  if (isCron(typed)) throw refused(`${cite(typed)} is a cron line; I take words.`);
  const words = readWords(typed.split(" "));
  const zone = words.zone === undefined ? parseZone(defaultZone) : zoneOf(words.zone, words);
  return { days: daysOf(words), time: words.time ?? DEFAULT_TIME, zone };
}

/** What the words said, before it is asked whether it makes sense together. */
interface Words {
  weekdays: number[];
  span: "weekly" | "monthly" | "quarterly" | undefined;
  days: SpanDay[];
  /** "first" or "last", waiting for what it is the first or last of. */
  nth: (SpanDay & { readonly nth: unknown })["nth"] | undefined;
  time: string | undefined;
  /** Words that are none of ours, in one piece: the zone. */
  zone: string | undefined;
}

const FILLER = new Set(["every", "each", "on", "at", "the", "of", "and", "&", "in", "o'clock"]);
const SPANS = new Map([
  ["weekly", "weekly"],
  ["week", "weekly"],
  ["weeks", "weekly"],
  ["monthly", "monthly"],
  ["month", "monthly"],
  ["months", "monthly"],
  ["quarterly", "quarterly"],
  ["quarter", "quarterly"],
  ["quarters", "quarterly"],
] as const);
const GROUPS: ReadonlyMap<string, readonly number[]> = new Map([
  ["daily", [1, 2, 3, 4, 5, 6, 7]],
  ["everyday", [1, 2, 3, 4, 5, 6, 7]],
  ["day", [1, 2, 3, 4, 5, 6, 7]],
  ["days", [1, 2, 3, 4, 5, 6, 7]],
  ["weekdays", [1, 2, 3, 4, 5]],
  ["weekday", [1, 2, 3, 4, 5]],
  ["workdays", [1, 2, 3, 4, 5]],
  ["workday", [1, 2, 3, 4, 5]],
  ["weekends", [6, 7]],
  ["weekend", [6, 7]],
]);
const NTH: ReadonlyMap<string, 1 | 2 | 3 | 4 | "last"> = new Map<string, 1 | 2 | 3 | 4 | "last">([
  ["first", 1],
  ["second", 2],
  ["third", 3],
  ["fourth", 4],
  ["last", "last"],
]);
const NOT_TAKEN: ReadonlyMap<string, string> = new Map([
  ...["other", "fortnightly", "fortnight", "biweekly", "bi-weekly", "alternate"].map(
    (word) => [word, "Every other week is not something I can keep"] as const,
  ),
  ...["hourly", "hour", "hours", "minute", "minutes", "second's"].map(
    (word) => [word, "Once a day is the most often a schedule can come"] as const,
  ),
  ...["yearly", "annually", "annual", "year", "bimonthly"].map(
    (word) => [word, "A schedule comes daily, weekly, monthly or quarterly"] as const,
  ),
]);

function readWords(typed: readonly string[]): Words {
  const words: Words = {
    weekdays: [],
    span: undefined,
    days: [],
    nth: undefined,
    time: undefined,
    zone: undefined,
  };
  for (let at = 0; at < typed.length;) at += readOne(typed, at, words);
  return words;
}

/** Reads the word at a place and whatever belongs to it; gives how many words that were. */
function readOne(typed: readonly string[], at: number, words: Words): number {
  const word = typed[at]!.toLowerCase();
  const following = typed[at + 1]?.toLowerCase() ?? "";
  const refusal = NOT_TAKEN.get(word);
  if (refusal !== undefined) throw refused(`${refusal}: ${cite(typed.join(" "))}.`);
  if (
    /^\d+$/.test(word) &&
    (SPANS.has(following as "week") || /^(days|hours|minutes)$/.test(following))
  )
    throw refused(
      `Every ${cite(`${word} ${following}`)} is not something I can keep: a schedule comes daily, weekly, monthly or quarterly.`,
    );
  if (FILLER.has(word)) return 1;
  const span = SPANS.get(word as "week");
  if (span !== undefined) {
    if (words.span !== undefined && words.span !== span)
      throw refused(`${cite(words.span)} and ${cite(span)} do not go together.`);
    words.span = span;
    return 1;
  }
  const range = weekdayRange(word, following, typed[at + 2]?.toLowerCase() ?? "");
  if (range !== undefined) {
    words.weekdays.push(...range.weekdays);
    return range.taken;
  }
  const nth = NTH.get(word);
  if (nth !== undefined) {
    words.nth = nth;
    return 1;
  }
  const days = daysNamed(word);
  if (days !== undefined) return takeDays(word, days, following, words);
  const numbered = /^(\d{1,2})(st|nd|rd|th)$/.exec(word);
  const bare =
    /^\d{1,2}$/.test(word) &&
    words.span !== undefined &&
    words.span !== "weekly" &&
    words.days.length === 0 &&
    hasTime(typed.slice(at + 1));
  if (numbered || bare) return takeNumber(Number(numbered?.[1] ?? word), words);
  const time = readTime(word, following);
  if (time !== undefined) {
    if (words.time !== undefined)
      throw refused(`Two times of day: ${words.time} and ${time.time}.`);
    words.time = time.time;
    return time.taken;
  }
  return takeZone(typed, at, words);
}

function takeDays(word: string, days: readonly number[], following: string, words: Words): number {
  if (words.nth === undefined) {
    if (word === "day" && /^\d{1,2}$/.test(following))
      return 1 + takeNumber(Number(following), words);
    words.weekdays.push(...days);
    return 1;
  }
  if (days.length === 2) throw refused("Which day of the weekend?");
  words.days.push({
    nth: words.nth,
    of: days.length === 7 ? "day" : days.length === 5 ? "weekday" : days[0]!,
  });
  words.nth = undefined;
  return 1;
}

function takeNumber(number: number, words: Words): number {
  if (number < 1 || number > 31) throw refused(`A month has days 1 to 31; there is no ${number}.`);
  words.days.push({ number });
  return 1;
}

/** Everything unknown in one piece is the zone: `america/new york`. */
function takeZone(typed: readonly string[], at: number, words: Words): number {
  if (words.zone !== undefined) throw misspelt(typed[at]!);
  let end = at + 1;
  while (
    end < typed.length &&
    !isOurs(typed[end]!.toLowerCase(), typed[end + 1]?.toLowerCase() ?? "")
  )
    end++;
  words.zone = typed.slice(at, end).join(" ");
  return end - at;
}

function isOurs(word: string, following: string): boolean {
  // "of" may stand inside a zone (America/Port of Spain); the others start something of ours.
  return (
    (FILLER.has(word) && word !== "of") ||
    SPANS.has(word as "week") ||
    NTH.has(word) ||
    NOT_TAKEN.has(word) ||
    daysNamed(word) !== undefined ||
    /^\d{1,2}(st|nd|rd|th)$/.test(word) ||
    readTime(word, following) !== undefined
  );
}

function hasTime(words: readonly string[]): boolean {
  return words.some(
    (word, at) => readTime(word.toLowerCase(), words[at + 1]?.toLowerCase() ?? "") !== undefined,
  );
}

/** Weekday numbers a word stands for: `mon`, `mondays`, `weekdays`, `daily`. */
function daysNamed(word: string): readonly number[] | undefined {
  const group = GROUPS.get(word);
  if (group !== undefined) return group;
  const name = word.replace(/\.$/, "");
  const at = WEEKDAYS.findIndex(
    (weekday) =>
      name === weekday ||
      name === `${weekday}s` ||
      (/^(mon|tues?|wed|thur?s?|fri|sat|sun)$/.test(name) && weekday.startsWith(name)),
  );
  return at < 0 ? undefined : [at + 1];
}

/** `mon-fri`, `monday - friday`, `monday to friday`. */
function weekdayRange(
  word: string,
  second: string,
  third: string,
): { weekdays: number[]; taken: number } | undefined {
  const [first, last] = word.split(/[-–]/);
  const taken = last === undefined || last === "" ? 3 : 1;
  if (taken === 3 && !/^(-|–|to|until|through)$/.test(second)) return undefined;
  const from = daysNamed(first!);
  const to = daysNamed(taken === 3 ? third : last!);
  if (from?.length !== 1 || to?.length !== 1) return undefined;
  const length = ((to[0]! - from[0]! + 7) % 7) + 1;
  return { weekdays: Array.from({ length }, (_, day) => ((from[0]! - 1 + day) % 7) + 1), taken };
}

function daysOf({ weekdays, span, days, nth }: Words): Days {
  const named = [
    ...days,
    ...(nth === undefined ? [] : [nth === "last" ? { nth, of: "day" as const } : { number: nth }]),
  ];
  if (weekdays.length > 0 && (named.length > 0 || span === "monthly" || span === "quarterly")) {
    const name = weekdays.length === 1 ? WEEKDAYS[weekdays[0]! - 1]! : "weekday";
    throw refused(`Which ${name} of the month?`, `monthly first ${name} 09:00`);
  }
  if (weekdays.length > 0)
    return { kind: "weekdays", weekdays: [...new Set(weekdays)].sort((a, b) => a - b) };
  if (named.length > 1) throw refused("A schedule has one day of the month.", "monthly 15th 09:00");
  if (span === "weekly") {
    if (named.length > 0) throw refused("A week has no such day.");
    return { kind: "weekdays", weekdays: [1] };
  }
  const [day] = named;
  if (day === undefined && span === undefined) throw refused("Which days? A schedule names them.");
  if (
    span === undefined &&
    "nth" in day! &&
    typeof day.nth === "number" &&
    day.nth === 2 &&
    typeof day.of === "number"
  ) {
    const name = WEEKDAYS[day.of - 1]!;
    throw refused(
      `Every other ${name}, or the second ${name} of the month?`,
      `monthly second ${name} 09:00`,
    );
  }
  return { kind: span ?? "monthly", day: canonical(day ?? { number: 1 }) };
}

/** "first day" is the 1st; only "last day" has no number. */
function canonical(day: SpanDay): SpanDay {
  return "nth" in day && day.of === "day" && day.nth !== "last" ? { number: day.nth } : day;
}

/** A word that is no zone is more likely a day misspelt than a place, unless it has the shape of one. */
function zoneOf(typed: string, { weekdays, span, days, nth }: Words): string {
  try {
    return parseZone(typed);
  } catch (fault) {
    const hasDays = weekdays.length + days.length > 0 || span !== undefined || nth !== undefined;
    if (hasDays || typed.includes("/")) throw fault;
    throw misspelt(typed);
  }
}

function misspelt(word: string): Fault {
  const known = [
    ...WEEKDAYS,
    "weekdays",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "first",
    "last",
  ];
  const [near] = nearest(word, known, 1);
  return refused(
    `I cannot read ${cite(word)} as part of a schedule.`,
    near === undefined ? undefined : lineWith(near),
  );
}

function lineWith(word: string): string {
  if (WEEKDAYS.some((weekday) => weekday === word)) return `every ${word} 09:00`;
  return word === "first" || word === "last" ? `monthly ${word} 09:00` : `${word} 09:00`;
}

/** `0 9 * * 1`, `@daily`. */
function isCron(typed: string): boolean {
  return /^@[a-z]+$/i.test(typed) || /^[\d*/,#?LW-]+( [\d*/,#?LW-]+){4,6}$/i.test(typed);
}

function refused(wrong: string, line = "every monday 09:00"): Fault {
  return new Fault(
    "bad_schedule",
    wrong,
    `Type: ${line}. Others: weekdays 08:30, daily 7am, monthly 1st, first weekday, quarterly.`,
  );
}
