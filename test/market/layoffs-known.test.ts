import { describe, expect, it } from "vitest";
import { buildMarket } from "../../src/market/build.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import { breakdown, rows, totals } from "../../src/market/layoffs.ts";
import { revisions } from "../../src/market/revisions.ts";
import { changed, factsOf, layoff, named, plainBook } from "./layoff-facts.ts";

const marketOf = (...layoffs: readonly LayoffSighting[]) =>
  buildMarket(factsOf(layoffs), plainBook());

describe("what was known on a day", () => {
  const revised = changed(
    layoff("Acme", "2024-01-10", { headcount: 100 }, { learnedOn: "2024-01-12" }),
    "2024-02-01",
    { headcount: 150, country: "India" },
  );
  const taken = layoff("Bolt", "2024-01-11", { headcount: 40 }, { withdrawnOn: "2024-03-01" });
  const market = marketOf(revised, taken);

  it("an event is known from the day it was learned", () => {
    expect(totals(market, { asof: "2024-01-10" }).events).toBe(0);
    expect(totals(market, { asof: "2024-01-11" }).people).toBe(40);
    expect(totals(market, { asof: "2024-01-12" }).people).toBe(140);
  });

  it("a changed value holds from the day of the change", () => {
    expect(totals(market, { asof: "2024-01-31" }).people).toBe(140);
    expect(totals(market, { asof: "2024-02-01" }).people).toBe(190);
    expect(breakdown(market, { asof: "2024-01-31", companies: ["acme"] }, "country")[0]?.name).toBe(
      "Unknown",
    );
    expect(breakdown(market, { asof: "2024-02-01", companies: ["acme"] }, "country")[0]?.name).toBe(
      "India",
    );
  });

  it("an event taken back is gone from that day on, and was there before", () => {
    expect(totals(market, { asof: "2024-02-29" }).events).toBe(2);
    expect(totals(market, { asof: "2024-03-01" }).events).toBe(1);
    expect(totals(market, {})).toEqual({ people: 150, events: 1, companies: 1, unknownSize: 0 });
  });

  it("the first version stands in when it is dated later than it was learned", () => {
    const late = layoff("Acme", "2024-01-01", { headcount: 5 }, { learnedOn: "2024-01-01" });
    const market = marketOf(
      { ...late, versions: [{ from: "2024-06-01", values: late.versions[0]!.values }] },
      layoff("Bolt", "2024-12-01"),
    );
    expect(totals(market, { asof: "2024-02-01" }).people).toBe(5);
  });

  it("the same day asked twice gives the same table, and a day after the last change gives the table of all", () => {
    expect(market.layoffs("2024-01-20")).toBe(market.layoffs("2024-01-20"));
    expect(market.layoffs("2030-01-01")).toBe(market.layoffs());
  });

  it("a forgotten table is built again and says the same", () => {
    const before = totals(market, { asof: "2024-01-20" });
    const table = market.layoffs("2024-01-20");
    for (let day = 10; day < 20; day++) market.layoffs(`2024-01-${day}`);
    expect(market.layoffs("2024-01-20")).not.toBe(table);
    expect(totals(market, { asof: "2024-01-20" })).toEqual(before);
  });

  it("changes are listed newest first, and an event taken back is one", () => {
    expect(revisions(market, 5)).toEqual({
      total: 2,
      changes: [
        {
          changedOn: "2024-03-01",
          company: "Bolt",
          announcedOn: "2024-01-11",
          what: "no longer listed",
        },
        {
          changedOn: "2024-02-01",
          company: "Acme",
          announcedOn: "2024-01-10",
          what: "people 100 → 150, country not reported → India",
        },
      ],
    });
    expect(revisions(market, 1).changes).toHaveLength(1);
  });
});

describe("which date counts", () => {
  const market = marketOf(
    layoff(
      "Acme",
      "2024-01-10",
      { headcount: 1, filedOn: "2024-01-05", effectiveOn: "2024-03-10" },
      { learnedOn: "2024-01-20" },
    ),
    layoff("Bolt", "2024-01-11", { headcount: 2 }, { learnedOn: "2024-01-11" }),
  );

  it("learned dates an event by the day it could be known", () => {
    expect(totals(market, { basis: "learned", to: "2024-01-19" }).people).toBe(2);
    expect(named(rows(market, { basis: "learned" }).rows)).toEqual([
      "2024-01-20 Acme 1",
      "2024-01-11 Bolt 2",
    ]);
  });

  it("filed and effective leave out events without such a date", () => {
    expect(named(rows(market, { basis: "filed" }).rows)).toEqual(["2024-01-05 Acme 1"]);
    expect(named(rows(market, { basis: "effective" }).rows)).toEqual(["2024-03-10 Acme 1"]);
    expect(rows(market, { basis: "effective" }).rows[0]?.announcedOn).toBe("2024-01-10");
  });
});
