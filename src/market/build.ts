import { once } from "./column.ts";
import type { CompanyBook } from "./company.ts";
import type { Basis, Day, Facts } from "./facts.ts";
import { dayText } from "./calendar.ts";
import { ledgerOf } from "./layoff-ledger.ts";
import { layoffTable } from "./layoff-table.ts";
import type { LayoffTable } from "./layoff-table.ts";
import type { Market } from "./market.ts";
import { payTable } from "./pay-table.ts";
import type { PayTable } from "./pay-table.ts";
import { dayNumberOf } from "./period-index.ts";
import { publishedTotals } from "./published.ts";

/** Tables of other days and bases that stay ready. */
const TABLES_KEPT = 8;

/** Everything but the layoffs, what is said of them, and the salaries. */
export type MarketFacts = Omit<Facts, "layoffs" | "payRows">;
/** What is said of the layoff facts as a whole. */
export type LayoffAbout = Pick<
  Market,
  "layoffSources" | "sample" | "asOfOn" | "listedTo" | "learnedAssumed"
>;

/** The market of some facts, companies joined by the book. */
export function buildMarket(facts: Facts, book: CompanyBook): Market {
  return marketOf(
    layoffTable(ledgerOf(facts.layoffs, book, facts.witnesses), undefined, "announced"),
    layoffAbout(facts),
    () => payTable(facts.payRows),
    () => facts,
    () => book,
  );
}

/** The market around a table of all that is known by the announced date; the rest is asked for when first needed. */
export function marketOf(
  known: LayoffTable,
  about: LayoffAbout,
  readPay: () => PayTable,
  readFacts: () => MarketFacts,
  readBook: () => CompanyBook,
): Market {
  const pay = once(readPay);
  const facts = once(readFacts);
  const book = once(readBook);
  const published = once(() => publishedTotals(facts()));
  return {
    ...about,
    layoffs: tables(known),
    get companies() {
      return book();
    },
    get pay() {
      return pay();
    },
    get payQuarters() {
      return facts().payQuarters;
    },
    get postedPay() {
      return facts().postedPay;
    },
    get published() {
      return published();
    },
    publishedAsKnown: (day) => publishedTotals(facts(), day),
    get aiPostings() {
      return facts().aiPostings;
    },
    get entries() {
      return facts().entries;
    },
    get witnesses() {
      return facts().witnesses;
    },
    get unsure() {
      return facts().unsure;
    },
    get unconfirmed() {
      return facts().unconfirmed;
    },
    get verdicts() {
      return facts().verdicts;
    },
    get sources() {
      return facts().sources;
    },
  };
}

export function layoffAbout({ layoffs, sources }: Facts): LayoffAbout {
  const used = new Set(layoffs.map(({ source }) => source));
  const layoffSources = sources.filter(({ id }) => used.has(id));
  const asOfOn =
    lastOf(layoffSources.map((source) => source.asOfOn)) ??
    lastOf(sources.map((source) => source.asOfOn)) ??
    dayText(0);
  const lists = layoffSources.filter(({ single }) => single === undefined);
  return {
    layoffSources,
    sample: layoffSources.some(({ sample }) => sample),
    asOfOn,
    listedTo: lastOf(lists.map((source) => source.asOfOn)) ?? asOfOn,
    learnedAssumed: layoffs.filter(
      ({ learnedIsAssumed, withdrawnOn }) => learnedIsAssumed && withdrawnOn === null,
    ).length,
  };
}

function lastOf(days: readonly Day[]): Day | undefined {
  return [...days].sort().at(-1);
}

function tables(known: LayoffTable): Market["layoffs"] {
  const kept = new Map<string, LayoffTable>();
  return (asKnownOn?: Day, basis: Basis = "announced") => {
    // After the last change everything is known: the same table, whatever the day.
    const asof =
      asKnownOn !== undefined && dayNumberOf(asKnownOn) < known.ledger.lastChange()
        ? asKnownOn
        : undefined;
    if (asof === undefined && basis === "announced") return known;
    const key = `${basis} ${asof ?? ""}`;
    const table = kept.get(key) ?? layoffTable(known.ledger, asof, basis);
    // Taken out and put back, the one asked for last stands last, and the first is the one to forget.
    kept.delete(key);
    kept.set(key, table);
    for (const oldest of kept.keys()) {
      if (kept.size <= TABLES_KEPT) break;
      kept.delete(oldest);
    }
    return table;
  };
}
