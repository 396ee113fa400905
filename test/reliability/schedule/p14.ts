import { addDays } from "../../../src/market/calendar.ts";
import { periodLabel } from "../../../src/market/calendar.ts";
import { DAY, desk, digest, HOUR } from "../../schedule/desk.ts";
import { openTally, seeded } from "./figure.ts";
import type { Figure } from "../program.ts";
import type { Size } from "./figure.ts";

const ZONES = [
  "Europe/Berlin",
  "America/Los_Angeles",
  "Pacific/Auckland",
  "Asia/Kolkata",
  "Pacific/Kiritimati",
  "UTC",
];
const DAYS = ["monday", "tuesday", "thursday", "friday", "sunday"];
const WEEKS = 10;

/**
 * P14: edits of day, hour and zone around due times never double or skip a period: each ISO week has exactly one slot, shown
 * or skipped with a reason, two that are shown stand four days apart, and no day falls between two digests.
 */
export function runP14(size: Size = "full", seed = 14): Figure {
  const tally = openTally();
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const rule = () =>
    `every ${pick(DAYS)} ${String(Math.floor(random() * 24)).padStart(2, "0")}:${pick(["00", "30"])} ${pick(ZONES)}`;
  const edits = size === "full" ? 500 : 30;
  let skips = 0;
  for (let each = 0; each < edits; each++) {
    const start = Date.UTC(2026, 1, 1) + Math.floor(random() * 300) * DAY;
    const made = desk(digest({ schedule: rule(), createdAt: start }));
    const first = made.digest.schedule;
    const editAt = start + 14 * DAY + random() * 14 * DAY;
    let edited = false;
    let toldTo: string | undefined;
    let shownAt: number | undefined;
    for (let now = start; now < start + WEEKS * 7 * DAY; now += HOUR / 2) {
      if (!edited && now >= editAt) {
        made.edit(now, { schedule: rule() });
        edited = true;
      }
      const where = () => `${first} → ${made.digest.schedule} at ${new Date(editAt).toISOString()}`;
      for (const { slot, covers } of made.beat(now)) {
        if (slot.status === "skipped") {
          skips++;
          continue;
        }
        tally.check(
          shownAt === undefined || now - shownAt >= 4 * DAY,
          () => `${where()}: two within four days`,
        );
        tally.check(
          toldTo === undefined || covers.from <= addDays(toldTo, 1),
          () => `${where()}: days before ${covers.from} in no digest`,
        );
        shownAt = now;
        toldTo = covers.to;
      }
    }
    const periods = made.slots.map(({ period }) => period);
    const weeks = Array.from({ length: WEEKS - 3 }, (_, week) =>
      periodLabel("week", new Date(start + (week + 1) * 7 * DAY).toISOString().slice(0, 10)),
    );
    for (const week of weeks)
      tally.check(
        periods.filter((period) => period === week).length === 1,
        () =>
          `${first} → ${made.digest.schedule} at ${new Date(editAt).toISOString()}: ${week} in ${periods.join()}`,
      );
  }
  return tally.figure(
    "P14",
    "Changing a time zone or hour never doubles or skips a period",
    `${edits} random edits of day, hour and zone`,
    `each ISO week had exactly one slot; ${skips} were skipped with a reason`,
  );
}
