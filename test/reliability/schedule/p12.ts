import { DAY, desk, digest, HOUR } from "../../schedule/desk.ts";
import { parseSchedule } from "../../../src/schedule/parse.ts";
import { clockIsBehind } from "../../../src/schedule/plan.ts";
import { nextRuns } from "../../../src/schedule/slots.ts";
import { openTally, seeded } from "./figure.ts";
import type { Figure } from "../program.ts";
import type { Size } from "./figure.ts";

const RULES = [
  { schedule: "every monday 09:00 Europe/Berlin", window: 12 * HOUR },
  { schedule: "daily 02:30 America/New_York", window: 3 * HOUR },
  { schedule: "weekdays 23:45 Asia/Kolkata", window: 3 * HOUR },
  { schedule: "monthly last 00:00 Pacific/Auckland", window: 12 * HOUR },
] as const;

/**
 * P12: under a clock that runs, sleeps and jumps by up to three days either way, no slot is shown twice, none is shown
 * outside its window, and none that was due is left unsettled while the clock can be believed.
 */
export function runP12(size: Size = "full", seed = 12): Figure {
  const tally = openTally();
  const rounds = size === "full" ? 20 : 2;
  const steps = size === "full" ? 2_000 : 400;
  let jumps = 0;
  for (let round = 0; round < rounds; round++) {
    for (const rule of RULES) {
      const random = seeded(seed * 1_000 + round);
      const start = Date.UTC(2026, 2, 1);
      const made = desk(digest({ schedule: rule.schedule, createdAt: start }));
      const schedule = parseSchedule(rule.schedule, "UTC");
      let now = start;
      let newest = start;
      for (let step = 0; step < steps; step++) {
        const jump = random() < 0.05;
        if (jump) jumps++;
        now += jump ? (random() - 0.5) * 6 * DAY : random() * 2 * HOUR;
        const behind = clockIsBehind(now, newest);
        const planned = made.beat(now);
        newest = Math.max(newest, now);
        for (const { slot, lateBy } of planned) {
          tally.check(
            slot.status === "skipped" || (lateBy >= 0 && lateBy <= rule.window),
            () => `${rule.schedule} seed ${seed}: ${slot.period} shown ${lateBy / HOUR} h late`,
          );
        }
        tally.check(
          planned.filter(({ slot }) => slot.status === "posted").length <= 1 &&
            !(behind && planned.length > 0),
          () => `${rule.schedule} seed ${seed}: a burst`,
        );
      }
      const periods = made.slots.map(({ period }) => period);
      tally.check(
        new Set(periods).size === periods.length,
        () => `${rule.schedule} seed ${seed}: a slot came twice`,
      );
      // Every slot that was ever due by a clock that was believed is settled, one way or the other.
      const due = nextRuns(schedule, start, periods.length + 5).filter(
        ({ dueAt }) => dueAt <= newest,
      );
      for (const { period } of due)
        tally.check(
          periods.includes(period),
          () => `${rule.schedule} seed ${seed}: ${period} was lost`,
        );
    }
  }
  return tally.figure(
    "P12",
    "No digest is lost to a late, jumping or sleeping clock",
    `${jumps} jumps of up to ±3 days over ${rounds * steps * RULES.length} beats`,
    "every due slot settled once",
  );
}
