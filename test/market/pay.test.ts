import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PAY_LEVELS } from "../../src/market/facts.ts";
import type { PayLevel, PayQuarters, PayRow } from "../../src/market/facts.ts";
import { payStats, quarterDays } from "../../src/market/pay.ts";
import type { PayAnswer, PayFacts } from "../../src/market/pay.ts";
import { aiPremium, payByQuarter, payChange } from "../../src/market/pay-series.ts";
import { dumpsCover } from "../../src/market/pay-rows.ts";
import { ROLE_FAMILIES } from "../../src/market/roles.ts";

const AGGREGATE = { n: 20, mean: 100, p25: 80, median: 95, p75: 120, p90: 150 };
const CELL = z.object({
  n: z.number(),
  mean: z.number(),
  p25: z.number(),
  median: z.number(),
  p75: z.number(),
  p90: z.number(),
});
const QUARTERS: PayQuarters = {
  source: "made-up",
  country: "US",
  quarters: {
    "2023Q3": {
      "ai-engineer": { all: AGGREGATE, senior: { ...AGGREGATE, n: 2 } },
      engineer: { all: { ...AGGREGATE, n: 5, median: 76 } },
    },
    "2023Q4": {
      "ai-engineer": { all: { ...AGGREGATE, n: 45, mean: 110.4 } },
      engineer: { all: { ...AGGREGATE, n: 4, median: 95 } },
      all: { all: { ...AGGREGATE, n: 99 } },
    },
  },
};

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
    expect(dumpsCover(gap, "2022-10-01", "2023-12-31")).toBe(false);
    expect(
      dumpsCover([...gap, ...dump("2022-10-20", "2023-01-20")], "2022-10-01", "2023-12-31"),
    ).toBe(true);
    expect(dumpsCover(gap, "2024-01-01", "2024-03-31")).toBe(false);
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

describe("pay over time", () => {
  const facts = factsOf(dump("2023-09-30", "2023-12-31", "Data Engineer"));

  test("each quarter says whether it comes from rows or was published", () => {
    expect(
      payByQuarter(facts, { role: "engineer" }).map(({ quarter, answer }) => [
        quarter,
        answer.basis,
        answer.n,
      ]),
    ).toEqual([
      ["2023Q3", "published-quarters", 5],
      ["2023Q4", "rows", 3],
    ]);
    expect(
      payByQuarter(facts, { from: "2023-10-15", to: "2031-01-01" }).map(({ quarter }) => quarter),
    ).toEqual(["2023Q4"]);
    expect(payByQuarter(factsOf([], { ...QUARTERS, quarters: {} }), {})).toEqual([]);
  });

  test("a change is marked when the number of salaries doubles or is small", () => {
    const [before, after] = payByQuarter(factsOf([]), { role: "ai-engineer" }).map(
      ({ answer }) => answer,
    );
    expect(payChange(before!, after!)).toEqual({
      meanPct: expect.closeTo(10),
      medianPct: 0,
      nRatio: 2.25,
      compositionBreak: true,
    });
    expect(payChange(before!, before!)).toMatchObject({ nRatio: 1, compositionBreak: false });
    expect(payChange(after!, before!)).toMatchObject({ nRatio: 2.25, compositionBreak: true });
    expect(payChange({ tooFew: true, n: 0, basis: "rows", notes: [] }, after!)).toBeNull();
  });

  test("the premium is the ratio of two medians of one quarter, with both n", () => {
    const [third, fourth] = aiPremium(factsOf([]), {});
    expect(third).toMatchObject({
      quarter: "2023Q3",
      ai: { n: 20 },
      other: { n: 5 },
      pct: expect.closeTo(25),
      interval: null,
    });
    expect(fourth).toMatchObject({ pct: 0 });
    expect(aiPremium(factsOf([]), { level: "senior" })[0]).toMatchObject({
      pct: null,
      interval: null,
    });
  });

  test("the premium's interval is narrower with more salaries", () => {
    const width = (n: number): number => {
      const cell = { all: { ...AGGREGATE, n } };
      const { interval } = aiPremium(
        factsOf([], {
          ...QUARTERS,
          quarters: { "2023Q4": { "ai-engineer": cell, engineer: cell } },
        }),
        {},
      )[0]!;
      return interval!.highPct - interval!.lowPct;
    };
    // IQR 40, median 95, n 100 on both sides: exp(±1.96·√2·1.25·40/(1.35·10·95)).
    expect(width(100)).toBeCloseTo(100 * (Math.exp(0.108_062) - Math.exp(-0.108_062)), 2);
    expect(width(400)).toBeLessThan(width(100));
  });
});

const DUMPS = ["2023-09-24", "2023-12-31"].map(
  (day) =>
    [
      day,
      new URL(`../../../shared/data/salaries/aijobs_salaries_${day}.csv.gz`, import.meta.url),
    ] as const,
);
const PUBLISHED = new URL("../../../shared/facts/pay-quarters.json", import.meta.url);

