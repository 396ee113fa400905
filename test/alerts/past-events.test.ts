import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backtest } from "../../src/alerts/backtest.ts";
import { matchEvents } from "../../src/alerts/events.ts";
import { firesPerDay } from "../../src/alerts/fires-per-day.ts";
import { learnedFacts } from "../../src/alerts/learned-facts.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import { pastEvents } from "../../src/alerts/past-events.ts";
import type { EventRule } from "../../src/alerts/rule.ts";
import { buildMarket } from "../../src/market/build.ts";
import { factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { someLayoffs } from "../market/layoff-oracle.ts";

const book = plainBook();

function event(text: string): EventRule {
  const rule = parseRule(`on ${text}`);
  if (rule.kind !== "event") throw new Error(`not an event rule: ${text}`);
  return rule;
}

describe("what a rule would have made of the past", () => {
  const [from, to] = ["2023-01-01", "2026-12-31"];
  it.each([
    "layoff",
    "layoff where people >= 100",
    "layoff where people >= 100 unknown include",
    "layoff where not (people < 100 or company = A) unknown exclude",
    "layoff where sector = Retail or (company in (A, B) and percent > 5)",
    "layoff where company = A max_age 20d",
    "revision where people >= 50",
  ])("on %s is what the index finds, each fact on the day it was learned", (text) => {
    const rule = event(text);
    let found = 0;
    fc.assert(
      fc.property(someLayoffs, (layoffs) => {
        const market = buildMarket(factsOf(layoffs), book);
        const indexed = learnedFacts(market, from, to, "then").flatMap((fact) =>
          matchEvents([{ rule }], [fact], book, fact.learnedOn),
        );
        expect(pastEvents(rule, market, from, to)).toEqual(indexed);
        expect(backtest(rule, market, from, to).told).toBe(
          indexed.filter(({ quiet }) => !quiet).length,
        );
        found += indexed.length;
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(10);
  });

  it("counts a layoff that was young when it was learned, however old it is by now", () => {
    const market = buildMarket(
      factsOf([layoff("A", "2024-01-10", { headcount: 10 })], { asOfOn: "2024-03-30" }),
      book,
    );
    expect(firesPerDay(event("layoff max_age 30d"), market).sentence).toBe(
      "In the last 90 days that would have fired once.",
    );
  });
});
