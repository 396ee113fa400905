import { existsSync, readFileSync } from "node:fs";
import { buildMarket } from "../../src/market/build.ts";
import type { Market } from "../../src/market/market.ts";
import { factsOf, layoff, plainBook } from "../market/layoff-facts.ts";

const FILE = new URL(
  "../../../shared/data/layoffs/theakhilb_12col_2024-04-25.csv",
  import.meta.url,
);

export const hasTracker = existsSync(FILE);

/** The market of a real tracker's export as of 2024-04-25, read by a reader of its own. */
export function trackerMarket(): Market {
  const [header, ...body] = readFileSync(FILE, "utf8").trim().split(/\r?\n/).map(cells);
  const said = (text: string) => (text === "" || text === "Unknown" ? null : text);
  const sightings = body.map((row) => {
    const cell = (name: string) => row[header!.indexOf(name)] ?? "";
    return layoff(
      cell("Company"),
      cell("Date").slice(0, 10),
      {
        headcount: cell("Laid_Off_Count") === "" ? null : Number(cell("Laid_Off_Count")),
        percentOfStaff: cell("Percentage") === "" ? null : 100 * Number(cell("Percentage")),
        industry: said(cell("Industry")),
        country: said(cell("Country")),
        stage: said(cell("Stage")),
        location: said(cell("Location_HQ")),
        url: said(cell("Source")),
      },
      { learnedOn: cell("Date_Added").slice(0, 10) },
    );
  });
  return buildMarket(factsOf(sightings, { asOfOn: "2024-04-25" }), plainBook());
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replaceAll('""', '"').trim(),
  );
}
