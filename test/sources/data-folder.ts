import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { importFile, type ImportOptions, type ImportReport } from "../../src/sources/import.ts";
import { openFactsLog, type Stored } from "../../src/stores/facts-log.ts";

export const NOW = Date.parse("2026-11-22T09:00:00Z");

export interface DataFolder {
  readonly dir: string;
  /** Writes the text (or bytes) to a file of this name and imports it. */
  take(
    name: string,
    content: string | Buffer,
    options?: Partial<ImportOptions>,
  ): Promise<ImportReport>;
  takeFile(path: string, options?: Partial<ImportOptions>): Promise<ImportReport>;
  stored(): Promise<Stored>;
}

/** An empty data folder, gone when the test is over. */
export function dataFolder(): DataFolder {
  const root = mkdtempSync(join(tmpdir(), "pulse-facts-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const dir = join(root, "live");
  const takeFile = (path: string, options: Partial<ImportOptions> = {}) =>
    importFile(path, { dir, now: NOW, ...options });
  return {
    dir,
    takeFile,
    take(name, content, options) {
      const path = join(root, name);
      writeFileSync(path, content);
      return takeFile(path, options);
    },
    async stored() {
      return (await openFactsLog(dir)).stored();
    },
  };
}

/** The three figures every layout must agree on. */
export function layoffTotals({ layoffs }: Stored): {
  events: number;
  people: number;
  unknown: number;
} {
  const listed = layoffs.filter((sighting) => sighting.withdrawnOn === null);
  const counts = listed.map((sighting) => sighting.versions.at(-1)!.values.headcount);
  return {
    events: listed.length,
    people: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    unknown: counts.filter((count) => count === null).length,
  };
}

export const NINE_COLUMNS =
  "company,location,industry,total_laid_off,percentage_laid_off,date,stage,country,funds_raised";
export const TWELVE_COLUMNS =
  "Company,Location_HQ,Industry,Laid_Off_Count,Percentage,Date,Source,Funds_Raised,Stage,Date_Added,Country,List_of_Employees_Laid_Off";

export function csv(header: string, ...rows: string[]): string {
  return `${[header, ...rows].join("\n")}\n`;
}
