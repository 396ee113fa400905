import { cite, Fault } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import { WEEKDAYS } from "./schedule.ts";
import type { Days, Schedule, SpanDay } from "./schedule.ts";
import { KNOWN_WORDS, readPiece } from "./words.ts";
import type { Nth, Piece, Span } from "./words.ts";
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
  const { pieces, zone } = piecesOf(typed.split(" "));
  const said = saidBy(pieces, typed);
  return {
    days: daysOf(said, zone),
    time: said.time ?? DEFAULT_TIME,
    zone: parseZone(zone ?? defaultZone),
  };
}

/** `0 9 * * 1`, `@daily`. */
function isCron(typed: string): boolean {
  return /^@[a-z]+$/i.test(typed) || /^[\d*/,#?LW-]+( [\d*/,#?LW-]+){4,6}$/i.test(typed);
}

/** Our words piece by piece; what is none of ours, in one place, is the zone: `america/new york`. */
function piecesOf(typed: readonly string[]): {
  pieces: readonly Piece[];
  zone: string | undefined;
} {
  const words = typed.map((word) => word.toLowerCase());
  const pieces: Piece[] = [];
  let zone: string | undefined;
  for (let at = 0; at < words.length;) {
    const read = readPiece(words, at);
    if (read !== undefined) {
      pieces.push(read.piece);
      at += read.taken;
      continue;
    }
    if (zone !== undefined) throw misspelt(typed[at]!);
    const start = at++;
    while (at < words.length && (words[at] === "of" || readPiece(words, at) === undefined)) at++;
    zone = typed.slice(start, at).join(" ");
  }
  return { pieces, zone };
}

/** What the words said, before it is asked whether it makes sense together. */
interface Said {
  readonly weekdays: readonly number[];
  readonly span: Span | undefined;
  /** Days of a month or quarter. */
  readonly days: readonly SpanDay[];
  readonly time: string | undefined;
}

function saidBy(pieces: readonly Piece[], typed: string): Said {
  const weekdays: number[] = [];
  const days: SpanDay[] = [];
  const times: string[] = [];
  const spans = new Set<Span>();
  let nth: Nth | undefined;
  for (const [at, piece] of pieces.entries()) {
    switch (piece.kind) {
      case "refused":
        throw refused(`${piece.why}: ${cite(typed)}.`);
      case "span":
        spans.add(piece.span);
        break;
      case "nth":
        nth = piece.nth;
        break;
      case "number":
        nth = pieces[at + 1]?.kind === "weekdays" ? nthNumbered(piece.number) : undefined;
        if (nth === undefined) days.push(dayNumbered(piece.number));
        break;
      case "time":
        times.push(piece.time);
        break;
      case "bare":
        if (isDayOfMonth(pieces, at)) days.push(dayNumbered(piece.number));
        else times.push(piece.time);
        break;
      case "weekdays":
        if (nth === undefined) weekdays.push(...piece.weekdays);
        else days.push(nthOf(nth, piece.weekdays));
        nth = undefined;
        break;
    }
  }
  if (times.length > 1) throw refused(`Two times of day: ${times.slice(0, 2).join(" and ")}.`);
  if (spans.size > 1) throw refused(`${[...spans].join(" and ")} do not go together.`);
  if (nth !== undefined) days.push(nthOf(nth, [1, 2, 3, 4, 5, 6, 7]));
  return { weekdays, days, span: [...spans][0], time: times[0] };
}

/** In "monthly 15 9:00" the 15 is a day, since a time follows; in "monthly 9" the 9 is the hour. */
function isDayOfMonth(pieces: readonly Piece[], at: number): boolean {
  const before = pieces.slice(0, at).findLast(({ kind }) => kind !== "filler");
  const timeFollows = pieces.slice(at + 1).some(({ kind }) => kind === "time" || kind === "bare");
  return before?.kind === "span" && before.span !== "weekly" && timeFollows;
}

/** The "2nd" of "2nd tuesday". */
function nthNumbered(number: number): Nth {
  if (number === 1 || number === 2 || number === 3 || number === 4) return number;
  throw refused(
    "A month surely has the first to fourth of a weekday, and the last.",
    "monthly last friday 09:00",
  );
}

function dayNumbered(number: number): SpanDay {
  if (number < 1 || number > 31)
    throw refused(`A month has days 1 to 31; there is no ${number}.`, "monthly 1st 09:00");
  return { number };
}

/** "first day" is the 1st; only the last day has no number. */
function nthOf(nth: Nth, weekdays: readonly number[]): SpanDay {
  if (weekdays.length === 7) return nth === "last" ? { nth, of: "day" } : { number: nth };
  if (weekdays.length === 5) return { nth, of: "weekday" };
  const [weekday, another] = weekdays;
  if (weekday === undefined || another !== undefined)
    throw refused("Which of these days of the month?", "monthly first monday 09:00");
  return { nth, of: weekday };
}

function daysOf({ weekdays, span, days }: Said, zone: string | undefined): Days {
  const ofMonth = span === "monthly" || span === "quarterly";
  const [day, another] = days;
  if (weekdays.length > 0) {
    const name = WEEKDAYS[weekdays[0]! - 1]!;
    if (ofMonth || day !== undefined)
      throw refused(`Which ${name} of the month?`, `monthly first ${name} 09:00`);
    return { kind: "weekdays", weekdays: [...new Set(weekdays)].sort((a, b) => a - b) };
  }
  if (another !== undefined)
    throw refused("A schedule has one day of the month.", "monthly 15th 09:00");
  if (span === "weekly") {
    if (day !== undefined) throw refused("A week has no such day.");
    return { kind: "weekdays", weekdays: [1] };
  }
  if (ofMonth) return { kind: span, day: day ?? { number: 1 } };
  if (day === undefined)
    throw zone === undefined ? refused("It does not say which days.") : misspelt(zone);
  if ("nth" in day && day.nth === 2 && typeof day.of === "number") {
    const name = WEEKDAYS[day.of - 1]!;
    throw refused(
      `Every other ${name}, or the second ${name} of a month?`,
      `monthly second ${name} 09:00`,
    );
  }
  return { kind: "monthly", day };
}

function misspelt(word: string): Fault {
  const [near] = nearest(word, KNOWN_WORDS, 1);
  return refused(`I cannot read ${cite(word)} as part of a schedule.`, near && lineWith(near));
}

function lineWith(word: string): string {
  if (WEEKDAYS.some((weekday) => weekday === word)) return `every ${word} 09:00`;
  return word === "first" || word === "last" ? `monthly ${word} 09:00` : `${word} 09:00`;
}

function refused(wrong: string, line = "every monday 09:00"): Fault {
  const others = ["weekdays 08:30", "daily 7am", "monthly 1st", "first weekday", "quarterly"];
  return new Fault("bad_schedule", wrong, `Type: ${line}. Others: ${others.join(", ")}.`);
}
