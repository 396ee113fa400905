import { Temporal } from "temporal-polyfill";
import {
  DAY_MS,
  addDays,
  dayText,
  endOf,
  lastDayOfMonth,
  next,
  periodLabel,
  startOf,
  weekday,
} from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { parseSpan } from "../market/period-words.ts";
import { remembered } from "./remembered.ts";
import type { Schedule, SpanDay } from "./schedule.ts";

/*
 * A slot is a civil period in the schedule's zone, never an instant: "2026-W10", "2026-03-08", "2026-03", "2026Q1".
 * Summer time, a jumping clock and several processes therefore all speak of the same slot.
 */

/** One slot and the instant it falls due, milliseconds since 1970 UTC. */
export interface Run {
  readonly period: string;
  readonly dueAt: number;
}

/** What one slot is: a day where it comes on several days of a week, else a week, month or quarter. */
export type SlotStep = "day" | "week" | "month" | "quarter";

export function slotStep({ days }: Schedule): SlotStep {
  if (days.kind !== "weekdays") return days.kind === "monthly" ? "month" : "quarter";
  return days.weekdays.length === 1 ? "week" : "day";
}

/** When a slot falls due; undefined when the schedule has no such slot (a Sunday of `weekdays`, "2026-W54"). */
export function dueAt(schedule: Schedule, period: string): number | undefined {
  const step = slotStep(schedule);
  const start = periodStart(step, period);
  const day = start === undefined ? undefined : runDay(schedule, start);
  return day === undefined ? undefined : instantOf(day, schedule);
}

/** The slots due after one instant and not after another, oldest first. */
export function periodsBetween(
  schedule: Schedule,
  afterMs: number,
  untilMs: number,
): readonly Run[] {
  const found: Run[] = [];
  for (const run of runsFrom(schedule, afterMs)) {
    if (run.dueAt > untilMs) break;
    found.push(run);
  }
  return found;
}

/** The next so many slots due after an instant. */
export function nextRuns(schedule: Schedule, fromMs: number, count: number): readonly Run[] {
  const found: Run[] = [];
  for (const run of runsFrom(schedule, fromMs)) {
    if (found.length >= count) break;
    found.push(run);
  }
  return found;
}

/** The civil day a slot runs on, given any day of it; undefined when it has none. */
export function runDay(schedule: Schedule, inside: Day): Day | undefined {
  const step = slotStep(schedule);
  return dayIn(schedule, step, startOf(step, inside));
}

function dayIn({ days }: Schedule, step: SlotStep, start: Day): Day | undefined {
  if (days.kind !== "weekdays") return dayOfSpan(days.day, start, endOf(step, start));
  if (step === "week") return addDays(start, days.weekdays[0]! - 1);
  return days.weekdays.includes(weekday(start)) ? start : undefined;
}

/** The civil day of an instant in a zone. */
export function civilDay(instantMs: number, zone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(instantMs)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** The first day of a slot; undefined when the text names no period of that step. */
export function periodStart(step: SlotStep, period: string): Day | undefined {
  const start = /^\d{4}-W\d\d$|^\d{4}Q[1-4]$|^\d{4}-\d\d(-\d\d)?$/.test(period)
    ? startNamed(period)
    : undefined;
  return start !== undefined && periodLabel(step, start) === period ? start : undefined;
}

function startNamed(period: string): Day | undefined {
  try {
    return parseSpan(period.toLowerCase(), "2099-12-31")?.from;
  } catch {
    return undefined; // a week 54, a month 13: no such period
  }
}

const LAST_DAY = "2099-12-31";

function* runsFrom(schedule: Schedule, afterMs: number): Generator<Run> {
  const step = slotStep(schedule);
  // No zone is a whole day behind UTC, so its day is the UTC day, or one of its neighbours.
  const first = dayText(Math.floor(afterMs / DAY_MS) - 1);
  for (let start = startOf(step, first); start <= LAST_DAY; start = next(step, start)) {
    const day = dayIn(schedule, step, start);
    if (day === undefined) continue;
    const at = instantOf(day, schedule);
    if (at > afterMs) yield { period: periodLabel(step, start), dueAt: at };
  }
}

function dayOfSpan(day: SpanDay, first: Day, last: Day): Day {
  if ("number" in day) {
    const length = lastDayOfMonth(Number(first.slice(0, 4)), Number(first.slice(5, 7)));
    return addDays(first, Math.min(day.number, length) - 1);
  }
  const fits = ({ of }: typeof day, candidate: Day) =>
    of === "day" || (of === "weekday" ? weekday(candidate) <= 5 : weekday(candidate) === of);
  const direction = day.nth === "last" ? -1 : 1;
  let missing = day.nth === "last" ? 1 : day.nth;
  for (
    let candidate = day.nth === "last" ? last : first;
    ;
    candidate = addDays(candidate, direction)
  ) {
    if (fits(day, candidate) && --missing === 0) return candidate;
  }
}

/**
 * The instant of a civil time: its first occurrence where clocks are set back, and the first valid minute after
 * where they are set forward over it.
 */
function instantOf(day: Day, { time, zone }: Schedule): number {
  return instantNamed(`${day}T${time} ${zone}`);
}

const instantNamed = remembered((text) => {
  const [local, zone] = text.split(" ");
  const wall = Temporal.PlainDateTime.from(local!);
  const earlier = wall.toZonedDateTime(zone!, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(wall)) return earlier.epochMilliseconds;
  return (earlier.getTimeZoneTransition("next") ?? earlier).epochMilliseconds;
});
