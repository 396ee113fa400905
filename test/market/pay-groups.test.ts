import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PAY_KEYS, payMedians } from "../../src/market/pay-groups.ts";
import type { PayKey } from "../../src/market/pay-groups.ts";
import { payRanking } from "../../src/market/pay-ranking.ts";
import { payKnownBefore, payTable } from "../../src/market/pay-table.ts";
import { roleFamily } from "../../src/market/roles.ts";
import { median } from "../../src/market/stats.ts";
import { AGGREGATE, factsOf, QUARTERS, row } from "./pay-facts.ts";
import { payRowsFor, somePayQuery, somePayRows } from "./pay-oracle.ts";

const someKeys = fc.subarray([...PAY_KEYS]);

describe("the medians of all groups at once", () => {
  it("are those of sorting each group's rows", () => {
    const law = fc.property(somePayRows, somePayQuery, someKeys, (rows, query, by) => {
      expect(fromTable(payTable(rows), query, by)).toEqual(plainly(payRowsFor(rows, query), by));
    });
    fc.assert(law, { numRuns: 300 });
  });

  it("are those of all salaries where nothing narrows them", () => {
    const law = fc.property(somePayRows, someKeys, (rows, by) => {
      expect(fromTable(payTable(rows), {}, by)).toEqual(plainly(payRowsFor(rows, {}), by));
    });
    fc.assert(law, { numRuns: 200 });
  });

  it("known before a day are those of the rows that had appeared", () => {
    const law = fc.property(somePayRows, someKeys, (rows, by) => {
      const known = rows.filter(
        ({ appearedOn }) => appearedOn === null || appearedOn < "2023-09-30",
      );
      const table = payKnownBefore(payTable(rows), "2023-09-30");
      expect(fromTable(table, {}, by)).toEqual(plainly(payRowsFor(known, {}), by));
    });
    fc.assert(law, { numRuns: 100 });
  });

  it("of every role, level and country are told without looking at a row", () => {
    const table = payTable(
      Array.from({ length: 1_001 }, (_, at) =>
        row({ usdPerYear: at + 1, employerCountry: at < 501 ? "US" : "DE" }),
      ),
    );
    const read = () => expect.fail("a row was looked at");
    const unread = { length: table.size, at: read, slice: read, all: read };
    const watched = { ...table, rows: { usd: unread, title: unread } };
    expect(new Set(payMedians(watched, {}, PAY_KEYS).median)).toEqual(new Set([251, 751.5]));
  });
});

describe("a ranking of pay", () => {
  const many = (n: number, usdPerYear: number, values: Parameters<typeof row>[0]) =>
    Array.from({ length: n }, () => row({ ...values, usdPerYear }));

  it("puts the highest median first, and of equal ones the one of most salaries", () => {
    const facts = factsOf([
      ...many(10, 90, { employerCountry: "DE" }),
      ...many(12, 90, { employerCountry: "FR" }),
      ...many(11, 95, { employerCountry: "IN" }),
    ]);
    expect(payRanking(facts, {}, ["country"])).toMatchObject({
      basis: "rows",
      ranked: [
        { country: "IN", role: null, level: null, n: 11, median: 95 },
        { country: "FR", n: 12, median: 90 },
        { country: "DE", n: 10, median: 90 },
      ],
      leftOut: { groups: 0, salaries: 0 },
    });
  });

  it("leaves out groups of fewer than ten salaries, and counts them", () => {
    const facts = factsOf([
      ...many(9, 900, { level: "senior" }),
      ...many(2, 800, { level: "entry" }),
      ...many(10, 90, {}),
    ]);
    const { ranked, leftOut } = payRanking(facts, {}, ["level"]);
    expect(ranked).toEqual([{ role: null, level: "mid", country: null, n: 10, median: 90 }]);
    expect(leftOut).toEqual({ groups: 2, salaries: 11 });
  });

  it("is of the last published quarter where no rows are known", () => {
    const answer = payRanking(factsOf([]), {}, ["role"]);
    expect(answer).toMatchObject({
      basis: "published-quarters",
      ranked: [{ role: "ai-engineer", n: 45, median: AGGREGATE.median }],
      // Four engineers.
      leftOut: { groups: 1, salaries: 4 },
      from: "2023-10-01",
      to: "2023-12-31",
    });
    expect(
      payRanking(factsOf([], QUARTERS), { role: "ai-engineer", to: "2023-09-30" }, ["level"]),
    ).toMatchObject({ ranked: [], leftOut: { groups: 1, salaries: 2 } });
  });
});

function fromTable(...asked: Parameters<typeof payMedians>) {
  const { n, median: medians, nameOf } = payMedians(...asked);
  return new Map(
    Array.from(n, (size, at) => {
      const { role, level, country } = nameOf(at);
      return [`${role} ${level} ${country}`, [size, medians[at]]];
    }),
  );
}

function plainly(rows: ReturnType<typeof payRowsFor>, by: readonly PayKey[]) {
  const told = (key: PayKey, value: string) => (by.includes(key) ? value : null);
  const groups = Map.groupBy(
    rows,
    ({ title, level, employerCountry }) =>
      `${told("role", roleFamily(title))} ${told("level", level)} ${told("country", employerCountry)}`,
  );
  return new Map(
    [...groups].map(([name, each]) => [
      name,
      [each.length, median(each.map(({ usdPerYear }) => usdPerYear))],
    ]),
  );
}
