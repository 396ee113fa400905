import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../src/fault.ts";
import { dayText } from "../../src/market/calendar.ts";
import {
  parseAsof,
  parseDay,
  parsePeriod,
  periodBetween,
  previousSpan,
  sameSpanAYearEarlier,
  spanLabel,
} from "../../src/market/period.ts";
import type { Period } from "../../src/market/period.ts";

const TODAY = "2024-03-17"; // a Sunday

describe("period words", () => {
  test.each([
    ["2023", "2023-01-01", "2023-12-31", "2023"],
    ["2023Q4", "2023-10-01", "2023-12-31", "2023Q4"],
    ["q4 2023", "2023-10-01", "2023-12-31", "2023Q4"],
    ["2023-Q4", "2023-10-01", "2023-12-31", "2023Q4"],
    ["2023H1", "2023-01-01", "2023-06-30", "2023H1"],
    ["H2 2023", "2023-07-01", "2023-12-31", "2023H2"],
    ["2024-01", "2024-01-01", "2024-01-31", "2024-01"],
    ["jan 2024", "2024-01-01", "2024-01-31", "2024-01"],
    ["January-2024", "2024-01-01", "2024-01-31", "2024-01"],
    ["sept 2023", "2023-09-01", "2023-09-30", "2023-09"],
    ["january", "2024-01-01", "2024-01-31", "2024-01"],
    ["december", "2023-12-01", "2023-12-31", "2023-12"],
    ["2024-03-17", TODAY, TODAY, TODAY],
    ["2024W11", "2024-03-11", TODAY, "2024-W11"],
    ["2024-w11", "2024-03-11", TODAY, "2024-W11"],
    ["2020W53", "2020-12-28", "2021-01-03", "2020-W53"],
    ["ytd 2023", "2023-01-01", "2023-03-17", "2023-01-01..2023-03-17"],
    ["today", TODAY, TODAY, TODAY],
    ["yesterday", "2024-03-16", "2024-03-16", "2024-03-16"],
    ["7d", "2024-03-11", TODAY, "last 7 days"],
    ["30 days", "2024-02-17", TODAY, "last 30 days"],
    ["last 30 days", "2024-02-17", TODAY, "last 30 days"],
    ["12w", "2023-12-25", TODAY, "last 12 weeks"],
    ["6m", "2023-09-18", TODAY, "last 6 months"],
    ["1y", "2023-03-18", TODAY, "last 1 year"],
    ["last-week", "2024-03-04", "2024-03-10", "2024-W10"],
    ["Last_Week", "2024-03-04", "2024-03-10", "2024-W10"],
    ["this week", "2024-03-11", TODAY, "2024-W11"],
    ["last-month", "2024-02-01", "2024-02-29", "2024-02"],
    ["last-quarter", "2023-10-01", "2023-12-31", "2023Q4"],
    ["last-year", "2023-01-01", "2023-12-31", "2023"],
    ["since january", "2024-01-01", TODAY, "since 2024-01"],
    ["since 2023", "2023-01-01", TODAY, "since 2023"],
    ["since 2024-02-01", "2024-02-01", TODAY, "since 2024-02-01"],
    ["2024-01..2024-02", "2024-01-01", "2024-02-29", "2024-01..2024-02"],
    ["2022Q4..2023Q4", "2022-10-01", "2023-12-31", "2022Q4..2023Q4"],
    ["last year .. yesterday", "2023-01-01", "2024-03-16", "2023..2024-03-16"],
    ["2024-03..", "2024-03-01", TODAY, "since 2024-03"],
    ["２０２３", "2023-01-01", "2023-12-31", "2023"],
  ])("%s is %s to %s", (words, from, to, label) => {
    expect(parsePeriod(words, TODAY)).toMatchObject({ from, to, label, partial: false });
  });

  test.each([
    ["ytd", "2024-01-01", "2024 to date (2024-03-17)", "2024-12-31"],
    ["2024", "2024-01-01", "2024 to date (2024-03-17)", "2024-12-31"],
    ["this-month", "2024-03-01", "2024-03 to date (2024-03-17)", "2024-03-31"],
    ["march", "2024-03-01", "2024-03 to date (2024-03-17)", "2024-03-31"],
    ["2024-01..2024-03", "2024-01-01", "2024-01..2024-03 to date (2024-03-17)", "2024-03-31"],
  ])("%s is cut to today and says so", (words, from, label, end) => {
    expect(parsePeriod(words, TODAY)).toEqual({ from, to: TODAY, label, partial: true, end });
  });

  test("an open end stays open", () => {
    expect(parsePeriod("all", TODAY)).toEqual({ label: "all dates", partial: false });
    expect(parsePeriod("..2024-02", TODAY)).toMatchObject({ to: "2024-02-29", partial: false });
    expect(parsePeriod("..2024-02", TODAY).from).toBeUndefined();
  });

  test.each([
    ["01/02/2024", "1 February or 2 January?", "Use 2024-02-01."],
    ["13/02/2024", "year first", "Use 2024-02-13."],
    ["2024-02-30", "February 2024 has 29 days", "Use 2024-02-29."],
    ["2024-13", "months 01 to 12", "Use 2024-12."],
    ["2023Q5", "no Q5", "Use 2023Q4."],
    ["2023H3", "no H3", "Use 2023H1."],
    ["2024W53", "no week 53", "Use 2024-W01."],
    ["0d", "at least 1 day", "Use 30d."],
    ["999999d", "at most 50 years", "Use 30d."],
    ["0001", "Years run from", "Use 2023."],
    ["since:2030-01-01", "is no period I know", "Periods are"],
    ["since 2030-01-01", "is after today", "ytd"],
    ["2024-05-01..2024-03-01", "is after today", "ytd"],
    [
      "2024-03..2024-01",
      "starts after it ends (2024-03-01 to 2024-01-31)",
      "2024-01-31..2024-03-01",
    ],
    ["..", "is no period I know", "last-week"],
    ["2023..2024..2025", "is no period I know", "last-week"],
    ["__proto__", "is no period I know", "last-week"],
  ])("%s is refused with what is right", (words, wrong, right) => {
    const fault = faultOf(() => parsePeriod(words, TODAY));
    expect(fault.reason).toBe("bad_argument");
    expect(fault.message).toContain(wrong);
    expect(fault.right).toContain(right);
  });

  test("any text is a period that starts before it ends, or a Fault", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "2023",
        "2024-02",
        "q4",
        "since",
        "..",
        "ytd",
        "last",
        "week",
        "-",
        " ",
        "7d",
        "31",
        "/",
        "jan",
        "w53",
        "h1",
        "2024-03-17",
      ),
      fc.string({ maxLength: 4 }),
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
      fc.string(),
    );
    const day = fc.integer({ min: 0, max: 40_000 }).map(dayText);
    fc.assert(
      fc.property(text, day, (words, today) => {
        const read = attempt(() => parsePeriod(words, today));
        const whole =
          read instanceof Fault
            ? read.message.length < 300 && read.right !== ""
            : isOrdered(read, today);
        expect(whole).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a hostile text is refused at once", () => {
    for (const words of [
      "9".repeat(100_000),
      "-".repeat(100_000),
      "2023..".repeat(20_000),
      " ".repeat(100_000),
    ]) {
      expect(attempt(() => parsePeriod(words, TODAY))).toBeInstanceOf(Fault);
      expect(fastestMs(() => attempt(() => parsePeriod(words, TODAY)))).toBeLessThan(50);
    }
  });
});

