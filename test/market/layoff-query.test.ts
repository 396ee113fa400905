import { describe, expect, it } from "vitest";
import { buildMarket } from "../../src/market/build.ts";
import { select } from "../../src/market/layoff-query.ts";
import { daysFrom, factsOf, layoff, plainBook } from "./layoff-facts.ts";

const days = daysFrom("2023-01-01", 400);
/** Acme on every tenth day, others on all days. */
const table = buildMarket(
  factsOf(
    days.flatMap((on, day) => [
      ...(day % 10 === 0 ? [layoff("Acme", on, { headcount: day })] : []),
      layoff(`Other ${day % 7}`, on),
    ]),
  ),
  plainBook(),
).layoffs();

describe("rows touched", () => {
  it("one company touches its own rows", () => {
    expect(select(table, { companies: ["acme"] }).touched).toBe(40);
  });

  it("one company in a span touches its own rows of that span", () => {
    const found = select(table, { companies: ["acme"], from: "2023-02-01", to: "2023-02-28" });
    expect([found.touched, found.rows.length]).toEqual([2, 2]);
  });

  it("two companies touch what each touches", () => {
    expect(select(table, { companies: ["acme", "other 1"] }).touched).toBe(40 + 57);
  });

  it("a company nobody reported touches nothing", () => {
    expect(select(table, { companies: ["nobody"] }).touched).toBe(0);
    expect(select(table, { companies: [] }).touched).toBe(0);
  });

  it("a span touches its own days", () => {
    expect(select(table, { from: "2023-03-01", to: "2023-03-10", peopleMin: 1 }).touched).toBe(11);
  });
});

it("rows of two companies come in the order of days", () => {
  const { day } = select(table, { companies: ["other 3", "acme"] });
  expect([...day]).toEqual([...day].sort((a, b) => a - b));
});
