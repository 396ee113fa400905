import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { once } from "./market/column.ts";
import type { CompanyBook } from "./market/company.ts";
import { companyBook } from "./market/company-book.ts";
import { parseCompanies } from "./market/company-entries.ts";
import type { Verdict } from "./market/facts.ts";
import type { Market } from "./market/market.ts";
import { combineFacts } from "./sources/combine.ts";
import { loadSeed } from "./sources/seed.ts";
import { verdictBatch } from "./sources/verdict-batch.ts";
import { openFactsLog } from "./stores/facts-log.ts";
import { fingerprintOf, openMarket } from "./stores/open.ts";

const BUNDLED = new URL("../data/", import.meta.url);
const COMPANIES = new URL("companies.json", BUNDLED);

/** The market of one data folder, kept up with imports done beside the running bot. */
export interface OpenFacts {
  readonly market: Market;
  /** Reads anew when an import has changed the folder since; otherwise does nothing. */
  refresh(): Promise<void>;
  /** Writes down what a person says of reports (null takes it back), durably, and reads anew. Rejects as an import does. */
  judge(
    verdict: Pick<Verdict, "a" | "b"> & { readonly says: Verdict["says"] | null },
  ): Promise<void>;
  /** What the operator should know of the folder: an unfinished import that was left out. */
  readonly notices: readonly string[];
}

function namesOver(spellings: Iterable<string>): CompanyBook {
  return companyBook(parseCompanies(JSON.parse(readFileSync(COMPANIES, "utf8"))), spellings);
}

export async function openFacts(dir: string, clock: Clock = systemClock): Promise<OpenFacts> {
  const log = join(dir, "facts.ndjson");
  const bundled = readdirSync(BUNDLED)
    .filter((name) => name.endsWith(".json"))
    .map((name) => new URL(name, BUNDLED));
  let notices: readonly string[] = [];
  let read = "";
  let market = await load();

  async function load(): Promise<Market> {
    read = fingerprintOf([log]);
    return openMarket({
      dir,
      files: bundled,
      facts: async () => {
        const opened = await openFactsLog(dir);
        notices = opened.notices;
        const [seed, stored] = [loadSeed(), opened.stored()];
        // Read only where several sources report layoffs, and then over the very spellings the market has.
        const book = once(() =>
          namesOver(
            [...seed.layoffs, ...stored.layoffs].flatMap(({ versions }) =>
              versions.map(({ values }) => values.company),
            ),
          ),
        );
        return combineFacts(seed, stored, (company) => book().of(company).key);
      },
      companies: namesOver,
    });
  }

  return {
    get market() {
      return market;
    },
    get notices() {
      return notices;
    },
    refresh: async () => {
      if (fingerprintOf([log]) !== read) market = await load();
    },
    judge: async (verdict) => {
      const facts = await openFactsLog(dir);
      await facts.append(verdictBatch(verdict, clock()));
      market = await load();
    },
  };
}
