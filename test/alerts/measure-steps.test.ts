import { describe, expect, it } from "vitest";
import { measure, measureSeries } from "../../src/alerts/metrics.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import type { LevelRule } from "../../src/alerts/rule.ts";
import { buildMarket } from "../../src/market/build.ts";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { PayAggregate, PointValues } from "../../src/market/facts.ts";
import { factsOf, layoff, plainBook } from "../market/layoff-facts.ts";

function level(text: string): LevelRule {
  const rule = parseRule(`when ${text}`);
  if (rule.kind !== "level") throw new Error(`not a level rule: ${text}`);
  return rule;
}

describe("pay by quarter", () => {
  const cell = (n: number, median: number): PayAggregate => ({
    n,
    mean: median + 1_000,
    p25: median - 20_000,
    median,
    p75: median + 20_000,
    p90: null,
  });
  const market = buildMarket(
    {
      ...factsOf([]),
      payQuarters: {
        source: "made up",
        country: "US",
        quarters: {
          "2023Q1": {
            "ai-engineer": { senior: cell(40, 180_000) },
            engineer: { senior: cell(90, 150_000) },
          },
          "2023Q2": {
            "ai-engineer": { senior: cell(50, 190_000) },
            engineer: { senior: cell(80, 152_000) },
          },
          "2023Q3": {
            "ai-engineer": { senior: cell(120, 230_000) },
            engineer: { senior: cell(85, 151_000) },
          },
          "2023Q4": {
            "ai-engineer": { senior: cell(130, 240_000) },
            engineer: { senior: cell(9, 151_000) },
          },
        },
      },
      aiPostings: {
        source: "made up",
        series: { US: { "2023-11": 1.7, "2023-12": 1.9, "2024-01": 2.1 } },
      },
    },
    plainBook(),
  );
  const pay = (test: string) =>
    level(`salary(p50, role=ai-engineer, level=senior, country=US, quarter) ${test}`);

  it("a quarter counts from the day after its last", () => {
    expect(measure(pay("> 185000"), market, "2023-06-30")).toMatchObject({
      value: 180_000,
      to: "2023-03-31",
    });
    expect(measure(pay("> 185000"), market, "2023-07-01")).toMatchObject({
      value: 190_000,
      holds: true,
      n: 50,
    });
  });

  it("its change is against the quarter before, or a year earlier", () => {
    expect(measure(pay("change prev > 5%"), market, "2023-07-01")).toMatchObject({
      before: 180_000,
      holds: true,
    });
    expect(measure(pay("change prev > 5%"), market, "2023-07-01").value).toBeCloseTo(5.5556, 3);
    expect(measure(pay("change yoy > 5%"), market, "2023-07-01")).toMatchObject({
      value: null,
      reason: "no-baseline",
    });
  });

  it("twice as many salaries is a composition break, not a rise", () => {
    expect(measure(pay("change prev > 10%"), market, "2023-10-01")).toMatchObject({
      value: null,
      holds: false,
      reason: "composition-break",
      level: 230_000,
      before: 190_000,
    });
    expect(measure(pay("change prev > 4%"), market, "2024-01-01").holds).toBe(true);
  });

  it("fewer than ten salaries on a side say nothing", () => {
    expect(measure(level("premium(level=senior) > 20%"), market, "2023-07-01")).toMatchObject({
      value: 25,
      holds: true,
      n: 50,
    });
    expect(measure(level("premium(level=senior) > 20%"), market, "2024-01-01")).toMatchObject({
      value: null,
      reason: "too-few",
      n: 9,
    });
  });

  it("half a year after the newest quarter the data have ended", () => {
    expect(measure(pay("> 185000"), market, "2024-07-01").reason).toBeNull();
    expect(measure(pay("> 185000"), market, "2024-07-09").reason).toBe("stale");
  });

  it("months of postings are steps as well", () => {
    expect(measure(level("ai_postings(country=US) > 2%"), market, "2024-01-31")).toMatchObject({
      value: 1.9,
      holds: false,
    });
    expect(measure(level("ai_postings(country=US) > 2%"), market, "2024-02-01")).toMatchObject({
      value: 2.1,
      holds: true,
      before: 1.9,
    });
  });

  it("a month of postings is worth what its publisher said by then, on each day of a replay", () => {
    const values = (value: number): PointValues => ({
      series: "ai-postings",
      place: "US",
      period: "2024-02",
      value,
      unit: "percent of postings",
      preliminary: false,
    });
    const entry = {
      key: "hiring-lab-ai|US|2024-02",
      source: "hiring-lab-ai",
      versions: [
        { from: "2024-03-05", values: values(2.3) },
        { from: "2024-04-05", values: values(1.8) },
      ],
    };
    const revised = buildMarket(
      {
        ...factsOf([]),
        aiPostings: { source: "made up", series: { US: { "2024-01": 1.9 } } },
        entries: { ...NO_ENTRIES, points: [entry] },
      },
      plainBook(),
    );
    const days = ["2024-03-05", "2024-03-06", "2024-04-05", "2024-04-06"];
    const rule = level("ai_postings(country=US) > 2%");
    const found = days.map((day) => measure(rule, revised, day).value);
    expect(found).toEqual([1.9, 2.3, 2.3, 1.8]);
    const replayed = measureSeries(rule, revised, "2024-03-05", "2024-04-06");
    expect(days.map((on) => replayed.find(({ day }) => day === on)?.value)).toEqual(found);
  });

  it("a series of steps is what looks on its days give", () => {
    for (const rule of [
      pay("change prev > 5%"),
      level("premium(level=senior) > 20%"),
      level("ai_postings(country=US) record high"),
    ])
      for (const { day, value, holds, reason } of measureSeries(
        rule,
        market,
        "2023-06-25",
        "2023-07-05",
      ))
        expect(measure(rule, market, day)).toMatchObject({ value, holds, reason });
  });
});

describe("no data", () => {
  const market = buildMarket(
    factsOf([layoff("A", "2024-03-01"), layoff("B", "2024-03-20")], { asOfOn: "2024-04-25" }),
    plainBook(),
  );

  it("is the age of a source's last word, and of its newest row on days before that", () => {
    expect(measure(level("no data(test) for 3d"), market, "2024-04-27")).toMatchObject({
      value: 2,
      holds: false,
    });
    expect(measure(level("no data(test) for 3d"), market, "2024-04-28")).toMatchObject({
      value: 3,
      holds: true,
      asOf: "2024-04-25",
    });
    expect(measure(level("people(7d) no data for 10d"), market, "2024-03-15")).toMatchObject({
      value: 14,
      holds: true,
      asOf: "2024-03-01",
    });
  });
});
