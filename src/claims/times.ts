import { addYears, startOf } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { spanLabel } from "../market/period.ts";
import type { Stretch } from "./text.ts";
import { atomsIn } from "./time-words.ts";
import type { Atom, Days } from "./word-days.ts";

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

/** Between two times: they are the ends of one stretch. */
const TO = /^[\s,(]*(?:so far)?[\s,(]*(?:to|through|thru|until|till|up to|–|-|->|→)\s*(?:the )?$/i;

const AND = /^ and (?:in )?(?:the )?$/i;

/** Between two times: the first is compared with the second. */
const AGAINST =
  /^[\s,]*(?:vs\.?|versus|compared (?:with|to)|against|than(?: in| during)?|over|from)\s*(?:(?:the |in |those of |that of )*(?:same (?:period|days|time|months?|quarter) (?:of|in|last) )?)$/i;

const UP_TO = /\b(?:to|until|till|through|up to|as of|as at|by)\s+(?:the )?$/i;

const SINCE = /\b(?:since|starting)\s+(?:the )?$/i;

const SO_FAR = /^\s*,?\s*(?:so far|to date|alone so far|and counting)\b/i;

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

/** The time that ends last. */
export function latestOf(times: readonly Time[]): Time | undefined {
  return times.toSorted((a, b) => (a.days.to < b.days.to ? 1 : -1))[0];
}
