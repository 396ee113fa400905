import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure, measureSeries } from "../../src/alerts/metrics.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import type { LevelRule } from "../../src/alerts/rule.ts";
import { windowLevels } from "../../src/alerts/window-levels.ts";
import { buildMarket } from "../../src/market/build.ts";
import { addDays } from "../../src/market/calendar.ts";
import { changed, factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { crowdedLayoffs, figureOn, testedOn } from "./level-oracle.ts";

function level(text: string): LevelRule {
  const rule = parseRule(`when ${text}`);
  if (rule.kind !== "level") throw new Error(`not a level rule: ${text}`);
  return rule;
}

const FILTERS = [
  "",
  " where country = India",
  " where people >= 100 or not sector = Retail",
  " where company in (A, É, 日) and stage != unknown",
  " where people > 50 and reason in (AI, unknown)",
  " where not (people < 100)",
];
const someWindowRule = fc
  .record({
    metric: fc.constantFrom(
      "people(7d)",
      "events(1d)",
      "companies(10d)",
      "median_cut(20d)",
      "share_over(100, 30d)",
      "people(30d)",
    ),
    filter: fc.constantFrom(...FILTERS),
    test: fc.constantFrom(
      "> 100",
      "change prev > 50%",
      "change yoy < 0%",
      "change 10d > 5%",
      "anomaly z > 2",
    ),
    unknown: fc.constantFrom("", " unknown include", " unknown exclude"),
  })
  .map(({ metric, filter, test, unknown }) =>
    level(
      `${metric}${filter} ${test.replace("> 100", metric.startsWith("share") ? "> 10" : "> 100")}${unknown}`,
    ),
  );
const someDay = fc.integer({ min: 0, max: 150 }).map((days) => addDays("2024-01-01", days));

describe("a figure is what was known on its day", () => {
  const market = buildMarket(
    factsOf([
      layoff("A", "2024-03-01", { headcount: 100, country: "India" }, { learnedOn: "2024-03-05" }),
      changed(layoff("B", "2024-03-04", { headcount: 50 }), "2024-03-06", { headcount: 500 }),
      layoff("C", "2024-03-05", {}),
      layoff("A", "2024-03-07", { headcount: 20 }, { withdrawnOn: "2024-03-09" }),
    ]),
    plainBook(),
  );
  const people = level("people(7d) > 100");

  it.each([
    ["2024-03-03", 0, "not yet learned"],
    ["2024-03-04", 50, "learned on the day"],
    ["2024-03-05", 150, "one learned four days late counts from the day it was learned"],
    ["2024-03-06", 600, "a changed size counts from the day it changed"],
    ["2024-03-07", 620, "the window holds its first and its last day"],
    ["2024-03-08", 520, "and no day more"],
    ["2024-03-09", 500, "what was taken back counts no longer"],
  ])("people(7d) on %s is %i: %s", (day, value) => {
    expect(measure(people, market, day).value).toBe(value);
  });

  it("tells the window, the largest layoffs first, and how many did not say", () => {
    const found = measure(people, market, "2024-03-07");
    expect(found).toMatchObject({
      from: "2024-03-01",
      to: "2024-03-07",
      n: 4,
      unknownSize: 1,
      total: 4,
      holds: true,
      asOf: "2024-03-07",
      reason: null,
    });
    expect(found.rows.map(({ company, people }) => [company, people])).toEqual([
      ["B", 500],
      ["A", 100],
      ["A", 20],
      ["C", null],
    ]);
  });

  it("is told again for an earlier day by what is known later", () => {
    expect(measure(people, market, "2024-03-05", "2024-03-08").value).toBe(600);
  });

  it.each([
    ["", 0, 1],
    [" unknown exclude", 0, 1],
    [" unknown include", 1, 1],
  ])(
    "a layoff of unknown size against a least size, with%s: %i counted",
    (option, counted, unknownSize) => {
      const rule = level(`events(1d) where people >= 10 > 5${option}`);
      expect(measure(rule, market, "2024-03-05")).toMatchObject({ value: counted, unknownSize });
    },
  );

  it("after the end of the data there is no value, and a weekend is no end", () => {
    expect(measure(people, market, "2025-01-03").reason).toBeNull();
    expect(measure(people, market, "2025-01-04")).toMatchObject({
      value: null,
      level: null,
      holds: false,
      reason: "stale",
      asOf: "2024-12-31",
    });
  });
});

describe("what the fast way gives is what the obvious way gives", () => {
  it("a look on one day, on random facts", () => {
    fc.assert(
      fc.property(crowdedLayoffs, someWindowRule, someDay, (layoffs, rule, day) => {
        const market = buildMarket(factsOf(layoffs), plainBook());
        const { value, n, unknownSize } = figureOn(rule, layoffs, day);
        const found = measure(rule, market, day);
        expect([found.level, found.n, found.unknownSize]).toEqual([value, n, unknownSize]);
        expect(found.value === null ? null : found.value.toFixed(9)).toBe(
          testedOn(rule, layoffs, day)?.toFixed(9) ?? null,
        );
      }),
      { numRuns: 200 },
    );
  });

  it("a series, day by day, on random facts", () => {
    fc.assert(
      fc.property(
        crowdedLayoffs,
        someWindowRule,
        someDay,
        fc.integer({ min: 0, max: 40 }),
        (layoffs, rule, from, length) => {
          const market = buildMarket(factsOf(layoffs), plainBook());
          const to = addDays(from, length);
          const series = measureSeries(rule, market, from, to);
          expect(series.map(({ day }) => day)).toEqual(
            Array.from({ length: length + 1 }, (_, at) => addDays(from, at)),
          );
          for (const { day, value, holds, before, level: figure, reason } of series) {
            const look = measure(rule, market, day);
            expect({ day, value, holds, before, figure, reason }).toEqual({
              day,
              value: look.value,
              holds: look.holds,
              before: look.before,
              figure: look.level,
              reason: look.reason,
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("records and crossings, looked at and in series", () => {
    fc.assert(
      fc.property(
        crowdedLayoffs,
        fc.constantFrom(
          "people(7d) record high",
          "events(7d) record low since 2024-02-01",
          "people(7d) crosses up 200",
          "companies(7d) crosses down 2",
        ),
        someDay,
        (layoffs, text, from) => {
          const rule = level(text);
          const market = buildMarket(factsOf(layoffs), plainBook());
          for (const day of measureSeries(rule, market, from, addDays(from, 30))) {
            const { value, holds, before, reason } = measure(rule, market, day.day);
            expect(day).toMatchObject({ value, holds, before, reason });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("a layoff enters a series once and leaves it once, however long its window", () => {
    const market = buildMarket(factsOf([layoff("A", "2024-03-01", { headcount: 7 })]), plainBook());
    const values = windowLevels(level("people(3d) > 1"), market, "2024-02-28", "2024-03-06").map(
      ({ value }) => value,
    );
    expect(values).toEqual([0, 0, 7, 7, 7, 0, 0, 0]);
  });
});

describe("tests that look back", () => {
  const daily = (sizes: readonly number[]) =>
    buildMarket(
      factsOf(
        sizes.map((headcount, at) => layoff(`C${at}`, addDays("2024-01-01", at), { headcount })),
      ),
      plainBook(),
    );

  it("a record needs four weeks before it, and is more than all of them", () => {
    const market = daily([...Array.from({ length: 30 }, (_, at) => 10 + (at % 3)), 12, 13, 13, 14]);
    const rule = level("people(1d) record high");
    const days = measureSeries(rule, market, "2024-01-25", "2024-02-03");
    expect(days.filter(({ holds }) => holds).map(({ day }) => day)).toEqual([
      "2024-02-01",
      "2024-02-03",
    ]);
    expect(days[0]).toMatchObject({ day: "2024-01-25", value: null, reason: "no-baseline" });
  });

  it("a record since a day knows nothing of the time before", () => {
    const market = daily([99, ...Array.from({ length: 40 }, () => 10), 11]);
    expect(
      measure(level("people(1d) record high since 2024-01-02"), market, "2024-02-11"),
    ).toMatchObject({ holds: true, before: 10 });
    expect(measure(level("people(1d) record high"), market, "2024-02-11")).toMatchObject({
      holds: false,
      before: 99,
    });
  });

  it("a z is against the windows that are known, at least twelve of them", () => {
    const market = daily([...Array.from({ length: 20 }, (_, at) => 10 + (at % 3)), 50]);
    const rule = level("people(1d) anomaly z > 3");
    // Twenty days of 10, 11, 12: median 11, median absolute deviation 1.
    expect(measure(rule, market, "2024-01-21").value).toBeCloseTo((50 - 11) / 1.4826, 9);
    expect(measure(rule, market, "2024-01-13")).toMatchObject({ reason: null });
    expect(measure(rule, market, "2024-01-12")).toMatchObject({
      value: null,
      reason: "no-baseline",
    });
  });

  it("a crossing is the one day the line is passed", () => {
    const market = daily([5, 15, 16, 10, 12, 4]);
    const up = (line: number) =>
      measureSeries(level(`people(1d) crosses up ${line}`), market, "2024-01-01", "2024-01-06").map(
        ({ holds }) => holds,
      );
    expect(up(10)).toEqual([false, true, false, false, true, false]);
    expect(measure(level("people(1d) crosses down 10"), market, "2024-01-06").holds).toBe(true);
  });

  it("a change from nothing has no percentage", () => {
    const market = daily([0, 5]);
    expect(measure(level("people(1d) change prev > 50%"), market, "2024-01-02")).toMatchObject({
      value: null,
      before: 0,
      reason: "no-baseline",
    });
  });
});

describe("where a list ended and a feed goes on", () => {
  const known = factsOf(
    [
      layoff("A", "2024-03-01", { headcount: 900 }),
      layoff("B", "2024-06-01", { headcount: 20 }, { source: "feed" }),
    ],
    { asOfOn: "2024-03-10" },
  );
  const feed = { ...known.sources[0]!, id: "feed", asOfOn: "2024-06-02", single: true as const };
  const market = buildMarket({ ...known, sources: [...known.sources, feed] }, plainBook());

  it("the facts speak up to the feed's day, whole only up to the list's", () => {
    expect([market.asOfOn, market.listedTo]).toEqual(["2024-06-02", "2024-03-10"]);
    const alone = buildMarket({ ...known, sources: [feed] }, plainBook());
    expect([alone.asOfOn, alone.listedTo]).toEqual(["2024-06-02", "2024-06-02"]);
  });

  it("a total of single reports is no data, in a moment as in a series", () => {
    const rule = level("people(7d) > 500");
    const stale = measure(rule, market, "2024-06-02");
    expect(stale).toMatchObject({ level: null, reason: "stale", asOf: "2024-03-10" });
    expect(measureSeries(rule, market, "2024-06-01", "2024-06-02")).toMatchObject([
      { level: null, reason: "stale" },
      { level: null, reason: "stale" },
    ]);
    expect(measure(rule, market, "2024-03-07").level).toBe(900);
  });
});
