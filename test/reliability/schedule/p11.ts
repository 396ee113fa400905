import { parseSchedule } from "../../../src/schedule/parse.ts";
import { periodsBetween } from "../../../src/schedule/slots.ts";
import { DAY, desk, digest, HOUR } from "../../schedule/desk.ts";
import { openTally } from "./figure.ts";
import type { Figure } from "../program.ts";
import type { Size } from "./figure.ts";
import { zoneClock } from "./zone-oracle.ts";
import type { Transition, ZoneClock } from "./zone-oracle.ts";

const QUARTER_HOUR = 15 * 60_000;
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2028, 0, 1);
const WEEKS = 104;

interface Case {
  readonly zone: string;
  readonly clock: ZoneClock;
  readonly change: Transition;
  /** A wall time that is skipped or comes twice. */
  readonly wall: number;
}

/**
 * P11: every quarter-hour rule in every gap and overlap of 2026–27 in every zone runs exactly once on its civil day, at the
 * first valid minute or the first occurrence; and every zone's 104 weekly slots run exactly once. Judged by Intl's clock.
 */
export function runP11(size: Size = "full"): Figure {
  const tally = openTally();
  const cases = Intl.supportedValuesOf("timeZone").flatMap(casesOf);
  const every = size === "full" ? 1 : 24;
  for (const each of cases.filter((_, at) => at % every === 0)) {
    const problem = problemAtChange(each);
    tally.check(problem === "", () => problem);
  }
  const zones = Intl.supportedValuesOf("timeZone").filter((_, at) => at % every === 0);
  for (const zone of zones) {
    const clock = zoneClock(zone);
    const schedule = parseSchedule(`every monday 02:30 ${zone}`, "UTC");
    const found = periodsBetween(schedule, FROM, FROM + (WEEKS * 7 + 3) * DAY).slice(0, WEEKS);
    for (let week = 0; week < WEEKS; week++) {
      const run = found[week];
      const monday = new Date(Date.UTC(2026, 0, 5) + week * 7 * DAY);
      const wall = run === undefined ? 0 : clock.wallAt(run.dueAt);
      // In a gap the clock reads later than asked, never earlier, and still the same day.
      const late = wall - (monday.getTime() + 2.5 * HOUR);
      tally.check(
        run !== undefined &&
          late >= 0 &&
          late <= HOUR &&
          found.filter(({ period }) => period === run.period).length === 1,
        () => `${zone} ${monday.toISOString().slice(0, 10)}: ${run?.period ?? "no slot"}`,
      );
    }
  }
  const gaps = cases.filter(({ change }) => change.offsetAfter > change.offsetBefore).length;
  return tally.figure(
    "P11",
    "No digest is lost to the calendar",
    `${gaps} quarter-hour rules in gaps, ${cases.length - gaps} in overlaps, ${zones.length} zones × ${WEEKS} weekly slots`,
    "each civil slot ran exactly once",
  );
}

function casesOf(zone: string): Case[] {
  const clock = zoneClock(zone);
  return clock.transitions(FROM, TO).flatMap((change) => {
    const first = change.at + Math.min(change.offsetBefore, change.offsetAfter);
    const last = change.at + Math.max(change.offsetBefore, change.offsetAfter);
    return Array.from({ length: (last - first) / QUARTER_HOUR }, (_, at) => ({
      zone,
      clock,
      change,
      wall: first + at * QUARTER_HOUR,
    }));
  });
}

/** Runs a daily rule over the two days around a change, with a beat a quarter of an hour; "" when all went well. */
function problemAtChange({ zone, clock, change, wall }: Case): string {
  const time = new Date(wall).toISOString().slice(11, 16);
  const day = new Date(wall).toISOString().slice(0, 10);
  const isGap = change.offsetAfter > change.offsetBefore;
  const expected = isGap ? change.at : wall - change.offsetBefore;
  const { beat, slots } = desk(
    digest({ schedule: `daily ${time} ${zone}`, createdAt: change.at - 2 * DAY }),
  );
  for (let now = change.at - 2 * DAY; now <= change.at + 2 * DAY; now += QUARTER_HOUR) beat(now);
  const ofDay = slots.filter(({ period }) => period === day);
  const where = `${zone} ${day} ${time}`;
  if (ofDay.length !== 1 || ofDay[0]!.status !== "posted") return `${where}: ${ofDay.length} slots`;
  if (ofDay[0]!.dueAt !== expected)
    return `${where}: due ${new Date(ofDay[0]!.dueAt).toISOString()}`;
  const days = slots.map(({ period }) => period);
  if (new Set(days).size !== days.length) return `${where}: a day came twice`;
  return clock.wallAt(ofDay[0]!.dueAt) < wall ? `${where}: too early by the wall` : "";
}
