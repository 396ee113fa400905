import { buildMarket } from "../../src/market/build.ts";
import type { CompanyBook } from "../../src/market/company.ts";
import { companyBook } from "../../src/market/company-book.ts";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { Day, Entry, NoticeValues, PostingValues } from "../../src/market/facts.ts";
import type { Market } from "../../src/market/market.ts";
import type { SourceHealth, SourceStanding } from "../../src/market/source-health.ts";
import { factsOf } from "../market/layoff-facts.ts";

/** Notices, postings and sources as rules on them meet them. */

let made = 0;

const NOTICE: NoticeValues = {
  state: "WA",
  company: "Acme, Inc.",
  noticedOn: "2026-01-05",
  effectiveOn: "2026-03-05",
  people: 120,
  kind: "layoff",
  temporary: false,
  place: "Seattle",
  url: null,
};

/** A notice a list had from a day on; the values of later days follow, null for gone. */
export function notice(
  values: Partial<NoticeValues>,
  {
    source = "warn-bln",
    on = values.noticedOn ?? "2026-01-05",
    later = {},
  }: {
    source?: string;
    on?: Day;
    later?: Readonly<Record<Day, Partial<NoticeValues> | null>>;
  } = {},
): Entry<NoticeValues> {
  made += 1;
  let last: NoticeValues = { ...NOTICE, ...values };
  const first = { from: on, values: last };
  return {
    key: `${source}|WA|n${made}`,
    source,
    versions: [
      first,
      ...Object.entries(later).map(([from, change]) => ({
        from,
        values: change === null ? null : (last = { ...last, ...change }),
      })),
    ],
  };
}

/** A job on a board from a day on; the values of later days follow, null for gone. */
export function posting(
  company: string,
  title: string,
  on: Day,
  values: Partial<PostingValues> = {},
  later: Readonly<Record<Day, Partial<PostingValues> | null>> = {},
): Entry<PostingValues> {
  made += 1;
  let last: PostingValues = {
    board: "lever",
    company,
    title,
    location: null,
    country: null,
    min: null,
    max: null,
    currency: null,
    interval: null,
    postedOn: null,
    ai: false,
    url: null,
    ...values,
  };
  return {
    key: `lever|${company.toLowerCase()}/${made}`,
    source: "lever",
    versions: [
      { from: on, values: last },
      ...Object.entries(later).map(([from, change]) => ({
        from,
        values: change === null ? null : (last = { ...last, ...change }),
      })),
    ],
  };
}

export const BOOK: CompanyBook = companyBook(
  [
    { name: "Google", aliases: ["Google LLC"], parent: "Alphabet", note: null },
    { name: "Alphabet", aliases: [], parent: null, note: null },
    { name: "Amazon", aliases: ["Amazon.com"], parent: null, note: null },
    { name: "Meta", aliases: ["Meta Platforms"], parent: null, note: null },
  ],
  ["Google", "Amazon", "Meta"],
);

export function marketWith(
  {
    notices = [],
    postings = [],
  }: {
    notices?: readonly Entry<NoticeValues>[];
    postings?: readonly Entry<PostingValues>[];
  },
  asOfOn: Day = "2026-02-28",
  book: CompanyBook = BOOK,
): Market {
  const facts = factsOf([], { asOfOn });
  const [source] = facts.sources;
  const ids = new Set([...notices, ...postings].map((entry) => entry.source));
  return buildMarket(
    {
      ...facts,
      sources: [...facts.sources, ...[...ids].map((id) => ({ ...source!, id, publisher: id }))],
      entries: { ...NO_ENTRIES, notices, postings },
    },
    book,
  );
}

/** A source that is asked each hour and goes stale after a day. */
export function standing(id: string, health: Partial<SourceHealth> | null): SourceStanding {
  return {
    id,
    publisher: id.toUpperCase(),
    title: "",
    licence: "",
    attribution: "",
    url: "https://source.example",
    gaps: "",
    everyMinutes: 60,
    staleAfterHours: 24,
    off: null,
    health:
      health === null
        ? null
        : {
            triedAt: "2026-01-05T09:00:00.000Z",
            succeededAt: "2026-01-05T09:00:00.000Z",
            rows: 1,
            newestOn: null,
            failures: 0,
            error: null,
            suspicious: null,
            notBefore: null,
            ...health,
          },
  };
}
