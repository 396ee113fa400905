import type { Company } from "./company.ts";
import { dayNumber } from "./calendar.ts";
import { onceEach } from "./column.ts";
import type { Day } from "./facts.ts";
import { breakdown } from "./layoffs.ts";
import type { LayoffFilter, Totals } from "./layoffs.ts";
import type { Market } from "./market.ts";
import { boardsRead, openPostings, rankByPay } from "./postings.ts";
import type { Posting, RankedPosting } from "./postings.ts";

/** A company that cut in a time and lists AI jobs now. */
export interface OverlapRow {
  readonly company: Company;
  /** Its cuts by its own name, in the filter's time. */
  readonly cut: Omit<Totals, "companies"> & { readonly lastOn: Day };
  /** AI jobs that are open at it or at a company it owns. */
  readonly postings: readonly Posting[];
  /** The highest posted upper end among those, in the currency most of them use. */
  readonly top: RankedPosting | null;
}

export interface Overlap {
  /** Most people cut first; of the same number, most open AI jobs first. */
  readonly rows: readonly OverlapRow[];
  /** Open AI jobs of these companies, each once. */
  readonly postings: number;
  /** Boards that were read, and companies on them. */
  readonly boards: number;
  readonly boardCompanies: number;
  /** Companies that cut, and those of them with a board: nothing is said of the others. */
  readonly cutters: number;
  readonly cuttersWithBoard: number;
}

/**
 * Companies known on both sides: those that cut by the filter (its `asof` is what was known then of both) and list AI jobs.
 * They are joined by the company book alone. `peopleMin` is of a company's cuts together, and leaves out those of unknown size.
 */
export function overlap(market: Market, filter: LayoffFilter, peopleMin = 0): Overlap {
  const boards = boardsRead(market, filter.asof);
  const onBoards = new Set([...boards.values()].flat().map(({ key }) => key));
  const byCompany = new Map<string, Posting[]>();
  for (const posting of openPostings(market, { ai: true }, filter.asof)) {
    const { key } = posting.company;
    const found = byCompany.get(key);
    if (found === undefined) byCompany.set(key, [posting]);
    else found.push(posting);
  }
  const cutters = breakdown(market, filter, "company").filter(({ people }) => people >= peopleMin);
  const rows: OverlapRow[] = [];
  let cuttersWithBoard = 0;
  for (const { group, people, events, unknownSize, lastOn, name } of cutters) {
    const family = market.companies.family(group).map(({ key }) => key);
    if (family.some((key) => onBoards.has(key))) cuttersWithBoard += 1;
    const postings = family.flatMap((key) => byCompany.get(key) ?? []);
    if (postings.length === 0) continue;
    rows.push({
      company: market.companies.byKey(group) ?? market.companies.of(name),
      cut: { people, events, unknownSize, lastOn },
      postings,
      top: rankByPay(postings).ranked[0] ?? null,
    });
  }
  return {
    rows: rows.sort(
      (a, b) =>
        b.cut.people - a.cut.people ||
        b.postings.length - a.postings.length ||
        a.company.name.localeCompare(b.company.name),
    ),
    postings: new Set(rows.flatMap(({ postings }) => postings)).size,
    boards: boards.size,
    boardCompanies: onBoards.size,
    cutters: cutters.length,
    cuttersWithBoard,
  };
}

/** Who lists AI jobs when, for questions of many days. */
export interface AiHiring {
  /** The first day on which a board was read, as a day number; infinite where none is. Nothing is known before. */
  readonly since: number;
  /** Whether a company, or one it owns, lists an AI job on a day (a day number), by what had been read until then. */
  on(companyKey: string, day: number): boolean;
}

/** What every version of every posting says of who lists AI jobs, read once. */
export function aiHiring({ entries, companies }: Pick<Market, "entries" | "companies">): AiHiring {
  const spans = new Map<string, (readonly [from: number, to: number])[]>();
  const keyOf = onceEach((spelling) => companies.of(spelling).key);
  const numberOf = onceEach(dayNumber);
  let since = Number.POSITIVE_INFINITY;
  for (const { versions } of entries.postings) {
    for (const [at, { from, values }] of versions.entries()) {
      const start = numberOf(from);
      since = Math.min(since, start);
      if (values === null || !values.ai) continue;
      const next = versions[at + 1];
      const key = keyOf(values.company);
      const found = spans.get(key) ?? [];
      found.push([start, next === undefined ? Number.POSITIVE_INFINITY : numberOf(next.from)]);
      spans.set(key, found);
    }
  }
  return {
    since,
    on: (companyKey, day) =>
      [companyKey, ...companies.family(companyKey).map(({ key }) => key)].some((key) =>
        spans.get(key)?.some(([from, to]) => from <= day && day < to),
      ),
  };
}
