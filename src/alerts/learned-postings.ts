import type { Day, Entry, PostingValues } from "../market/facts.ts";
import { countryNamed } from "../market/country.ts";
import type { Market } from "../market/market.ts";
import { roleFamily } from "../market/roles.ts";
import { titleLevel } from "../market/title-level.ts";
import type { PostingFact } from "./new-fact.ts";

/**
 * Postings on the day their board first listed them, as `learnedFacts` gives them. What stood on a board when it was first
 * read is not among them: nobody knows when it appeared.
 */
export function learnedPostings(
  market: Market,
  from: Day,
  to: Day,
  as: "now" | "then",
): readonly PostingFact[] {
  const { companies, entries } = market;
  const begun = firstReadings(entries.postings);
  return entries.postings.flatMap(({ key, source, versions }): PostingFact[] => {
    const first = versions.find(({ values }) => values !== null);
    if (first === undefined || first.from < from || first.from > to) return [];
    if (first.from <= begun.get(boardOf(key))!) return [];
    const shown = as === "then" ? first : versions.findLast(({ values }) => values !== null)!;
    const { board: publisher, ...said } = shown.values!;
    const company = companies.of(said.company);
    const level = titleLevel(said.title);
    return [
      {
        event: "posting",
        id: key,
        name: company.name,
        on: said.postedOn ?? first.from,
        learnedOn: first.from,
        size: said.max,
        was: null,
        withdrawn: as === "now" && versions.at(-1)!.values === null,
        traits: {
          companyKey: company.key,
          sector: null,
          country: said.country === null ? null : (countryNamed(said.country) ?? said.country),
          state: said.location,
          stage: null,
          reason: null,
          source,
          people: null,
          percent: null,
          job: { title: said.title, ai: said.ai, level },
        },
        posting: {
          ...said,
          source,
          company,
          role: roleFamily(said.title),
          level,
          publisher,
          seenOn: first.from,
        },
      },
    ];
  });
}

/** The board of a posting, by its key: source|token/id of the job. */
function boardOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/** The day each board was first read, by what it listed then; worked out once for one state of the facts. */
function firstReadings(postings: readonly Entry<PostingValues>[]): ReadonlyMap<string, Day> {
  const ready = known.get(postings);
  if (ready !== undefined) return ready;
  const days = new Map<string, Day>();
  for (const { key, versions } of postings) {
    const board = boardOf(key);
    const before = days.get(board);
    if (before === undefined || versions[0]!.from < before) days.set(board, versions[0]!.from);
  }
  known.set(postings, days);
  return days;
}

const known = new WeakMap<readonly Entry<PostingValues>[], ReadonlyMap<string, Day>>();
