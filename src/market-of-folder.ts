import { readFileSync, readdirSync } from "node:fs";
import { once } from "./market/column.ts";
import { companyBook } from "./market/company-book.ts";
import { parseCompanies } from "./market/company-entries.ts";
import type { CompanyEntry } from "./market/company-entries.ts";
import { combineFacts } from "./sources/combine.ts";
import { loadSeed } from "./sources/seed.ts";
import { openFactsLog } from "./stores/facts-log.ts";
import type { MarketSources } from "./stores/open.ts";

const BUNDLED = new URL("../data/", import.meta.url);
const COMPANIES = new URL("companies.json", BUNDLED);

/** What the market of a data folder is made of; `onNotices` hears what the operator should know of the folder, when it is read. */
export function marketOfFolder(
  dir: string,
  onNotices: (notices: readonly string[]) => void,
): MarketSources {
  return {
    dir,
    files: readdirSync(BUNDLED)
      .filter((name) => name.endsWith(".json"))
      .map((name) => new URL(name, BUNDLED)),
    facts: async () => {
      const opened = await openFactsLog(dir);
      onNotices(opened.notices);
      const [seed, stored] = [loadSeed(), opened.stored()];
      // Read only where several sources report layoffs, and then over the very spellings the market has.
      const book = once(() =>
        companyBook(
          listed(),
          [...seed.layoffs, ...stored.layoffs].flatMap(({ versions }) =>
            versions.map(({ values }) => values.company),
          ),
        ),
      );
      return combineFacts(seed, stored, (company) => book().of(company).key);
    },
    listed,
  };
}

function listed(): readonly CompanyEntry[] {
  return parseCompanies(JSON.parse(readFileSync(COMPANIES, "utf8")));
}