describe.skipIf(!DUMPS.every(([, file]) => existsSync(file)) || !existsSync(PUBLISHED))(
  "two real dumps (skipped without ../shared)",
  () => {
    const [earlier, later] = DUMPS.map(([, file]) => (existsSync(file) ? dumpRows(file) : []));
    const facts = factsOf(appeared(earlier!, later!));
    const cells = existsSync(PUBLISHED) ? Object.entries(publishedQuarter()) : [];

    test("every family and level is the published aggregate to the digit", () => {
      expect(cells).toHaveLength(26);
      const differ = cells.flatMap(([group, cell]) => {
        const [family, level] = group.split("/");
        const query = {
          role: FAMILY[family!]!,
          level: level === undefined ? undefined : LEVEL[level]!,
          country: "US",
          quarter: "2023Q4",
        };
        const ours = payStats(facts, query);
        const same =
          ours.n === cell.n &&
          (ours.tooFew ||
            (ours.mean === Math.round(cell.mean) && Math.abs(ours.median - cell.median) <= 0.5));
        return same ? [] : [{ group, cell, ours }];
      });
      expect(differ).toEqual([]);
    });

    test("senior AI engineers in the United States: n 317, mean 199,129, median 196,000", () => {
      expect(
        payStats(facts, { role: "ai-engineer", level: "senior", country: "US", quarter: "2023Q4" }),
      ).toMatchObject({
        n: 317,
        mean: 199_129,
        p25: 152_000,
        median: 196_000,
        p75: 240_000,
        basis: "rows",
      });
    });
  },
);

const BUNDLED = new URL("../../data/pay-quarters.json", import.meta.url);

describe("the bundled quarters", () => {
  const facts = factsOf([], bundledQuarters());

  test("AI engineers' mean fell by 3.7 % from the third to the fourth quarter of 2023", () => {
    const [third, fourth] = ["2023Q3", "2023Q4"].map((quarter) =>
      payStats(facts, { role: "ai-engineer", quarter }),
    );
    expect(payChange(third!, fourth!)?.meanPct).toBeCloseTo(-3.7, 1);
  });

  test("senior engineers' mean went from 157,013 to 160,367 in a year, the median stood still", () => {
    const series = payByQuarter(facts, {
      role: "engineer",
      level: "senior",
      from: "2022-10-01",
      to: "2023-12-31",
    });
    expect(series).toHaveLength(5);
    const [first, last] = [series[0]!.answer, series.at(-1)!.answer];
    expect([first, last]).toMatchObject([{ mean: 157_013 }, { mean: 160_367 }]);
    expect(Math.abs(payChange(first, last)!.medianPct)).toBeLessThan(1);
  });
});

const FAMILY: Readonly<Record<string, (typeof ROLE_FAMILIES)[number]>> = {
  ai_engineer: "ai-engineer",
  ai_other: "ai-other",
  data_scientist: "data-scientist",
  other_engineer: "engineer",
  other: "other",
  all: "all",
};
const LEVEL: Readonly<Record<string, PayLevel>> = {
  EN: "entry",
  MI: "mid",
  SE: "senior",
  EX: "executive",
};
const EMPLOYMENT: Readonly<Record<string, PayRow["employment"]>> = {
  FT: "full-time",
  PT: "part-time",
  CT: "contract",
  FL: "freelance",
};

function publishedQuarter(): Readonly<Record<string, typeof AGGREGATE>> {
  const file = z.object({
    quarters: z.record(z.string(), z.object({ us_ft: z.record(z.string(), CELL) })),
  });
  return file.parse(JSON.parse(readFileSync(PUBLISHED, "utf8"))).quarters["2023-Q4"]!.us_ft;
}

function bundledQuarters(): PayQuarters {
  const group = CELL.extend({
    quarter: z.string(),
    role: z.enum(ROLE_FAMILIES),
    level: z.enum(["all", ...PAY_LEVELS]),
  });
  const { groups } = z
    .object({ groups: z.array(group) })
    .parse(JSON.parse(readFileSync(BUNDLED, "utf8")));
  const quarters: Record<string, Record<string, Record<string, typeof AGGREGATE>>> = {};
  for (const { quarter, role, level, ...cell } of groups)
    ((quarters[quarter] ??= {})[role] ??= {})[level] = cell;
  return { source: "bundled", country: "US", quarters };
}

function dumpRows(file: URL): readonly Readonly<Record<string, string>>[] {
  return z
    .array(z.record(z.string(), z.string()))
    .parse(parse(gunzipSync(readFileSync(file)), { columns: true }));
}

/** The later dump's rows; a row beyond the earlier dump's repeats of it appeared between the two. */
function appeared(
  earlier: ReturnType<typeof dumpRows>,
  later: ReturnType<typeof dumpRows>,
): readonly PayRow[] {
  const seen = new Map<string, number>();
  for (const each of earlier)
    seen.set(JSON.stringify(each), (seen.get(JSON.stringify(each)) ?? 0) + 1);
  return later.map((each) => {
    const left = seen.get(JSON.stringify(each)) ?? 0;
    seen.set(JSON.stringify(each), left - 1);
    return row({
      title: each["job_title"]!,
      level: LEVEL[each["experience_level"]!]!,
      employment: EMPLOYMENT[each["employment_type"]!]!,
      usdPerYear: Number(each["salary_in_usd"]),
      employerCountry: each["company_location"]!,
      ...(left > 0 ? {} : { appearedOn: "2023-12-31", appearedAfter: "2023-09-24" }),
    });
  });
}

function row(values: Partial<PayRow>): PayRow {
  return {
    source: "made-up",
    title: "ML Engineer",
    level: "mid",
    employment: "full-time",
    usdPerYear: 100,
    salary: 100,
    currency: "USD",
    workYear: 2023,
    employerCountry: "US",
    residenceCountry: "US",
    remotePct: 0,
    companySize: null,
    appearedOn: null,
    appearedAfter: null,
    ...values,
  };
}

function dump(appearedAfter: string, appearedOn: string, title = "ML Engineer"): readonly PayRow[] {
  return [1, 2, 3].map((usdPerYear) => row({ title, usdPerYear, appearedAfter, appearedOn }));
}

function factsOf(payRows: readonly PayRow[], payQuarters = QUARTERS): PayFacts {
  return { payRows, payQuarters };
}

function notesOf(answer: PayAnswer): readonly string[] {
  return answer.notes;
}
