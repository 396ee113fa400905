import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildMarket } from "../../src/market/build.ts";
import { breakdown, companyRank, largest, rows, series, totals } from "../../src/market/layoffs.ts";
import type { LayoffFilter } from "../../src/market/layoffs.ts";
import { pulse } from "../../src/market/pulse.ts";
import { factsOf, layoff, plainBook } from "./layoff-facts.ts";

const FILE = new URL(
  "../../../shared/data/layoffs/theakhilb_12col_2024-04-25.csv",
  import.meta.url,
);

/** A reader of its own, so that the importer's mistakes are not repeated here. */
function readTracker(): Record<string, string>[] {
  const lines = readFileSync(FILE, "utf8").trim().split(/\r?\n/);
  const cells = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
      (quoted ?? plain ?? "").replaceAll('""', '"').trim(),
    );
  const [header, ...body] = lines.map(cells);
  return body.map((values) =>
    Object.fromEntries(header!.map((name, at) => [name, values[at] ?? ""])),
  );
}

describe.skipIf(!existsSync(FILE))(
  "a tracker's export as of 2024-04-25 (needs ../shared/data)",
  () => {
    const tracker = existsSync(FILE) ? readTracker() : [];
    const said = (text: string | undefined) =>
      text === undefined || text === "" || text === "Unknown" ? null : text;
    const market = buildMarket(
      factsOf(
        tracker.map((row) =>
          layoff(
            row["Company"]!,
            row["Date"]!.slice(0, 10),
            {
              headcount: row["Laid_Off_Count"] === "" ? null : Number(row["Laid_Off_Count"]),
              industry: said(row["Industry"]),
              country: said(row["Country"]),
              stage: said(row["Stage"]),
            },
            { learnedOn: row["Date_Added"]!.slice(0, 10) },
          ),
        ),
        { asOfOn: "2024-04-25" },
      ),
      plainBook(),
    );
    const figures = (filter: LayoffFilter) => {
      const { companies, events, people, unknownSize } = totals(market, filter);
      return { companies, events, people, unknownSize };
    };

    it("has every row", () => {
      expect(totals(market, {}).events).toBe(3_577);
      expect(rows(market, {}).total).toBe(tracker.length);
    });

    it("the first weeks of 2024, as known on 15 March: over 200 companies, over 50,000 people", () => {
      expect(figures({ from: "2024-01-01", to: "2024-03-15", asof: "2024-03-15" })).toEqual({
        companies: 209,
        events: 219,
        people: 50_312,
        unknownSize: 83,
      });
    });

    it("2023 as known on 17 March 2024: 1,382 events at 1,188 companies", () => {
      expect(figures({ from: "2023-01-01", to: "2023-12-31", asof: "2024-03-17" })).toEqual({
        companies: 1_188,
        events: 1_382,
        people: 263_180,
        unknownSize: 539,
      });
    });

    it("2024 to 17 March beside the same days of 2023, as known now and at the same age", () => {
      const thisYear = { from: "2024-01-01", to: "2024-03-17" };
      const lastYear = { from: "2023-01-01", to: "2023-03-17" };
      expect(figures(thisYear)).toMatchObject({ people: 50_727, events: 226 });
      expect(figures(lastYear)).toMatchObject({ people: 147_758, events: 530 });
      expect(figures({ ...thisYear, asof: "2024-03-17" }).people).toBe(50_546);
      expect(figures({ ...lastYear, asof: "2023-03-17" }).people).toBe(139_315);
      expect(pulse(market, "2024-03-17").yearToDate).toMatchObject({ people: 50_727, events: 226 });
      expect(pulse(market, "2024-03-17").previousYearToDate).toMatchObject({
        people: 147_758,
        events: 530,
      });
    });

    it.each([
      [
        "month",
        (row: Record<string, string>) => row["Date"]!.slice(0, 7),
        () =>
          series(market, {}, "month")
            .filter(({ events }) => events > 0)
            .map((period) => ({ ...period, name: period.label })),
      ],
      [
        "industry",
        (row: Record<string, string>) => said(row["Industry"]) ?? "Unknown",
        () => breakdown(market, {}, "industry"),
      ],
      [
        "country",
        (row: Record<string, string>) => said(row["Country"]) ?? "Unknown",
        () => breakdown(market, {}, "country"),
      ],
      [
        "stage",
        (row: Record<string, string>) => said(row["Stage"]) ?? "Unknown",
        () => breakdown(market, {}, "stage"),
      ],
    ] as const)("every total by %s is the sum of its rows", (_, groupOf, answer) => {
      const expected = [...Map.groupBy(tracker, groupOf)].map(([name, members]) => ({
        name,
        events: members.length,
        people: members.reduce((sum, row) => sum + Number(row["Laid_Off_Count"]), 0),
        unknownSize: members.filter((row) => row["Laid_Off_Count"] === "").length,
        companies: new Set(members.map((row) => plainBook().of(row["Company"]!).key)).size,
      }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect(
        answer()
          .map(({ name, events, people, unknownSize, companies }) => ({
            name,
            events,
            people,
            unknownSize,
            companies,
          }))
          .sort(byName),
      ).toEqual(expected.sort(byName));
    });

    it("the largest cut is one of the largest companies'", () => {
      const [most] = largest(market, {}, 1);
      expect([most?.companyKey, most?.people, most?.on]).toEqual(["tesla", 14_000, "2024-04-15"]);
      expect(companyRank(market, "amazon")).toBe(1);
    });
  },
);