describe("one end of a range", () => {
  test.each([
    ["2023", "start", "2023-01-01"],
    ["2023", "end", "2023-12-31"],
    ["last-week", "start", "2024-03-04"],
    ["2023Q4", "end", "2023-12-31"],
    ["yesterday", "end", "2024-03-16"],
    ["2024", "end", "2024-12-31"],
  ] as const)("%s at the %s is %s", (words, edge, day) => {
    expect(parseDay(words, TODAY, edge)).toBe(day);
  });

  test("a start after today is refused", () => {
    expect(faultOf(() => parseDay("2030", TODAY, "start")).message).toContain("after today");
    expect(faultOf(() => parseAsof("2024-03-18", TODAY)).message).toContain("after today");
    expect([parseAsof("2024", TODAY), parseAsof("2024-02", TODAY)]).toEqual([TODAY, "2024-02-29"]);
  });

  test("two days make a period named as one would name it", () => {
    expect(periodBetween("2023-10-01", "2023-12-31", TODAY)).toMatchObject({
      label: "2023Q4",
      partial: false,
    });
    expect(periodBetween("2024-01-01", undefined, TODAY)).toMatchObject({
      to: TODAY,
      label: "since 2024-01-01",
    });
    expect(periodBetween(undefined, undefined, TODAY)).toEqual({
      label: "all dates",
      partial: false,
    });
    expect(faultOf(() => periodBetween("2024-02-02", "2024-02-01", TODAY)).message).toContain(
      "starts after it ends",
    );
  });
});

