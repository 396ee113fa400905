import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PAY_LEVELS } from "../../src/market/facts.ts";
import type { PayQuarters } from "../../src/market/facts.ts";
import { payStats } from "../../src/market/pay.ts";
import { aiPremium, payByQuarter, payChange } from "../../src/market/pay-series.ts";
import { ROLE_FAMILIES } from "../../src/market/roles.ts";
import { AGGREGATE, dump, factsOf, QUARTERS } from "./pay-facts.ts";

describe("pay over time", () => {
  const facts = factsOf(dump("2023-09-30", "2023-12-31", "Data Engineer"));

  test("each quarter says whether it comes from rows or was published", () => {
    expect(
      payByQuarter(facts, { role: "engineer" }).map(({ quarter, answer }) => [
        quarter,
        answer.basis,
        answer.n,
      ]),
    ).toEqual([
      ["2023Q3", "published-quarters", 5],
      ["2023Q4", "rows", 3],
    ]);
    expect(
      payByQuarter(facts, { from: "2023-10-15", to: "2031-01-01" }).map(({ quarter }) => quarter),
    ).toEqual(["2023Q4"]);
    expect(payByQuarter(factsOf([], { ...QUARTERS, quarters: {} }), {})).toEqual([]);
  });

  test("a change is marked when the number of salaries doubles or is small", () => {
    const [before, after] = payByQuarter(factsOf([]), { role: "ai-engineer" }).map(
      ({ answer }) => answer,
    );
    expect(payChange(before!, after!)).toEqual({
      meanPct: expect.closeTo(10),
      medianPct: 0,
      nRatio: 2.25,
      compositionBreak: true,
    });
    expect(payChange(before!, before!)).toMatchObject({ nRatio: 1, compositionBreak: false });
    expect(payChange(after!, before!)).toMatchObject({ nRatio: 2.25, compositionBreak: true });
    expect(payChange({ tooFew: true, n: 0, basis: "rows", notes: [] }, after!)).toBeNull();
  });

  test("the premium is the ratio of two medians of one quarter, with both n", () => {
    const [third, fourth] = aiPremium(factsOf([]), {});
    expect(third).toMatchObject({
      quarter: "2023Q3",
      ai: { n: 20 },
      other: { n: 5 },
      pct: expect.closeTo(25),
      interval: null,
    });
    expect(fourth).toMatchObject({ pct: 0 });
    expect(aiPremium(factsOf([]), { level: "senior" })[0]).toMatchObject({
      pct: null,
      interval: null,
    });
  });

  test("the premium's interval is narrower with more salaries", () => {
    const width = (n: number): number => {
      const cell = { all: { ...AGGREGATE, n } };
      const { interval } = aiPremium(
        factsOf([], {
          ...QUARTERS,
          quarters: { "2023Q4": { "ai-engineer": cell, engineer: cell } },
        }),
        {},
      )[0]!;
      return interval!.highPct - interval!.lowPct;
    };
    // IQR 40, median 95, n 100 on both sides: exp(±1.96·√2·1.25·40/(1.35·10·95)).
    expect(width(100)).toBeCloseTo(100 * (Math.exp(0.108_062) - Math.exp(-0.108_062)), 2);
    expect(width(400)).toBeLessThan(width(100));
  });
});

const BUNDLED = new URL("../../data/pay-quarters.json", import.meta.url);

describe("the bundled quarters", () => {
  const facts = factsOf([], bundledQuarters());

  test("AI engineers' mean fell by 3.7 % from the third to the fourth quarter of 2023", () => {
    const [third, fourth] = ["2023Q3", "2023Q4"].map((quarter) =>
      payStats(facts, { role: "ai-engineer", quarter }),
    );
    expect(payChange(third!, fourth!)?.meanPct).toBeCloseTo(-3.7, 1);
  });

  test("senior engineers' mean went from 157,013 to 160,367 in a year, the median stood still", () => {
    const series = payByQuarter(facts, {
      role: "engineer",
      level: "senior",
      from: "2022-10-01",
      to: "2023-12-31",
    });
    expect(series).toHaveLength(5);
    const [first, last] = [series[0]!.answer, series.at(-1)!.answer];
    expect([first, last]).toMatchObject([{ mean: 157_013 }, { mean: 160_367 }]);
    expect(Math.abs(payChange(first, last)!.medianPct)).toBeLessThan(1);
  });
});

function bundledQuarters(): PayQuarters {
  const group = z.object({
    n: z.number(),
    mean: z.number(),
    p25: z.number(),
    median: z.number(),
    p75: z.number(),
    p90: z.number(),
    quarter: z.string(),
    role: z.enum(ROLE_FAMILIES),
    level: z.enum(["all", ...PAY_LEVELS]),
  });
  const { groups } = z
    .object({ groups: z.array(group) })
    .parse(JSON.parse(readFileSync(BUNDLED, "utf8")));
  const quarters: Record<string, Record<string, Record<string, typeof AGGREGATE>>> = {};
  for (const { quarter, role, level, ...cell } of groups)
    ((quarters[quarter] ??= {})[role] ??= {})[level] = cell;
  return { source: "bundled", country: "US", quarters };
}
