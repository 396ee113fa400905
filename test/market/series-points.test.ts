import { describe, expect, it } from "vitest";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { Entries, PointValues, PublishedTotal } from "../../src/market/facts.ts";
import { buildMarket } from "../../src/market/build.ts";
import {
  AI_POSTINGS,
  periodDays,
  placesOf,
  seriesPoints,
  wholePointsBefore,
} from "../../src/market/series-points.ts";
import { factsOf, plainBook } from "./layoff-facts.ts";

const BUNDLED = {
  source: "made up",
  asOfOn: "2024-06-30",
  series: { US: { "2024-01": 1.7, "2024-02": 1.9 }, DE: { "2024-01": 2 } },
};

function point(
  period: string,
  ...versions: readonly (readonly [from: string, value: number | null, preliminary?: true])[]
): Entries["points"][number] {
  return {
    key: `hiring-lab-ai|US|${period}`,
    source: "hiring-lab-ai",
    versions: versions.map(([from, value, preliminary]) => {
      const values: PointValues | null =
        value === null
          ? null
          : {
              series: AI_POSTINGS,
              place: "US",
              period,
              value,
              unit: "percent of postings",
              preliminary: preliminary ?? false,
            };
      return { from, values };
    }),
  };
}

function withPoints(...points: Entries["points"]) {
  return buildMarket(
    { ...factsOf([]), aiPostings: BUNDLED, entries: { ...NO_ENTRIES, points } },
    plainBook(),
  );
}

const shares = (points: readonly { readonly period: string; readonly value: number }[]) =>
  points.map(({ period, value }) => `${period} ${value}`);

describe("a series", () => {
  it("goes on after the bundled months with those taken in, and a newer edition's word counts", () => {
    const market = withPoints(
      point("2024-02", ["2024-08-31", 1.95]),
      point("2024-08", ["2024-08-31", 2.2]),
    );
    expect(shares(seriesPoints(market, AI_POSTINGS, "US"))).toEqual([
      "2024-01 1.7",
      "2024-02 1.95",
      "2024-08 2.2",
    ]);
  });

  it("is not set back by an edition older than the bundled one", () => {
    const market = withPoints(point("2024-02", ["2024-03-31", 1.85]));
    expect(shares(seriesPoints(market, AI_POSTINGS, "US"))).toContain("2024-02 1.9");
  });

  it("as known on a day has that day's words: the edition of then, else the bundled month once over", () => {
    const market = withPoints(
      point("2024-02", ["2024-03-31", 1.85], ["2024-08-31", 1.95]),
      point("2024-08", ["2024-08-31", 2.2]),
    );
    const known = (asof: string) => shares(seriesPoints(market, AI_POSTINGS, "US", asof));
    expect(known("2024-02-28")).toEqual(["2024-01 1.7"]);
    expect(known("2024-03-30")).toEqual(["2024-01 1.7", "2024-02 1.9"]);
    expect(known("2024-04-01")).toEqual(["2024-01 1.7", "2024-02 1.85"]);
    expect(known("2024-07-15")).toEqual(["2024-01 1.7", "2024-02 1.9"]);
    expect(known("2024-08-31")).toEqual(["2024-01 1.7", "2024-02 1.95", "2024-08 2.2"]);
  });

  it("has no value where the publisher took it back", () => {
    const market = withPoints(point("2024-08", ["2024-08-31", 2.2], ["2024-09-30", null]));
    expect(shares(seriesPoints(market, AI_POSTINGS, "US", "2024-09-29"))).toContain("2024-08 2.2");
    expect(shares(seriesPoints(market, AI_POSTINGS, "US"))).not.toContain("2024-08 2.2");
  });

  it("counts in a rule only months that were over, whole and known the day before", () => {
    const market = withPoints(point("2024-08", ["2024-08-20", 2.1, true], ["2024-09-05", 2.2]));
    const before = (day: string) =>
      shares(wholePointsBefore(market, AI_POSTINGS, "US", day)).at(-1);
    expect(before("2024-09-01")).toBe("2024-02 1.9");
    expect(before("2024-09-05")).toBe("2024-02 1.9");
    expect(before("2024-09-06")).toBe("2024-08 2.2");
  });

  it("names the places it is known of", () => {
    expect(placesOf(withPoints(point("2024-08", ["2024-08-31", 2.2])), AI_POSTINGS)).toEqual([
      "DE",
      "US",
    ]);
  });
});

it.each([
  ["2024-02", "2024-02-01", "2024-02-29"],
  ["2023Q4", "2023-10-01", "2023-12-31"],
  ["2023", "2023-01-01", "2023-12-31"],
  ["2024-03-17", "2024-03-17", "2024-03-17"],
  ["2023Q3..2023Q4", "2023-07-01", "2023-12-31"],
])("the period %s is the days from %s to %s", (period, from, to) => {
  expect(periodDays(period)).toEqual({ from, to });
});
it.each(["2024-13", "H1", "2024-02-30", "2024..2023"])("%s is no period", (period) => {
  expect(periodDays(period)).toBeUndefined();
});

describe("published totals", () => {
  const total = (period: string, value: number): PublishedTotal => ({
    publisher: "Challenger",
    measure: "people",
    period,
    value,
    bound: "exact",
    scope: "US",
  });
  const typed = (from: string, values: PublishedTotal) => ({
    key: `challenger|${values.period}`,
    source: "challenger",
    versions: [{ from, values }],
  });
  const market = buildMarket(
    {
      ...factsOf([]),
      published: [total("2024-01", 82_307), total("2024-02", 84_638)],
      publishedOn: "2024-06-30",
      entries: {
        ...NO_ENTRIES,
        totals: [
          typed("2024-08-01", total("2024-02", 84_640)),
          typed("2024-08-01", total("2024-07", 25_885)),
          typed("2024-05-01", total("2024-01", 82_000)),
        ],
      },
    },
    plainBook(),
  );
  const told = (totals: readonly PublishedTotal[]) =>
    totals.map(({ period, value }) => `${period} ${value}`);

  it("are the bundled ones and those taken in, the newest of the same", () => {
    expect(told(market.published)).toEqual(["2024-01 82307", "2024-02 84640", "2024-07 25885"]);
  });

  it("are known as of a day", () => {
    expect(told(market.publishedAsKnown("2024-02-15"))).toEqual(["2024-01 82307"]);
    expect(told(market.publishedAsKnown("2024-05-15"))).toEqual(["2024-01 82000", "2024-02 84638"]);
  });
});
