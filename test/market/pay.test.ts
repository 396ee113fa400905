import { describe, expect, test } from "vitest";
import { payTable } from "../../src/market/pay-table.ts";
import { payStats, quarterDays } from "../../src/market/pay.ts";
import type { PayAnswer } from "../../src/market/pay.ts";
import { dumpsCover } from "../../src/market/pay-rows.ts";
import { dump, factsOf, row } from "./pay-facts.ts";

describe("pay from rows", () => {
  test("quantiles are of type 7 and whole dollars", () => {
    const answer = payStats(
      factsOf([10, 20, 30, 40, 51].map((usdPerYear) => row({ usdPerYear }))),
      {},
    );
    expect(answer).toMatchObject({
      tooFew: false,
      n: 5,
      mean: 30,
      p10: 14,
      p25: 20,
      median: 30,
      p75: 40,
      p90: 47,
      basis: "rows",
    });
  });

  test("under three salaries nothing is shown, under five no tails", () => {
    const rows = [1, 2, 3].map((usdPerYear) => row({ usdPerYear }));
    expect(payStats(factsOf(rows.slice(1)), {})).toEqual({
      tooFew: true,
      n: 2,
      basis: "rows",
      notes: expect.any(Array),
    });
    expect(payStats(factsOf(rows), {})).toMatchObject({ n: 3, median: 2, p10: null, p90: null });
  });

  test.each([
    [{ level: "senior" }, 3],
    [{ country: "DE" }, 3],
    [{ role: "ai-engineer" }, 9],
    [{ role: "engineer", ai: true }, 9],
    [{ role: "ai-engineer", ai: false }, 3],
    [{ ai: true }, 12],
    [{ ai: false }, 3],
    [{ titleWords: ["ml engineer", "data engineer"] }, 12],
    [{ titleWords: ["engine"] }, 0],
    [{ employment: "contract" }, 3],
    [{ role: "data-scientist", ai: true }, 0],
  ] as const)("%j counts %i rows", (query, n) => {
    const rows = [
      row({}),
      row({ level: "senior" }),
      row({ employerCountry: "DE" }),
      row({ title: "Research Scientist" }),
      row({ title: "Data Engineer" }),
      row({ employment: "contract" }),
    ].flatMap((each) => [each, each, each]);
    expect(payStats(factsOf(rows), query)).toMatchObject({ n, basis: "rows" });
  });

  test("a row belongs to the period in which it appeared between two dumps", () => {
    const rows = [
      ...dump("2023-09-24", "2023-10-01"),
      ...dump("2023-10-01", "2023-12-31"),
      ...dump("2023-06-01", "2023-11-01"),
      ...dump("2023-12-31", "2024-01-07"),
      row({}),
      row({}),
      row({}),
    ];
    expect(payStats(factsOf(rows), { from: "2023-10-01", to: "2023-12-31" })).toMatchObject({
      n: 6,
      basis: "rows",
      from: "2023-10-01",
      to: "2023-12-31",
    });
    expect(payStats(factsOf(rows), {})).toMatchObject({ n: 15, from: null, to: null });
  });

  test("a period that the dumps do not cover is not answered from a part of it", () => {
    const gap = [...dump("2022-09-28", "2022-10-20"), ...dump("2023-01-20", "2023-12-31")];
    expect(dumpsCover(payTable(gap), "2022-10-01", "2023-12-31")).toBe(false);
    expect(
      dumpsCover(
        payTable([...gap, ...dump("2022-10-20", "2023-01-20")]),
        "2022-10-01",
        "2023-12-31",
      ),
    ).toBe(true);
    expect(dumpsCover(payTable(gap), "2024-01-01", "2024-03-31")).toBe(false);
    expect(
      payStats(factsOf(dump("2022-12-31", "2023-12-31")), { quarter: "2023Q4" }),
    ).toMatchObject({ basis: "published-quarters" });
  });
});

describe("pay from published quarters", () => {
  const facts = factsOf([]);

  test("the quarter asked for is given as published, in whole dollars", () => {
    expect(payStats(facts, { role: "ai-engineer", quarter: "2023Q4" })).toEqual({
      tooFew: false,
      n: 45,
      mean: 110,
      p10: null,
      p25: 80,
      median: 95,
      p75: 120,
      p90: 150,
      basis: "published-quarters",
      from: "2023-10-01",
      to: "2023-12-31",
      country: "US",
      notes: ["Published quarter: United States, full time, quartiles by nearest rank."],
    });
  });

  test("without a period the last quarter answers; a longer period says which quarter it shows", () => {
    expect(payStats(facts, {})).toMatchObject({ n: 99, from: "2023-10-01" });
    expect(
      payStats(facts, { role: "ai-engineer", from: "2023-01-01", to: "2023-12-31" }),
    ).toMatchObject({
      n: 45,
      notes: [expect.any(String), expect.stringContaining("this is 2023Q4, the last of 2")],
    });
  });

  test.each([
    [{ country: "DE" }, "United States only"],
    [{ employment: "contract" }, "full-time pay only"],
    [{ from: "2024-01-01", to: "2024-03-17" }, "Neither imported rows nor a published quarter"],
    [{ role: "data-scientist", ai: true }, "No title of that role"],
  ] as const)("%j cannot be answered and says why", (query, note) => {
    expect(payStats(facts, query)).toEqual({
      tooFew: true,
      n: 0,
      basis: "published-quarters",
      notes: [expect.stringContaining(note)],
    });
  });

  test("what cannot be pooled or told apart is said", () => {
    expect(notesOf(payStats(facts, { ai: true }))).toContain(
      "Published families cannot be pooled into one median: this is ai-engineer alone.",
    );
    expect(
      notesOf(payStats(facts, { role: "ai-engineer", titleWords: ["ml engineer"] })),
    ).toContain("Published by role family: this is all of ai-engineer, not the title alone.");
  });

  test("small groups stay hidden, and their tails too", () => {
    expect(
      payStats(facts, { role: "ai-engineer", level: "senior", quarter: "2023Q3" }),
    ).toMatchObject({ tooFew: true, n: 2 });
    expect(payStats(facts, { role: "engineer", quarter: "2023Q4" })).toMatchObject({
      n: 4,
      p90: null,
    });
  });

  test.each(["2023Q5", "__proto__", "2023", ""])("%s is no quarter", (quarter) => {
    expect(() => payStats(facts, { quarter })).toThrow("is no quarter");
  });

  test("a quarter has its days", () => {
    expect(quarterDays("2024Q1")).toEqual({ from: "2024-01-01", to: "2024-03-31" });
    expect(quarterDays("2023-Q4")).toEqual({ from: "2023-10-01", to: "2023-12-31" });
  });
});

function notesOf(answer: PayAnswer): readonly string[] {
  return answer.notes;
}
