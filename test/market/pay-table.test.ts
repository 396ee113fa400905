import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, Values } from "../../src/market/column.ts";
import { inOne, valuesAt } from "../../src/market/order-statistic.ts";
import { payCells } from "../../src/market/pay-rows.ts";
import type { PayQuery } from "../../src/market/pay-rows.ts";
import {
  hasPay,
  payByCountry,
  payKnownBefore,
  paySource,
  payTable,
} from "../../src/market/pay-table.ts";
import type { PayTable } from "../../src/market/pay-table.ts";
import { payStats } from "../../src/market/pay.ts";
import { QUARTERS, row } from "./pay-facts.ts";
import { payRowsFor, plainStats, somePayQuery, somePayRows } from "./pay-oracle.ts";

/** What the rows alone say, in the oracle's shape; null where they do not cover the period. */
function fromTable(pay: PayTable, query: PayQuery) {
  const answer = payStats({ pay, payQuarters: { ...QUARTERS, quarters: {} } }, query);
  if (answer.basis !== "rows") return null;
  if (answer.tooFew) return { tooFew: true, n: answer.n };
  const { tooFew, n, mean, p10, p25, median, p75, p90 } = answer;
  return { tooFew, n, mean, p10, p25, median, p75, p90 };
}

describe("a table of salaries", () => {
  it("answers every question as sorting the rows that fit does", () => {
    fc.assert(
      fc.property(somePayRows, fc.array(somePayQuery, { minLength: 5 }), (rows, queries) => {
        const table = payTable(rows);
        for (const query of queries)
          expect(fromTable(table, query)).toEqual(plainStats(rows, query));
      }),
      { numRuns: 300 },
    );
  });

  it("known before a day answers as one of the rows that had appeared", () => {
    fc.assert(
      fc.property(
        somePayRows,
        somePayQuery,
        fc.constantFrom("2023-01-01", "2023-06-30", "2023-07-01", "2024-01-01"),
        (rows, query, day) => {
          const known = rows.filter(({ appearedOn }) => appearedOn === null || appearedOn < day);
          const table = payKnownBefore(payTable(rows), day);
          expect(fromTable(table, query)).toEqual(plainStats(known, query));
          expect(hasPay(table)).toBe(known.length > 0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("gives the salaries of each level and country, whatever the family", () => {
    fc.assert(
      fc.property(somePayRows, somePayQuery, (rows, query) => {
        const cells = Map.groupBy(
          payRowsFor(rows, query),
          ({ level, employerCountry }) => `${level} ${employerCountry}`,
        );
        const table = payTable(rows);
        const found = [...payCells(table, query)].map(([name, pay]) => {
          const [level, code] = name.split(" ");
          return [`${level} ${table.countries()[Number(code)]}`, [...pay]] as const;
        });
        expect(new Map(found)).toEqual(
          new Map(
            [...cells].map(([name, each]) => [
              name,
              each.map(({ usdPerYear }) => usdPerYear).sort((a, b) => a - b),
            ]),
          ),
        );
      }),
    );
  });

  it("counts countries, and names the source", () => {
    const table = payTable([
      row({ employerCountry: "DE", title: "Clerk" }),
      row({ employerCountry: "US" }),
      row({ employerCountry: "DE" }),
    ]);
    expect(payByCountry(table)).toEqual(
      new Map([
        ["DE", 2],
        ["US", 1],
      ]),
    );
    expect(paySource(table)).toBe("made-up");
    expect(paySource(payTable([]))).toBeUndefined();
  });

  it("reads a group's figures without looking at its rows", () => {
    const table = payTable(
      Array.from({ length: 1_000 }, (_, at) =>
        row({ usdPerYear: at + 1, employerCountry: at % 2 ? "US" : "DE" }),
      ),
    );
    const watched = {
      ...table,
      rows: { usd: unread(table.rows.usd), title: unread(table.rows.title) },
      arrived: { usd: unread(table.arrived.usd), title: unread(table.arrived.title) },
    };
    expect(fromTable(watched, { country: "US" })).toMatchObject({ n: 500, median: 501 });
    expect(fromTable(watched, {})).toMatchObject({ n: 1_000, median: 501 });
  });

  it("reads of a period the rows that appeared in it and no other", () => {
    const table = payTable(
      ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"].flatMap((appearedOn, at, all) =>
        Array.from({ length: 100 }, (_, each) =>
          row({ usdPerYear: each + 1, appearedOn, appearedAfter: all[at - 1] ?? "2022-12-31" }),
        ),
      ),
    );
    let taken = 0;
    const { usd } = table.arrived;
    const slice = (from: number, to: number) => {
      taken += to - from;
      return usd.slice(from, to);
    };
    const watched = {
      ...table,
      rows: { usd: untouched(table.rows.usd), title: untouched(table.rows.title) },
      arrived: {
        usd: { ...untouched(usd), slice },
        title: untouched(table.arrived.title),
      },
    };
    const quarter = { from: "2023-07-01", to: "2023-09-30" };
    expect(fromTable(watched, { ...quarter, country: "US" })).toMatchObject({ n: 100, median: 51 });
    expect(taken).toBe(100);
  });
});

/** A column of which pieces may be taken, and no value read on the way. */
function unread<V extends Values>(column: Column<V>): Column<V> {
  return {
    length: column.length,
    at: () => expect.fail("a row was looked at"),
    all: () => expect.fail("all rows were looked at"),
    slice: (from, to) => column.slice(from, to),
  };
}

/** A column of which nothing may be read. */
function untouched<V extends Values>(column: Column<V>): Column<V> {
  return { ...unread(column), slice: () => expect.fail("a piece was read") };
}

it("the values at places among sorted parts are those of all of them sorted", () => {
  const part = fc
    .array(fc.integer({ min: 0, max: 90 }), { maxLength: 120 })
    .map((values) => Float64Array.from(values).sort());
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(), { maxLength: 10 }),
      (parts, wanted) => {
        const sorted = Float64Array.from(parts.flatMap((each) => [...each])).sort();
        const places = sorted.length === 0 ? [] : wanted.map((place) => place % sorted.length);
        places.sort((a, b) => a - b);
        expect(inOne(parts)).toEqual(sorted);
        expect(valuesAt(parts, places)).toEqual(places.map((place) => sorted[place]!));
        expect(valuesAt(parts, [...sorted.keys()])).toEqual([...sorted]);
      },
    ),
  );
});