describe("periods laid beside each other", () => {
  test.each([
    ["2023", "2022"],
    ["2023Q4", "2023Q3"],
    ["2023H1", "2022H2"],
    ["2024-02", "2024-01"],
    ["2022Q4..2023Q4", "2021-07-01..2022-09-30"],
    ["2024W11", "2024-W10"],
    ["7d", "2024-W10"],
    ["30d", "2024-01-18..2024-02-16"],
    ["ytd", "2023-01-01..2023-03-17"],
    ["this-quarter", "2023-10-01..2023-12-17"],
    ["this-month", "2024-02-01..2024-02-17"],
  ])("before %s stands %s", (words, label) => {
    expect(previousSpan(parsePeriod(words, TODAY))?.label).toBe(label);
  });

  test.each([
    ["2023", "2022"],
    ["ytd", "2023-01-01..2023-03-17"],
    ["2024-02", "2023-02"],
    ["2024W11", "2023-W11"],
    ["2024-01-01..2024-03-17", "2023-01-01..2023-03-17"],
  ])("a year before %s stands %s", (words, label) => {
    expect(sameSpanAYearEarlier(parsePeriod(words, TODAY))?.label).toBe(label);
  });

  test("the end of February keeps to the end of February", () => {
    expect(sameSpanAYearEarlier(parsePeriod("2025-02", "2025-03-17"))).toMatchObject({
      to: "2024-02-29",
    });
    expect(sameSpanAYearEarlier(parsePeriod("ytd", "2024-02-29"))).toMatchObject({
      to: "2023-02-28",
    });
  });

  test("an open period has nothing beside it", () => {
    expect(previousSpan(parsePeriod("all", TODAY))).toBeUndefined();
    expect(sameSpanAYearEarlier(parsePeriod("..2023", TODAY))).toBeUndefined();
  });

  test("a stretch is named by the calendar where it can be", () => {
    expect(spanLabel("2023-01-01", "2023-12-31")).toBe("2023");
    expect(spanLabel("2023-02-01", "2023-07-31")).toBe("2023-02-01..2023-07-31");
    expect(spanLabel("2023-02-01", "2023-02-01")).toBe("2023-02-01");
  });
});

function isOrdered(period: Period, today: string): boolean {
  const { from = "", to = today } = period;
  return from <= to && to <= today;
}

function attempt<Value>(run: () => Value): Value | Fault {
  try {
    return run();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

function faultOf(run: () => unknown): Fault {
  const got = attempt(run);
  if (got instanceof Fault) return got;
  throw new Error(`no fault, but ${JSON.stringify(got)}`);
}

/** The fastest of five runs, ms: a busy machine slows some of them, hardly all. */
function fastestMs(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}
