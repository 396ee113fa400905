import { expect, it } from "vitest";
import { checkRule } from "../../src/alerts/check-rule.ts";
import { measure, measureSeries } from "../../src/alerts/metrics.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import type { LevelRule } from "../../src/alerts/rule.ts";
import { addDays } from "../../src/market/calendar.ts";
import { overlap } from "../../src/market/overlap.ts";
import { layoff } from "../market/layoff-facts.ts";
import { job, marketWith } from "../market/posting-facts.ts";

const AI = { ai: true } as const;
const market = marketWith(
  [
    job("Acme", "ML Engineer", AI, { from: "2024-02-01", gone: "2024-02-20" }),
    job("Brand", "ML Engineer", AI, { from: "2024-02-10" }),
    job("Plain", "Accountant", {}, { from: "2024-02-01" }),
  ],
  [
    layoff("Acme", "2024-01-20", { headcount: 100 }),
    layoff("Acme", "2024-02-12"),
    layoff("Group", "2024-01-25", { headcount: 900 }, { learnedOn: "2024-02-14" }),
    layoff("Plain", "2024-02-03", { headcount: 50 }),
    // The last day the layoffs speak for, so that no day of the test is stale.
    layoff("Late", "2024-03-31"),
  ],
);

function rule(text: string): LevelRule {
  const parsed = parseRule(text);
  if (parsed.kind !== "level") throw new Error(`not a level rule: ${text}`);
  return parsed;
}

const WATCH = rule("when overlap(30d) > 1");

it("every day counts the companies that /overlap shows as known on that day", () => {
  const days = measureSeries(WATCH, market, "2024-02-01", "2024-03-20");
  const shown = days.map(
    ({ day }) => overlap(market, { from: addDays(day, -29), to: day, asof: day }).rows.length,
  );
  expect(days.map(({ level }) => level)).toEqual(shown);
  expect(days.map(({ day }) => measure(WATCH, market, day).level)).toEqual(shown);
  expect(new Set(shown)).toEqual(new Set([0, 1, 2]));
});

it("has no value before a board was read, which is not zero", () => {
  expect(measure(WATCH, market, "2024-01-31")).toMatchObject({ level: null, reason: "too-few" });
});

it("holds from the day on which two companies are known on both sides", () => {
  const holding = measureSeries(WATCH, market, "2024-02-01", "2024-02-29").filter(
    ({ holds }) => holds,
  );
  expect([holding[0]?.day, holding.at(-1)?.day]).toEqual(["2024-02-14", "2024-02-19"]);
});

it("is taken where a board is read, narrowed like every count of layoffs", () => {
  expect(() => checkRule(rule("when overlap(90d) where people >= 100 > 1"), market)).not.toThrow();
  expect(
    measure(rule("when overlap(30d) where people >= 100 > 0"), market, "2024-02-15").level,
  ).toBe(2);
  expect(
    measure(rule("when overlap(30d) where people > 100 > 0"), market, "2024-02-15").level,
  ).toBe(1);
});
