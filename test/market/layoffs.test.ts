import { describe, expect, it } from "vitest";
import { buildMarket } from "../../src/market/build.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import {
  breakdown,
  companyRank,
  largest,
  medianCut,
  rows,
  series,
  totals,
} from "../../src/market/layoffs.ts";
import { mostOfStaff } from "../../src/market/rankings.ts";
import { factsOf, layoff, named, plainBook } from "./layoff-facts.ts";

const marketOf = (...layoffs: readonly LayoffSighting[]) =>
  buildMarket(factsOf(layoffs), plainBook());

describe("totals", () => {
  it("an unknown size counts as an event and a company, never as people", () => {
    const market = marketOf(
      layoff("Acme", "2024-01-01"),
      layoff("Bolt", "2024-01-02", { headcount: 0 }),
      layoff("Cato", "2024-01-02", { headcount: 7 }),
    );
    expect(totals(market, {})).toEqual({ people: 7, events: 3, companies: 3, unknownSize: 1 });
  });

  it("every row counts, and spellings of one company are one company", () => {
    const market = marketOf(
      layoff("Acme", "2024-01-01", { headcount: 5 }),
      layoff(" ACME  copy", "2024-01-01", { headcount: 5 }),
      layoff("acme", "2024-02-01"),
    );
    expect(totals(market, {})).toEqual({ people: 10, events: 3, companies: 1, unknownSize: 1 });
  });

  it("both ends of a span are in it", () => {
    const market = marketOf(
      layoff("A", "2024-02-28"),
      layoff("B", "2024-02-29"),
      layoff("C", "2024-03-01"),
      layoff("D", "2024-03-02"),
    );
    expect(totals(market, { from: "2024-02-29", to: "2024-03-01" }).events).toBe(2);
    expect(totals(market, { from: "2024-03-01", to: "2024-02-29" }).events).toBe(0);
  });

  it("names match without case, and unknown matches what was not reported", () => {
    const market = marketOf(
      layoff("A", "2024-01-01", {
        industry: "Finance",
        country: "United States",
        stage: "Series A",
        reason: "AI",
      }),
      layoff("B", "2024-01-01", { industry: "Retail" }),
      layoff("C", "2024-01-01"),
    );
    const events = (filter: Parameters<typeof totals>[1]) => totals(market, filter).events;
    expect(events({ industry: { any: ["FINANCE"], not: [] } })).toBe(1);
    expect(events({ industry: { any: ["unknown", "retail"], not: [] } })).toBe(2);
    expect(events({ industry: { any: [], not: ["finance"] } })).toBe(2);
    expect(events({ industry: { any: [], not: ["Unknown"] } })).toBe(2);
    expect(events({ industry: { any: ["retail"], not: ["RETAIL"] } })).toBe(0);
    expect(events({ industry: { any: ["Space"], not: [] } })).toBe(0);
    expect(
      events({
        country: { any: ["united states"], not: [] },
        stage: { any: ["series a"], not: [] },
        reason: { any: ["ai"], not: [] },
      }),
    ).toBe(1);
  });

  it("a least size leaves unknown sizes out, even at 0", () => {
    const market = marketOf(
      layoff("A", "2024-01-01"),
      layoff("B", "2024-01-01", { headcount: 0 }),
      layoff("C", "2024-01-01", { headcount: 100 }),
    );
    expect(totals(market, { peopleMin: 0 }).events).toBe(2);
    expect(totals(market, { peopleMin: 100 }).events).toBe(1);
    expect(totals(market, { peopleMin: 101 }).events).toBe(0);
  });

  it("an empty market answers with zeros", () => {
    const market = marketOf();
    expect(totals(market, {})).toEqual({ people: 0, events: 0, companies: 0, unknownSize: 0 });
    expect(totals(market, { companies: ["acme"], from: "2024-01-01" }).events).toBe(0);
    expect(series(market, { from: "2024-01-01", to: "2024-12-31" }, "month")).toEqual([]);
    expect(breakdown(market, {}, "industry")).toEqual([]);
    expect(rows(market, {})).toEqual({ rows: [], total: 0 });
    expect(largest(market, {}, 3)).toEqual([]);
    expect(medianCut(market, {})).toBeNull();
    expect(companyRank(market, "acme")).toBeNull();
  });
});

