import { describe, expect, it } from "vitest";
import { buildMarket } from "../../src/market/build.ts";
import { factsOf, layoff, plainBook } from "./layoff-facts.ts";

describe("what is said of the layoff facts", () => {
  const facts = factsOf([
    layoff("Acme", "2024-01-01"),
    layoff("Bolt", "2024-01-02", {}, { learnedIsAssumed: true }),
    layoff("Cato", "2024-01-03", {}, { learnedIsAssumed: true, withdrawnOn: "2024-02-01" }),
  ]);
  const other = { ...facts.sources[0]!, id: "pay", asOfOn: "2025-06-01", sample: true };

  it("only sources of layoffs speak for them", () => {
    const market = buildMarket({ ...facts, sources: [other, ...facts.sources] }, plainBook());
    expect(market.layoffSources.map(({ id }) => id)).toEqual(["test"]);
    expect([market.asOfOn, market.sample, market.sources.length]).toEqual(["2024-12-31", false, 2]);
  });

  it("the latest of several sources is the day they speak for, and one sample makes the market a sample", () => {
    const newer = { ...facts.sources[0]!, id: "newer", asOfOn: "2025-01-31", sample: true };
    const market = buildMarket(
      {
        ...facts,
        sources: [newer, ...facts.sources],
        layoffs: [...facts.layoffs, layoff("Dune", "2024-01-04", {}, { source: "newer" })],
      },
      plainBook(),
    );
    expect([market.asOfOn, market.sample]).toEqual(["2025-01-31", true]);
  });

  it("events whose learned day is assumed are counted while they are listed", () => {
    expect(buildMarket(facts, plainBook()).learnedAssumed).toBe(1);
  });

  it("without layoffs there is a day to speak for all the same", () => {
    expect(buildMarket({ ...factsOf([]), sources: [other] }, plainBook()).asOfOn).toBe(
      "2025-06-01",
    );
    expect(buildMarket({ ...factsOf([]), sources: [] }, plainBook()).asOfOn).toBe("1970-01-01");
  });

  it("the other facts are handed on as they are", () => {
    const market = buildMarket(facts, plainBook());
    expect(market.pay.size).toBe(facts.payRows.length);
    expect(market.aiPostings).toBe(facts.aiPostings);
  });
});
