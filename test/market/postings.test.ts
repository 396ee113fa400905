import { describe, expect, it } from "vitest";
import {
  boardsRead,
  openPostings,
  pressPostings,
  rangeEnds,
  rankByPay,
  yearlyMax,
} from "../../src/market/postings.ts";
import type { PostingFilter } from "../../src/market/postings.ts";
import { job, marketWith, paid } from "./posting-facts.ts";

const titles = (filter: PostingFilter, asof?: string) =>
  openPostings(
    marketWith([
      job("Acme", "Senior ML Engineer", { ai: true }, { from: "2026-01-01", gone: "2026-03-01" }),
      job("Acme", "VP, Data", { country: "GB" }, { from: "2026-02-01" }),
      job("Brand", "Staff Software Engineer", { country: null }),
    ]),
    filter,
    asof,
  ).map(({ title }) => title);

describe("jobs that are open on a day", () => {
  it.each([
    ["2025-12-31", []],
    ["2026-01-01", ["Senior ML Engineer", "Staff Software Engineer"]],
    ["2026-02-28", ["Senior ML Engineer", "VP, Data", "Staff Software Engineer"]],
    ["2026-03-01", ["VP, Data", "Staff Software Engineer"]],
    [undefined, ["VP, Data", "Staff Software Engineer"]],
  ])("as known on %s are %j", (asof, expected) => {
    expect(titles({}, asof)).toEqual(expected);
  });
  it.each<[PostingFilter, string[]]>([
    [{ ai: true }, ["Senior ML Engineer"]],
    [{ title: "vice president" }, ["VP, Data"]],
    [{ title: "engineer staff" }, ["Staff Software Engineer"]],
    [{ title: "engine" }, []],
    [{ phrases: ["machine learning engineer"] }, ["Senior ML Engineer"]],
    [{ country: "GB" }, ["VP, Data"]],
    [{ level: "executive" }, ["VP, Data"]],
    [{ role: "engineer" }, ["Staff Software Engineer"]],
    [{ companies: ["brand"] }, ["Staff Software Engineer"]],
  ])("narrowed by %j are %j", (filter, expected) => {
    expect(titles(filter, "2026-02-15")).toEqual(expected);
  });
});

it("a board is known by the jobs it lists, with its companies", () => {
  const market = marketWith([
    job("Group Inc", "A", {}, { token: "group" }),
    job("Brand", "B", {}, { token: "group" }),
    job("Gone", "C", {}, { gone: "2026-02-01" }),
  ]);
  expect(
    [...boardsRead(market)].map(([board, found]) => [board, found.map(({ key }) => key)]),
  ).toEqual([["lever group", ["group", "brand"]]]);
});

it.each([
  [paid(1, 100), 100],
  [paid(1, 50, "USD", "hour"), 104_000],
  [paid(1, 400, "USD", "day"), 104_000],
  [paid(1, 2_000, "USD", "week"), 104_000],
  [paid(1, 9_000, "EUR", "month"), 108_000],
  [paid(1, 150_000, "USD", null), 150_000],
  [paid(1, 60, "USD", null), null],
  [paid(1, 900_000, "JPY", null), null],
])("%j comes to %s a year", (pay, yearly) => {
  const [posting] = openPostings(marketWith([job("Acme", "A", pay)]));
  expect(yearlyMax(posting!)).toBe(yearly);
});

describe("ranked by the posted upper end", () => {
  const market = marketWith([
    job("A", "year", paid(100_000, 150_000)),
    job("B", "hour", paid(60, 90, "USD", "hour")),
    job("C", "euro", paid(1, 999_999, "EUR")),
    job("D", "unknown", paid(10, 20, "USD", null)),
    job("E", "none"),
    job("F", "upper end only", paid(null, 160_000)),
  ]);
  const ranks = rankByPay(openPostings(market));
  it("only one currency is compared, and what is not ranked is counted", () => {
    expect(ranks.ranked.map(({ title }) => title)).toEqual(["hour", "upper end only", "year"]);
    expect(ranks).toMatchObject({
      currency: "USD",
      others: [{ currency: "EUR", n: 1 }],
      noInterval: 1,
      noPay: 1,
    });
    expect(rankByPay(openPostings(market), "EUR").ranked.map(({ title }) => title)).toEqual([
      "euro",
    ]);
  });
  it("quartiles of range ends are shown from three on, and of each end by itself", () => {
    expect(rangeEnds(ranks.ranked)).toEqual({
      low: null,
      high: { n: 3, p25: 155_000, median: 160_000, p75: 173_600 },
    });
  });
});

it("what the press told of is no open job", () => {
  const hinge = {
    source: "press",
    company: "Brand",
    title: "Vice President of AI",
    min: null,
    max: 398_000,
    currency: "USD",
    interval: "year",
    postedOn: "2024-01",
    ai: true,
    country: null,
    url: null,
    publisher: "Group",
  } as const;
  const market = marketWith([], [], [hinge]);
  expect(openPostings(market)).toEqual([]);
  expect(pressPostings(market, { ai: true })).toMatchObject([
    { max: 398_000, level: "executive", board: null, company: { key: "brand" } },
  ]);
});
