import { describe, expect, it } from "vitest";
import { buildMarket } from "../../src/market/build.ts";
import { addDays } from "../../src/market/calendar.ts";
import type { LayoffTable } from "../../src/market/layoff-table.ts";
import { pulse } from "../../src/market/pulse.ts";
import { factsOf, layoff, plainBook } from "./layoff-facts.ts";

const marketOf = (...layoffs: ReturnType<typeof layoff>[]) =>
  buildMarket(factsOf(layoffs), plainBook());

/** One event of so many people each week, the last on 2024-06-30 (a Sunday). */
function weekly(sizes: readonly number[]) {
  return marketOf(
    ...sizes.map((headcount, week) =>
      layoff("Acme", addDays("2024-06-30", -7 * (sizes.length - 1 - week)), { headcount }),
    ),
  );
}

describe("windows", () => {
  const market = marketOf(
    layoff("Acme", "2023-02-28", { headcount: 100 }),
    layoff("Acme", "2023-12-31", { headcount: 7 }),
    layoff("Bolt", "2024-01-31", { headcount: 5, industry: "Retail" }),
    layoff("Acme", "2024-02-22", { headcount: 20 }),
    layoff("acme copy", "2024-02-23", { headcount: 30, industry: "Retail" }),
    layoff("Cato", "2024-02-29", { country: "India" }),
  );

  it("a window ends on its day and includes it", () => {
    const shown = pulse(market, "2024-02-29");
    expect(shown.last7).toEqual({ people: 30, events: 2, companies: 2, unknownSize: 1 });
    expect(shown.last30).toEqual({ people: 55, events: 4, companies: 3, unknownSize: 1 });
    expect(shown.yearToDate).toEqual({ people: 55, events: 4, companies: 3, unknownSize: 1 });
  });

  it("the previous year's leap day is its 28 February", () => {
    expect(pulse(market, "2024-02-29").previousYearToDate.people).toBe(100);
    expect(pulse(market, "2024-02-27").previousYearToDate.people).toBe(0);
  });

  it("days between events and after the last one have their own pulse", () => {
    expect(pulse(market, "2024-03-06").last7.people).toBe(0);
    expect(pulse(market, "2024-03-06").last7.events).toBe(1);
    expect(pulse(market, "2024-03-29").last30.events).toBe(1);
    expect(pulse(market, "2024-03-30").last30.events).toBe(0);
    expect(pulse(market, "2024-12-31").yearToDate.events).toBe(4);
    expect(pulse(market, "2025-01-01").yearToDate.events).toBe(0);
    expect(pulse(market, "2025-12-31").previousYearToDate.events).toBe(4);
    expect(pulse(market, "2026-12-31").previousYearToDate.events).toBe(0);
  });

  it("before the first event there is nothing", () => {
    const shown = pulse(market, "2023-02-27");
    expect([shown.last30.events, shown.yearToDate.events, shown.top, shown.z]).toEqual([
      0,
      0,
      [],
      null,
    ]);
  });

  it("groups and companies are those of the last 30 days", () => {
    const shown = pulse(market, "2024-02-29");
    expect(shown.byIndustry).toEqual([
      {
        group: "Retail",
        name: "Retail",
        people: 35,
        events: 2,
        companies: 2,
        unknownSize: 0,
        lastOn: "2024-02-23",
        largest: 30,
      },
      {
        group: "Unknown",
        name: "Unknown",
        people: 20,
        events: 2,
        companies: 2,
        unknownSize: 1,
        lastOn: "2024-02-29",
        largest: 20,
      },
    ]);
    expect(shown.byCountry.map(({ name }) => name)).toEqual(["Unknown", "India"]);
    expect(shown.byStage).toHaveLength(1);
    expect(shown.top.map(({ group, people, largest }) => [group, people, largest])).toEqual([
      ["acme", 50, 30],
      ["bolt", 5, 5],
      ["cato", 0, null],
    ]);
  });

  it("an empty market has an empty pulse", () => {
    expect(pulse(marketOf(), "2024-01-01")).toMatchObject({
      last7: { events: 0 },
      yearToDate: { events: 0 },
      z: null,
      top: [],
      byIndustry: [],
    });
  });

  it("of more than ten companies the ten largest are named", () => {
    const market = marketOf(
      ...Array.from({ length: 14 }, (_, index) =>
        layoff(`C${index}`, "2024-01-01", { headcount: index }),
      ),
    );
    expect(pulse(market, "2024-01-02").top.map(({ people }) => people)).toEqual([
      13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
    ]);
  });
});

describe("z", () => {
  it("holds the last 7 days against the 52 weeks before them", () => {
    // 54 weeks; the oldest lies beyond the 52. The 52 are 1, 2, …, 52: median 26.5, MAD 13.
    const sizes = [9_999, ...Array.from({ length: 52 }, (_, week) => week + 1), 100];
    expect(pulse(weekly(sizes), "2024-06-30").z).toBeCloseTo((100 - 26.5) / (1.4826 * 13), 12);
  });

  it("needs 26 weeks that lie wholly in the history", () => {
    // The first window begins on the first event's own day, so the week of the first event does not count as whole.
    expect(pulse(weekly(Array.from({ length: 27 }, (_, week) => week)), "2024-06-30").z).toBeNull();
    expect(
      pulse(weekly(Array.from({ length: 28 }, (_, week) => week)), "2024-06-30").z,
    ).not.toBeNull();
  });

  it("is silent when earlier weeks do not differ", () => {
    expect(
      pulse(weekly([...Array.from({ length: 53 }, () => 10), 500]), "2024-06-30").z,
    ).toBeNull();
  });
});

it("the pulse touches no event", () => {
  const market = marketOf(
    layoff("Acme", "2024-01-01", { headcount: 3 }),
    layoff("Bolt", "2024-01-20", { headcount: 4 }),
  );
  const table = market.layoffs();
  const asked: string[] = [];
  const watched = <T extends object>(name: string, columns: T): T =>
    new Proxy(columns, {
      get(target, key, receiver): unknown {
        asked.push(`${name}.${String(key)}`);
        return Reflect.get(target, key, receiver);
      },
    });
  const prepared: LayoffTable = {
    ...table,
    rows: watched("rows", table.rows),
    byCompany: watched("byCompany", table.byCompany),
  };
  expect(pulse({ layoffs: () => prepared }, "2024-01-21").last30.people).toBe(7);
  expect(asked).toEqual([]);
});
