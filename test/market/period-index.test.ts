import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addYears,
  dayNumber,
  dayText,
  endOf,
  periodLabel,
  startOf,
} from "../../src/market/calendar.ts";
import type { Step } from "../../src/market/layoffs.ts";
import {
  dayName,
  dayNumberOf,
  periodAt,
  periodIndex,
  periodName,
  periodStart,
  yearEarlier,
} from "../../src/market/period-index.ts";

const someDay = fc.integer({ min: dayNumber("1001-01-01"), max: dayNumber("9998-12-31") });

describe("periods as numbers say what the calendar says", () => {
  it.each<Step>(["day", "week", "month", "quarter", "year"])("for a %s", (step) => {
    fc.assert(
      fc.property(someDay, (day) => {
        const index = periodIndex(step, day);
        expect(dayText(periodStart(step, index))).toBe(startOf(step, dayText(day)));
        expect(periodName(step, index)).toBe(periodLabel(step, dayText(day)));
        expect(periodIndex(step, periodStart(step, index + 1) - 1)).toBe(index);
        expect(periodAt(step, index)).toEqual(periodAt(step, index));
        expect(periodAt(step, index)).toMatchObject({
          from: startOf(step, dayText(day)),
          to: endOf(step, dayText(day)),
          label: periodLabel(step, dayText(day)),
        });
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  it("for a day's name and the day a year earlier", () => {
    fc.assert(
      fc.property(someDay, (day) => {
        expect(dayName(day)).toBe(dayText(day));
        expect(dayNumberOf(dayText(day))).toBe(day);
        expect(dayText(yearEarlier(day))).toBe(addYears(dayText(day), -1));
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });

  it("for every day of the years around a leap year", () => {
    for (let day = dayNumber("1999-12-01"); day <= dayNumber("2001-03-01"); day++) {
      expect(dayName(day)).toBe(dayText(day));
      expect(periodName("week", periodIndex("week", day))).toBe(periodLabel("week", dayText(day)));
      expect(dayText(yearEarlier(day))).toBe(addYears(dayText(day), -1));
    }
  });
});

it("a day that is none has no number, however often it is asked for", () => {
  for (const day of ["2024-02-30", "", "2024-02-30", "today"]) expect(dayNumberOf(day)).toBeNaN();
});
