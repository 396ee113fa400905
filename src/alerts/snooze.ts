import { Temporal } from "temporal-polyfill";
import { Fault, cite } from "../fault.ts";

const LONGEST_DAYS = 90;
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * The end of a snooze in words: `1h`, `8h`, `2d`, `until monday 09:00` (in the zone), `until resolved`. It always has one.
 * Gives milliseconds since 1970, or "resolved".
 */
export function snoozeUntil(text: string, now: number, zone: string): number | "resolved" {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/^until /, "");
  if (words === "resolved") return "resolved";
  const span = /^(\d{1,3})\s*(m|h|d|w)[a-z]*$/.exec(words);
  if (span !== null) {
    const ms = Number(span[1]) * MS[unitOf(span[2])];
    if (ms > 0 && ms <= LONGEST_DAYS * MS.d) return now + ms;
  }
  const weekday = WEEKDAYS.findIndex((name) => words.startsWith(name));
  const time = /(\d{1,2})(?::(\d{2}))?$/.exec(words);
  if (weekday >= 0)
    return nextWeekday(weekday + 1, Number(time?.[1] ?? 9), Number(time?.[2] ?? 0), now, zone);
  throw new Fault(
    "bad_schedule",
    `${cite(text)} is no end for a snooze.`,
    "It takes 1h, 8h, 2d, until monday 09:00, or until resolved; at most 90 days.",
  );
}

function unitOf(letter: string | undefined): keyof typeof MS {
  return letter === "m" || letter === "h" || letter === "w" ? letter : "d";
}

function nextWeekday(
  weekday: number,
  hour: number,
  minute: number,
  now: number,
  zone: string,
): number {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const time = Temporal.PlainTime.from({ hour, minute });
  const days = (weekday - here.dayOfWeek + 7) % 7;
  const first = here
    .toPlainDate()
    .add({ days })
    .toZonedDateTime({ timeZone: zone, plainTime: time });
  const until = first.epochMilliseconds > now ? first : first.add({ days: 7 });
  return until.epochMilliseconds;
}