describe("series", () => {
  it("periods between the first and the last event are all there, empty ones too", () => {
    const market = marketOf(
      layoff("A", "2023-12-31", { headcount: 1 }),
      layoff("A", "2024-03-01"),
      layoff("B", "2024-03-31", { headcount: 3 }),
    );
    expect(
      series(market, {}, "month").map(({ label, people, events, companies, unknownSize }) => [
        label,
        people,
        events,
        companies,
        unknownSize,
      ]),
    ).toEqual([
      ["2023-12", 1, 1, 1, 0],
      ["2024-01", 0, 0, 0, 0],
      ["2024-02", 0, 0, 0, 0],
      ["2024-03", 3, 2, 2, 1],
    ]);
  });

  it("the first and last period are cut to the filter", () => {
    const market = marketOf(
      layoff("A", "2024-01-01"),
      layoff("B", "2024-02-10"),
      layoff("C", "2024-12-31"),
    );
    expect(
      series(market, { from: "2024-01-20", to: "2024-03-05" }, "month").map(({ from, to }) => [
        from,
        to,
      ]),
    ).toEqual([
      ["2024-01-20", "2024-01-31"],
      ["2024-02-01", "2024-02-29"],
      ["2024-03-01", "2024-03-05"],
    ]);
  });

  it("a stated span reaches no further than the facts can speak", () => {
    const market = marketOf(layoff("A", "2024-06-15"));
    const asked = series(market, { from: "2000-01-01", to: "2099-12-31" }, "month");
    expect([asked[0]?.from, asked.at(-1)?.to]).toEqual(["2024-06-15", "2024-12-31"]);
    expect(
      series(market, { from: "2024-06-01", to: "2099-12-31", asof: "2024-07-04" }, "month").at(-1)
        ?.to,
    ).toBe("2024-07-04");
  });

  it("weeks begin on Monday and are named by their Thursday's year", () => {
    const market = marketOf(
      layoff("A", "2020-12-31"),
      layoff("B", "2021-01-03"),
      layoff("C", "2021-01-04"),
    );
    expect(
      series(market, {}, "week").map(({ label, from, to, events }) => [label, from, to, events]),
    ).toEqual([
      ["2020-W53", "2020-12-31", "2021-01-03", 2],
      ["2021-W01", "2021-01-04", "2021-01-04", 1],
    ]);
  });

  it("a leap day is a day of its own", () => {
    const market = marketOf(
      layoff("A", "2024-02-28"),
      layoff("B", "2024-02-29"),
      layoff("C", "2024-03-01"),
    );
    expect(series(market, {}, "day").map(({ label }) => label)).toEqual([
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
    ]);
  });

  it("quarters and years have their names", () => {
    const market = marketOf(layoff("A", "2023-12-31"), layoff("B", "2024-04-01"));
    expect(series(market, {}, "quarter").map(({ label }) => label)).toEqual([
      "2023Q4",
      "2024Q1",
      "2024Q2",
    ]);
    expect(series(market, {}, "year").map(({ label }) => label)).toEqual(["2023", "2024"]);
  });

  it("two asked companies share one calendar", () => {
    const market = marketOf(
      layoff("A", "2024-01-01"),
      layoff("B", "2024-01-15"),
      layoff("A", "2024-02-01"),
      layoff("C", "2024-02-01"),
    );
    expect(
      series(market, { companies: ["b", "a", "a", "nobody"] }, "month").map(
        ({ events, companies }) => [events, companies],
      ),
    ).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });
});

