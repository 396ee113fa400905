import { describe, expect, it } from "vitest";
import type { PayLevel, PayRow } from "../../src/market/facts.ts";
import { isSampleBreak, payPremium, premiumByQuarter } from "../../src/market/pay-premium.ts";
import { factsOf, QUARTERS, row } from "./pay-facts.ts";

/** So many salaries a title, level and country has, around a middle, a tenth of it apart. */
function salaries(
  title: string,
  level: PayLevel,
  n: number,
  middle: number,
  country = "US",
): PayRow[] {
  return Array.from({ length: n }, (_, at) =>
    row({
      title,
      level,
      employerCountry: country,
      usdPerYear: middle * (1 + (at - (n - 1) / 2) / 100),
    }),
  );
}
const AI = "ML Engineer";
const OTHER = "Data Engineer";

describe("the premium at a fixed mix", () => {
  it("is none where both sides are paid alike at every level, however different their levels", () => {
    const rows = [
      ...salaries(AI, "senior", 30, 200),
      ...salaries(AI, "mid", 10, 100),
      ...salaries(OTHER, "senior", 10, 200),
      ...salaries(OTHER, "mid", 50, 100),
    ];
    const { median, mean, ...rest } = payPremium(factsOf(rows), { pair: "engineer" });
    expect(rest).toMatchObject({ nAi: 40, nOther: 60, cells: 2, leftOut: { ai: 0, other: 0 } });
    expect(mean!.pct).toBeCloseTo(0, 9);
    expect(mean!.other).toBeCloseTo(175, 9);
    expect(mean!.lowPct).toBeLessThan(0);
    expect(mean!.highPct).toBeGreaterThan(0);
    expect(median!.ai).toBeGreaterThan(180);
    // Their own median is 105: most of them are of the level that is paid less.
    expect(Math.abs(median!.pct)).toBeLessThan(5);
  });
  it("compares no country with another one, and says what is left out", () => {
    const rows = [
      ...salaries(AI, "senior", 12, 220),
      ...salaries(AI, "senior", 5, 50, "IN"),
      ...salaries(OTHER, "senior", 12, 200),
      ...salaries(OTHER, "senior", 2, 10, "IN"),
      ...salaries(OTHER, "senior", 40, 90, "DE"),
    ];
    const answer = payPremium(factsOf(rows), { pair: "engineer" });
    expect(answer).toMatchObject({ nAi: 12, nOther: 12, cells: 1, leftOut: { ai: 5, other: 42 } });
    expect(answer.median!.pct).toBeCloseTo(10, 9);
    expect(answer.mean!.pct).toBeCloseTo(10, 9);
  });
  it("the same facts give the same interval, and it holds the figure", () => {
    const rows = [...salaries(AI, "senior", 25, 220), ...salaries(OTHER, "senior", 25, 200)];
    const [once, again] = [1, 2].map(() => payPremium(factsOf(rows), { pair: "engineer" }));
    expect(once).toEqual(again);
    const { pct, lowPct, highPct } = once!.median!;
    expect(lowPct).toBeLessThan(pct);
    expect(highPct).toBeGreaterThan(pct);
  });
  it("the median of an even number is between the middle two", () => {
    const rows = [...salaries(AI, "senior", 10, 100), ...salaries(OTHER, "senior", 10, 100)];
    expect(payPremium(factsOf(rows), { pair: "engineer" }).median).toMatchObject({
      ai: 100,
      other: 100,
    });
  });
  it("is not told of fewer than ten salaries on a side", () => {
    const rows = [...salaries(AI, "senior", 9, 220), ...salaries(OTHER, "senior", 90, 200)];
    expect(payPremium(factsOf(rows), { pair: "engineer" })).toMatchObject({
      nAi: 9,
      nOther: 90,
      median: null,
      mean: null,
    });
  });
});

it("a side of twice or half as many salaries is another sample", () => {
  const of = (nAi: number, nOther: number) => ({ nAi, nOther });
  expect(isSampleBreak(of(100, 300), of(199, 151))).toBe(false);
  expect(isSampleBreak(of(100, 300), of(200, 300))).toBe(true);
  expect(isSampleBreak(of(100, 300), of(100, 150))).toBe(true);
});

describe("published quarters", () => {
  const cell = (n: number, mean: number, spread: number) => ({
    n,
    mean,
    p25: mean - spread / 2,
    median: mean,
    p75: mean + spread / 2,
    p90: null,
  });
  const facts = factsOf([], {
    ...QUARTERS,
    quarters: {
      "2023Q3": {
        "ai-engineer": { senior: cell(300, 220, 54), mid: cell(100, 120, 27) },
        engineer: { senior: cell(100, 200, 54), mid: cell(400, 100, 27) },
      },
      "2023Q4": {
        "ai-engineer": { senior: cell(700, 220, 54), mid: cell(100, 120, 27) },
        engineer: { senior: cell(100, 200, 54), mid: cell(400, 100, 27) },
      },
    },
  });
  it("over several levels are compared by their means, each level with its weight among AI", () => {
    const answer = payPremium(facts, { pair: "engineer", from: "2023-07-01", to: "2023-09-30" });
    expect(answer).toMatchObject({
      basis: "published-quarters",
      nAi: 400,
      nOther: 500,
      median: null,
    });
    expect(answer.mean!.ai).toBeCloseTo(0.75 * 220 + 0.25 * 120, 9);
    expect(answer.mean!.other).toBeCloseTo(0.75 * 200 + 0.25 * 100, 9);
    expect(answer.mean!.pct).toBeCloseTo(100 * (195 / 175 - 1), 9);
    const error = (senior: number, mid: number) =>
      Math.hypot((0.75 * 54) / 1.349 / Math.sqrt(senior), (0.25 * 27) / 1.349 / Math.sqrt(mid));
    const reach = 1.96 * Math.hypot(error(300, 100) / 195, error(100, 400) / 175);
    expect(answer.mean!.highPct).toBeCloseTo(100 * ((195 / 175) * Math.exp(reach) - 1), 9);
  });
  it("at one level are compared by their medians too", () => {
    const answer = payPremium(facts, { pair: "engineer", level: "senior" });
    expect(answer).toMatchObject({ from: "2023-10-01", nAi: 700, nOther: 100 });
    expect(answer.median!.pct).toBeCloseTo(10, 9);
  });
  it("by quarter say where the sample changed", () => {
    const quarters = [
      { quarter: "2023Q3", from: "2023-07-01", to: "2023-09-30" },
      { quarter: "2023Q4", from: "2023-10-01", to: "2023-12-31" },
    ];
    expect(
      premiumByQuarter(facts, { pair: "engineer" }, quarters).map(({ sampleBreak }) => sampleBreak),
    ).toEqual([false, true]);
  });
  it("cannot pool all AI roles, and say so", () => {
    const answer = payPremium(facts, { pair: "all" });
    expect(answer.mean).toBeNull();
    expect(answer.notes.join()).toContain("cannot pool");
  });
});
