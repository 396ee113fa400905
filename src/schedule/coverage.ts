import { addDays, startOf } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Schedule } from "./schedule.ts";
import { civilDay, runDay, slotStep, periodStart } from "./slots.ts";
import type { SlotStep } from "./slots.ts";

/** Calendar days, both ends included. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/** A month or quarter that comes in its first days is about the one before. */
const EARLY_DAYS = 7;

/**
 * The days a slot speaks of: those since the run before, up to the day before its own, since today is not over. A month or
 * quarter that comes within its first seven days speaks of the whole month or quarter before. `after` is the last slot that
 * was settled: what was missed since is covered too, so that no day falls between two digests.
 */
export function coveredDays(
  schedule: Schedule,
  period: string,
  after?: { readonly period: string; readonly dueAt: number },
): DaySpan {
  const step = slotStep(schedule);
  const start = periodStart(step, period);
  const day = start === undefined ? undefined : runDay(schedule, start);
  if (start === undefined || day === undefined)
    throw new RangeError(`the schedule has no slot ${period}`);
  const to = coveredTo(step, day);
  const before = coveredTo(step, dayBefore(schedule, step, start));
  const told = after === undefined ? before : toldTo(after, schedule.zone);
  return { from: addDays(told < before ? told : before, 1), to };
}

/** The last day a run on some day speaks of. */
function coveredTo(step: SlotStep, day: Day): Day {
  const early =
    (step === "month" || step === "quarter") && day < addDays(startOf(step, day), EARLY_DAYS);
  return addDays(early ? startOf(step, day) : day, -1);
}

/** The day of the run before a period's own. */
function dayBefore(schedule: Schedule, step: SlotStep, start: Day): Day {
  for (let inside = addDays(start, -1); ; inside = addDays(startOf(step, inside), -1)) {
    const day = runDay(schedule, inside);
    if (day !== undefined) return day;
  }
}

/** How far a settled slot spoke, whatever schedule it was made under: its key tells the step, its instant the day. */
function toldTo(
  { period, dueAt }: { readonly period: string; readonly dueAt: number },
  zone: string,
): Day {
  const step = stepOf(period);
  if (step === "day") return addDays(period, -1);
  return coveredTo(step, civilDay(dueAt, zone));
}

/** The step a slot's key was made with. */
export function stepOf(period: string): SlotStep {
  if (period.includes("W")) return "week";
  if (period.includes("Q")) return "quarter";
  return period.length === "2026-03".length ? "month" : "day";
}