describe("lists", () => {
  it("groups stand by people, then events, then name, with what was not reported called Unknown", () => {
    const market = marketOf(
      layoff("A", "2024-01-01", { industry: "Retail", headcount: 5 }),
      layoff("B", "2024-01-03", { industry: "Food", headcount: 5 }),
      layoff("C", "2024-01-02", { headcount: 3 }),
      layoff("C", "2024-01-05", { headcount: 2 }),
      layoff("D", "2024-01-04", { industry: "Crypto" }),
    );
    expect(breakdown(market, {}, "industry")).toEqual([
      {
        group: "Unknown",
        name: "Unknown",
        people: 5,
        events: 2,
        companies: 1,
        unknownSize: 0,
        lastOn: "2024-01-05",
        largest: 3,
      },
      {
        group: "Food",
        name: "Food",
        people: 5,
        events: 1,
        companies: 1,
        unknownSize: 0,
        lastOn: "2024-01-03",
        largest: 5,
      },
      {
        group: "Retail",
        name: "Retail",
        people: 5,
        events: 1,
        companies: 1,
        unknownSize: 0,
        lastOn: "2024-01-01",
        largest: 5,
      },
      {
        group: "Crypto",
        name: "Crypto",
        people: 0,
        events: 1,
        companies: 1,
        unknownSize: 1,
        lastOn: "2024-01-04",
        largest: null,
      },
    ]);
    expect(breakdown(market, { companies: ["c"] }, "company")).toMatchObject([
      { group: "c", name: "C", people: 5, companies: 1 },
    ]);
  });

  it("rows are newest first and of one day largest first, unknown last; the total counts those not shown", () => {
    const market = marketOf(
      layoff("Z", "2024-01-02"),
      layoff("B", "2024-01-02", { headcount: 0 }),
      layoff("A", "2024-01-02", { headcount: 9 }),
      layoff("C", "2024-01-03"),
    );
    const found = rows(market, {}, 3);
    expect([named(found.rows), found.total]).toEqual([
      ["2024-01-03 C ?", "2024-01-02 A 9", "2024-01-02 B 0"],
      4,
    ]);
    expect(named(rows(market, {}).rows)).toHaveLength(4);
    expect(rows(market, {}, 0)).toEqual({ rows: [], total: 4 });
  });

  it("a row keeps everything its source said", () => {
    const market = marketOf(
      layoff(
        "Acme copy",
        "2024-01-02",
        {
          headcount: 9,
          percentOfStaff: 12.5,
          industry: "Retail",
          country: "India",
          location: "Pune",
          stage: "Seed",
          url: "https://news.example/ä",
        },
        { learnedOn: "2024-01-04" },
      ),
    );
    expect(rows(market, {}).rows).toEqual([
      {
        companyKey: "acme",
        company: "Acme copy",
        on: "2024-01-02",
        announcedOn: "2024-01-02",
        learnedOn: "2024-01-04",
        people: 9,
        percent: 12.5,
        industry: "Retail",
        country: "India",
        location: "Pune",
        stage: "Seed",
        url: "https://news.example/ä",
        source: "test",
        sighting: 0,
        witnesses: 1,
        unconfirmed: false,
      },
    ]);
  });

  it("the largest of equals is the newest, and an unknown size is not ranked", () => {
    const market = marketOf(
      layoff("A", "2024-01-01", { headcount: 5 }),
      layoff("B", "2024-01-02", { headcount: 5 }),
      layoff("C", "2024-01-03"),
      layoff("D", "2024-01-04", { headcount: 1 }),
    );
    expect(named(largest(market, {}, 2))).toEqual(["2024-01-02 B 5", "2024-01-01 A 5"]);
    expect(named(largest(market, {}, 9))).toHaveLength(3);
  });

  it("shares of staff are ranked where they are known", () => {
    const market = marketOf(
      layoff("A", "2024-01-01", { percentOfStaff: 10 }),
      layoff("B", "2024-01-02", { percentOfStaff: 100 }),
      layoff("C", "2024-01-03", { headcount: 900 }),
    );
    expect(mostOfStaff(market, {}, 5).map(({ company }) => company)).toEqual(["B", "A"]);
  });

  it("the median cut is that of known sizes", () => {
    const market = marketOf(
      layoff("A", "2024-01-01", { headcount: 10 }),
      layoff("B", "2024-01-01", { headcount: 21 }),
      layoff("C", "2024-01-01"),
    );
    expect(medianCut(market, {})).toEqual({ n: 2, median: 15.5 });
  });

  it("equal companies share a place", () => {
    const market = marketOf(
      layoff("A", "2024-01-01", { headcount: 10 }),
      layoff("B", "2024-01-01", { headcount: 10 }),
      layoff("C", "2024-01-01", { headcount: 1 }),
      layoff("D", "2024-01-01"),
    );
    expect(["a", "b", "c", "d", "e"].map((key) => companyRank(market, key))).toEqual([
      1,
      1,
      3,
      4,
      null,
    ]);
  });
});
