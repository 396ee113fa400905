import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { addDays, daysBetween } from "../../src/market/calendar.ts";
import { companyBook } from "../../src/market/company-book.ts";
import { parseCompanies } from "../../src/market/company-entries.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import { LAYOFF_TRACKER } from "../../src/sources/layoffs-csv.ts";
import { mergeSightings } from "../../src/sources/merge.ts";
import { layoff } from "../market/layoff-facts.ts";
import { dataFolder } from "./data-folder.ts";

const DATA = new URL("../../../shared/data/", import.meta.url);
const HEADLINES = new URL("news/slug_headlines.json", DATA);
const TRACKER = new URL("layoffs/theakhilb_12col_2024-04-25.csv", DATA);

const headlines = z.array(
  z.object({
    url: z.string(),
    company: z.string(),
    date: z.string(),
    n: z.number().nullable(),
    pct: z.number().nullable(),
    kind: z.string(),
  }),
);

/**
 * The labelled set: headlines whose page a tracker's row names, so that row is the right one. A headline gives its company
 * as somebody else spells it, a day moved by -2 to +5 days, and a size only where the headline itself states one. Rows of
 * the same company are the wrong ones; headlines after the tracker's last day belong to no row at all.
 */
describe.skipIf(!existsSync(HEADLINES))("headlines and the rows that name their pages", () => {
  it("are joined to the right row: precision 0.97 and recall 0.85 at least", async () => {
    const folder = dataFolder();
    await folder.takeFile(fileURLToPath(TRACKER));
    const rows = (await folder.stored()).layoffs;
    const byUrl = Map.groupBy(rows, ({ versions }) => versions.at(-1)!.values.url ?? "");
    const read = headlines.parse(JSON.parse(readFileSync(HEADLINES, "utf8")));
    const right = new Map<string, string>();
    const news = read.flatMap((headline, at): LayoffSighting[] => {
      const [row, ...more] = byUrl.get(headline.url) ?? [];
      const on = addDays(headline.date, jitter(headline.url));
      const isLater = headline.date > "2024-05-15";
      const isSame =
        row !== undefined &&
        more.length === 0 &&
        Math.abs(daysBetween(row.versions.at(-1)!.values.announcedOn, headline.date)) <= 30;
      if (!isSame && !isLater) return [];
      const key = `news|${at}`;
      if (isSame) right.set(key, row.key);
      const states = headline.kind === "count" ? headline.n : null;
      const percent = headline.kind === "percent" && headline.pct !== null;
      return [
        layoff(
          headline.company,
          on,
          { headcount: states, percentOfStaff: percent ? headline.pct! * 100 : null, url: null },
          { key, source: "news" },
        ),
      ];
    });
    const spellings = [...rows, ...news].map(({ versions }) => versions[0]!.values.company);
    const companies = parseCompanies(
      JSON.parse(readFileSync(new URL("../../data/companies.json", import.meta.url), "utf8")),
    );
    const book = companyBook(companies, spellings);
    const { witnesses, unsure } = mergeSightings([...rows, ...news], {
      companyKey: (company) => book.of(company).key,
      isList: (source) => source === LAYOFF_TRACKER.id,
      rankOf: (source) => (source === LAYOFF_TRACKER.id ? 0 : 1),
      verdicts: new Map(),
      confirmed: new Set(),
    });
    const joined = Object.values(witnesses).flatMap((reports) => {
      const list = reports.find(({ source }) => source === LAYOFF_TRACKER.id);
      return reports
        .filter(({ source }) => source === "news")
        .flatMap(({ key }) => (list === undefined ? [] : [{ key, row: list.key }]));
    });
    const correct = joined.filter(({ key, row }) => right.get(key) === row).length;
    const precision = correct / joined.length;
    const recall = correct / right.size;
    console.log(
      `merging: ${right.size} labelled pairs, ${news.length - right.size} headlines without a row; joined ${joined.length}, ` +
        `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, left to a person ${unsure.length}`,
    );
    expect(right.size).toBeGreaterThan(1_300);
    expect(precision).toBeGreaterThanOrEqual(0.97);
    expect(recall).toBeGreaterThanOrEqual(0.85);
  });
});

/** -2 to +5 days, the same for a page at every run. */
function jitter(url: string): number {
  return (createHash("sha256").update(url).digest()[0]! % 8) - 2;
}
