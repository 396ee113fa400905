import * as fc from "fast-check";
import { expect, it } from "vitest";
import { DAY_MS, dayNumber, dayText, isDay } from "../../src/market/calendar.ts";

/** The same by way of a date. */
function byDate(day: string): number {
  const instant = Date.parse(`${day}T00:00:00Z`);
  return dayText(instant / DAY_MS) === day ? instant / DAY_MS : Number.NaN;
}

it("a day's number is the one a date gives, over 10,000 years", () => {
  const two = (most: number) =>
    fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, "0"));
  const year = fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, "0"));
  fc.assert(
    fc.property(year, two(14), two(33), (...parts) => {
      expect(dayNumber(parts.join("-"))).toBe(byDate(parts.join("-")));
    }),
    { numRuns: 5_000 },
  );
  for (let number = -1_000; number < 40_000; number++)
    expect(dayNumber(dayText(number))).toBe(number);
});

it.each(["", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-1-01", "+12024-01-01"])(
  "%j is no day",
  (text) => {
    expect(isDay(text)).toBe(false);
  },
);

it.each(["2024-02-29", "2000-02-29", "0001-01-01"])("%s is a day", (text) => {
  expect(isDay(text)).toBe(true);
});
