import { Fault } from "../fault.ts";
import type { Digest, Slot } from "../stores/records.ts";
import { coveredDays, isOf, stepOf, toldTo } from "./coverage.ts";
import type { DaySpan } from "./coverage.ts";
import { parseSchedule } from "./parse.ts";
import { remembered } from "./remembered.ts";
import type { Schedule } from "./schedule.ts";
import { periodsBetween, slotStep } from "./slots.ts";
import type { Run, SlotStep } from "./slots.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A clock before this has not been set. */
const EARLIEST = Date.UTC(2020, 0, 1);
/** How far back an unsettled slot is still noticed and written down as skipped. */
const LOOK_BACK = 400 * DAY;

/** How late a slot may still be shown. */
const CATCH_UP = { day: 3 * HOUR, week: 12 * HOUR, month: 12 * HOUR, quarter: 12 * HOUR } as const;
/** The least time between two shown slots when the schedule was changed between them. */
const APART = { day: 20 * HOUR, week: 4 * DAY, month: 14 * DAY, quarter: 45 * DAY } as const;

/**
 * Why a slot was not shown. `muted` and `paused` are its people's wish; the others are told in the next one:
 * `blocked` paused by what went wrong, `too-late` past the catch-up window, `folded` covered by a newer one that was due as
 * well, `too-soon` after a change of zone or hour.
 */
export type SkipReason = "muted" | "paused" | "blocked" | "too-late" | "folded" | "too-soon";
const WISHED: readonly (string | null)[] = ["muted", "paused"] satisfies SkipReason[];

/** One slot that came due: `slot` is to be written down, and shown when its status is `posted`. */
export interface Planned {
  readonly digest: Digest;
  readonly slot: Slot;
  /** Milliseconds since it fell due. */
  readonly lateBy: number;
  /** The days it speaks of: its own, and everything since the last one that was settled. */
  readonly covers: DaySpan;
  /** Slots skipped against their people's wish since the last one shown, oldest first; to be said in this one. */
  readonly missed: readonly Slot[];
}

/** When nothing may be planned: the clock stands before 2020, or a day or more before what was last written down (F25). */
export function clockIsBehind(nowMs: number, lastBeatMs: number): boolean {
  return nowMs < Math.max(EARLIEST, lastBeatMs - DAY);
}

/**
 * What is due, worked out from what was last done and never from having been awake. Of several slots of one digest only the
 * newest is shown, if it is at most 3 h late (daily, weekdays, several days a week) or 12 h (weekly, monthly, quarterly); the
 * others come as skipped slots with a reason. A new digest never looks back before it was made, and a slot that has been
 * settled under its key never comes again. After a change of zone or hour a slot less than 20 h (daily), 4 days (weekly),
 * 14 days (monthly) or 45 days (quarterly) after the last shown is skipped, and the following one covers its days. A digest
 * whose schedule cannot be read any more plans nothing: `scheduleFault` tells why.
 *
 * @param lastBeatMs the newest instant anything was written down, 0 when nothing was
 */
export function planDue(
  digests: readonly { readonly digest: Digest; readonly slots: readonly Slot[] }[],
  nowMs: number,
  lastBeatMs: number,
): readonly Planned[] {
  if (clockIsBehind(nowMs, lastBeatMs)) return [];
  return digests.flatMap(({ digest, slots }) => planOne(digest, slots, nowMs));
}

/** Why a digest's stored schedule cannot be read any more (a zone that was taken out of the tz database); undefined when it can. */
export function scheduleFault(digest: Digest): Fault | undefined {
  const read = readSchedule(digest);
  return read instanceof Fault ? read : undefined;
}

const readText = remembered((text): Schedule | Fault => {
  try {
    return parseSchedule(text, "UTC");
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
});

function readSchedule({ schedule }: Digest): Schedule | Fault {
  return readText(schedule);
}

function planOne(digest: Digest, slots: readonly Slot[], nowMs: number): readonly Planned[] {
  const schedule = readSchedule(digest);
  if (schedule instanceof Fault) return [];
  const settled = slots.toSorted((a, b) => a.dueAt - b.dueAt);
  const due = unsettled(schedule, digest, settled, nowMs);
  const shown = settled.findLast(({ status }) => status === "posted");
  const told = settled.findLast(
    ({ status, reason }) => status === "posted" || WISHED.includes(reason),
  );
  const skippedSince = settled.filter(
    ({ status, reason, dueAt }) =>
      status === "skipped" && !WISHED.includes(reason) && dueAt > (shown?.dueAt ?? 0),
  );
  const decided = due.map((run, at) => {
    const reason = reasonAgainst(run, at === due.length - 1, { schedule, digest, shown, nowMs });
    const slot: Slot = {
      digest: digest.id,
      tenant: digest.tenant,
      period: run.period,
      dueAt: run.dueAt,
      status: reason === null ? "posted" : "skipped",
      reason,
      at: nowMs,
    };
    return slot;
  });
  return decided.map((slot, at) => ({
    digest,
    slot,
    lateBy: nowMs - slot.dueAt,
    covers: coveredDays(schedule, slot.period, told && toldTo(schedule, told)),
    missed: [
      ...skippedSince,
      ...decided.slice(0, at).filter(({ reason }) => !WISHED.includes(reason)),
    ],
  }));
}

/** The slots that have come due and were never settled, oldest first. */
function unsettled(
  schedule: Schedule,
  digest: Digest,
  settled: readonly Slot[],
  nowMs: number,
): readonly Run[] {
  const keys = new Set(settled.map(({ period }) => period));
  const last = settled.findLast(({ dueAt }) => dueAt <= nowMs);
  // A change of zone moves a slot by up to a day and a bit, so look that far behind the last one for its successors.
  const since = Math.max(digest.createdAt, nowMs - LOOK_BACK, (last?.dueAt ?? 0) - 2 * DAY);
  return periodsBetween(schedule, since, nowMs).filter(
    (run) =>
      !keys.has(run.period) && (last === undefined || follows(run, last, slotStep(schedule))),
  );
}

/** Keys of one kind are in the order of time; keys of two kinds are compared by their instants. */
function follows(run: Run, last: Slot, step: SlotStep): boolean {
  return stepOf(last.period) === step ? run.period > last.period : run.dueAt > last.dueAt;
}

function reasonAgainst(
  run: Run,
  newest: boolean,
  known: { schedule: Schedule; digest: Digest; shown: Slot | undefined; nowMs: number },
): SkipReason | null {
  const { schedule, digest, shown, nowMs } = known;
  const step = slotStep(schedule);
  if (digest.paused !== null) return digest.paused.reason === "by-owner" ? "paused" : "blocked";
  if (digest.mutedUntil !== null && run.dueAt < digest.mutedUntil) return "muted";
  if (!newest) return "folded";
  if (nowMs - run.dueAt > CATCH_UP[step]) return "too-late";
  return shown !== undefined && tooSoon(run, shown, schedule) ? "too-soon" : null;
}

/** Only a change can bring two slots close; the smaller of the two cadences' distances is kept between them. */
function tooSoon(run: Run, shown: Slot, schedule: Schedule): boolean {
  const apart = Math.min(APART[slotStep(schedule)], APART[stepOf(shown.period)]);
  return !isOf(schedule, shown) && run.dueAt - shown.at < apart;
}
