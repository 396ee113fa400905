import { expect, it } from "vitest";
import { overlap } from "../../src/market/overlap.ts";
import { layoff } from "./layoff-facts.ts";
import { job, marketWith, paid } from "./posting-facts.ts";

const AI = { ai: true } as const;
const market = marketWith(
  [
    job("Acme", "ML Engineer", { ...AI, ...paid(100, 200_000) }),
    job("acme", "AI Engineer", { ...AI, ...paid(100, 300_000) }),
    job("Acme", "Accountant"),
    job("Brand", "ML Engineer", { ...AI, ...paid(1, 250_000) }, { from: "2024-06-01" }),
    job("Plain", "Accountant"),
    job("Never Cut", "ML Engineer", AI),
  ],
  [
    layoff("Acme", "2024-03-01", { headcount: 100 }),
    layoff("Acme", "2024-05-01"),
    layoff("Group Inc", "2024-02-01", { headcount: 500 }),
    layoff("Plain", "2024-02-01", { headcount: 900 }),
    layoff("No Board", "2024-02-01", { headcount: 9_000 }),
    layoff("Acme", "2023-01-01", { headcount: 7 }),
  ],
);
const FILTER = { from: "2024-01-01", to: "2024-12-31" };
const short = (found: ReturnType<typeof overlap>) =>
  found.rows.map(({ company, cut, postings, top }) => [
    company.name,
    cut.people,
    cut.events,
    cut.unknownSize,
    postings.length,
    top?.max,
  ]);

it("companies that cut in the time and list AI jobs, most people first, a brand's jobs with its owner", () => {
  expect(short(overlap(market, FILTER))).toEqual([
    ["Group", 500, 1, 0, 1, 250_000],
    ["Acme", 100, 2, 1, 2, 300_000],
  ]);
});
it("says how many of those that cut have a board at all", () => {
  expect(overlap(market, FILTER)).toMatchObject({
    postings: 3,
    boards: 4,
    boardCompanies: 4,
    cutters: 4,
    cuttersWithBoard: 3,
  });
});
it("a smallest size leaves out companies below it", () => {
  expect(short(overlap(market, FILTER, 200)).map(([name]) => name)).toEqual(["Group"]);
});
it("as known on a day counts the boards as read until then", () => {
  expect(overlap(market, { ...FILTER, asof: "2024-05-31" }).rows).toEqual([]);
  expect(short(overlap(market, { ...FILTER, asof: "2024-06-01" }))).toEqual([
    ["Group", 500, 1, 0, 1, 250_000],
  ]);
});
