import { addDays } from "../../../src/market/calendar.ts";
import { DAY, desk, digest, HOUR } from "../../schedule/desk.ts";
import { openTally, seeded } from "./figure.ts";
import type { Figure } from "../program.ts";
import type { Size } from "./figure.ts";

const SCHEDULES = [
  "every monday 09:00 Europe/Berlin",
  "daily 07:00 America/New_York",
  "weekdays 08:30 Asia/Kolkata",
];
const OUTAGES = [1, 2, 4, 13, 26, 3 * 24, 8 * 24, 15 * 24, 35 * 24];

/**
 * P13: after an outage of an hour to five weeks there is at most one catch-up, whatever was missed is said in the next digest
 * shown, and no day falls between two digests.
 */
export function runP13(size: Size = "full", seed = 13): Figure {
  const tally = openTally();
  const random = seeded(seed);
  const rounds = size === "full" ? 30 : 2;
  for (const schedule of SCHEDULES) {
    for (const hours of OUTAGES) {
      for (let round = 0; round < rounds; round++) {
        const start = Date.UTC(2026, 1, 1) + Math.floor(random() * 300) * DAY;
        const down = start + 15 * DAY + random() * 7 * DAY;
        const { beat } = desk(digest({ schedule, createdAt: start }));
        const where = `${schedule}, down ${hours} h from ${new Date(down).toISOString()}`;
        let toldTo: string | undefined;
        let untold: string[] = [];
        for (let now = start; now < down + hours * HOUR + 15 * DAY; now += HOUR / 2) {
          if (now > down && now < down + hours * HOUR) continue;
          const planned = beat(now);
          const posted = planned.filter(({ slot }) => slot.status === "posted");
          tally.check(posted.length <= 1, () => `${where}: ${posted.length} at once`);
          untold.push(
            ...planned.flatMap(({ slot }) => (slot.status === "skipped" ? [slot.period] : [])),
          );
          for (const { covers, missed } of posted) {
            const said = missed.map(({ period }) => period);
            tally.check(
              said.join() === untold.join(),
              () => `${where}: missed ${untold.join()}, said ${said.join()}`,
            );
            tally.check(
              toldTo === undefined || covers.from <= addDays(toldTo, 1),
              () => `${where}: days before ${covers.from} in no digest`,
            );
            toldTo = covers.to;
            untold = [];
          }
        }
        tally.check(untold.length === 0, () => `${where}: ${untold.join()} never said`);
      }
    }
  }
  return tally.figure(
    "P13",
    "Downtime: one catch-up, marked as late",
    `${SCHEDULES.length * OUTAGES.length * rounds} outages of 1 h to 5 weeks`,
    "at most one catch-up, every missed slot said, every day covered",
  );
}
