import { addDays, startOf } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Schedule } from "./schedule.ts";
import { civilDay, dueAt, periodStart, runDay, slotStep } from "./slots.ts";
import type { Run, SlotStep } from "./slots.ts";

/** Calendar days, both ends included. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/** A month or quarter that comes in its first days is about the one before. */
const EARLY_DAYS = 7;

/**
 * The days a slot speaks of: those since the run before, up to the day before its own, since today is not over. A month or
 * quarter that comes within its first seven days speaks of the whole month or quarter before. What was missed since
 * `told`, the last day that was spoken of, is covered too, so that no day falls between two digests.
 */
export function coveredDays(schedule: Schedule, period: string, told?: Day): DaySpan {
  const step = slotStep(schedule);
  const start = periodStart(step, period);
  const day = start === undefined ? undefined : runDay(schedule, start);
  if (start === undefined || day === undefined)
    throw new RangeError(`the schedule has no slot ${period}`);
  const to = coveredTo(step, day);
  const before = coveredTo(step, dayBefore(schedule, step, start));
  return { from: addDays(told !== undefined && told < before ? told : before, 1), to };
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

/**
 * The last day a settled slot spoke of, whatever schedule it was made under: its key tells the step, its instant the day. The
 * zone of an older schedule is not known; the one where days begin last has a day told twice rather than never.
 */
export function toldTo(schedule: Schedule, slot: Run): Day {
  const step = stepOf(slot.period);
  if (step === "day") return addDays(slot.period, -1);
  const zone = isOf(schedule, slot) ? schedule.zone : "Etc/GMT+12";
  return coveredTo(step, civilDay(slot.dueAt, zone));
}

/** Whether a slot was made under this very schedule, and not before a change of it. */
export function isOf(schedule: Schedule, { period, dueAt: at }: Run): boolean {
  return dueAt(schedule, period) === at;
}

/** The step a slot's key was made with. */
export function stepOf(period: string): SlotStep {
  if (period.includes("W")) return "week";
  if (period.includes("Q")) return "quarter";
  return period.length === "2026-03".length ? "month" : "day";
}
