import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PAY_LEVELS } from "../../src/market/facts.ts";
import type { PayLevel, PayRow } from "../../src/market/facts.ts";
import { payStats, quarterDays } from "../../src/market/pay.ts";
import { ROLE_FAMILIES } from "../../src/market/roles.ts";
import type { RoleFamily } from "../../src/market/roles.ts";
import { factsOf, row } from "./pay-facts.ts";
import { payRowsFor, plainStats } from "./pay-oracle.ts";

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
    const rows = appeared(earlier!, later!);
    const facts = factsOf(rows);
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

    test("the published quartiles are the values at rank 1 + (n − 1)·p rounded half up, not interpolated", () => {
      const differ = cells.filter(([group, cell]) => {
        const [family, level] = group.split("/");
        const query = {
          role: FAMILY[family!]!,
          level: level === undefined ? undefined : LEVEL[level]!,
          country: "US",
          ...quarterDays("2023Q4"),
        };
        const pay = payRowsFor(rows, query)
          .map(({ usdPerYear }) => usdPerYear)
          .sort((a, b) => a - b);
        const at = (p: number): number => pay[Math.floor((pay.length - 1) * p + 0.5)]!;
        return at(0.25) !== cell.p25 || at(0.75) !== cell.p75 || at(0.9) !== cell.p90;
      });
      expect(differ).toEqual([]);
    });

    test("every group, quarter and country is what sorting the rows gives", () => {
      for (const role of ROLE_FAMILIES)
        for (const level of [undefined, ...PAY_LEVELS])
          for (const country of [undefined, "US", "GB"])
            for (const quarter of [undefined, "2023Q4"])
              for (const titleWords of [undefined, ["engineer"]]) {
                const query = { role, level, country, quarter, titleWords };
                expect(payStats(facts, query)).toMatchObject(plainStats(rows, query)!);
              }
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

const FAMILY: Readonly<Record<string, RoleFamily>> = {
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

const CELL = z.object({
  n: z.number(),
  mean: z.number(),
  p25: z.number(),
  median: z.number(),
  p75: z.number(),
  p90: z.number(),
});

function publishedQuarter(): Readonly<Record<string, z.output<typeof CELL>>> {
  const file = z.object({
    quarters: z.record(z.string(), z.object({ us_ft: z.record(z.string(), CELL) })),
  });
  return file.parse(JSON.parse(readFileSync(PUBLISHED, "utf8"))).quarters["2023-Q4"]!.us_ft;
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
