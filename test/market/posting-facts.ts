import { companyBook } from "../../src/market/company-book.ts";
import type { CompanyEntry } from "../../src/market/company-entries.ts";
import { buildMarket } from "../../src/market/build.ts";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type {
  Day,
  Entry,
  LayoffSighting,
  PostedPay,
  PostingValues,
} from "../../src/market/facts.ts";
import type { Market } from "../../src/market/market.ts";
import { factsOf } from "./layoff-facts.ts";

let made = 0;

/** A job of a board, listed from a day on, until the day it is gone. */
export function job(
  company: string,
  title: string,
  values: Partial<PostingValues> = {},
  {
    from = "2026-01-01",
    gone,
    token = company.toLowerCase(),
  }: { from?: Day; gone?: Day; token?: string } = {},
): Entry<PostingValues> {
  made += 1;
  const all: PostingValues = {
    board: "lever",
    company,
    title,
    location: null,
    country: "US",
    min: null,
    max: null,
    currency: null,
    interval: null,
    postedOn: "2025-12-31",
    ai: false,
    url: `https://jobs.example/${made}`,
    ...values,
  };
  return {
    key: `lever|${token}/${made}`,
    source: "lever",
    versions: [
      { from, values: all },
      ...(gone === undefined ? [] : [{ from: gone, values: null }]),
    ],
  };
}

export function paid(
  min: number | null,
  max: number,
  currency = "USD",
  interval: PostingValues["interval"] = "year",
): Partial<PostingValues> {
  return { min, max, currency, interval };
}

export const GROUP: readonly CompanyEntry[] = [
  { name: "Group", aliases: ["Group Inc"], parent: null, note: null },
  { name: "Brand", aliases: [], parent: "Group", note: null },
];

export function marketWith(
  postings: readonly Entry<PostingValues>[],
  layoffs: readonly LayoffSighting[] = [],
  postedPay: readonly PostedPay[] = [],
): Market {
  const spellings = layoffs.map(({ versions }) => versions[0]!.values.company);
  return buildMarket(
    { ...factsOf(layoffs), postedPay, entries: { ...NO_ENTRIES, postings } },
    companyBook(GROUP, spellings),
  );
}
