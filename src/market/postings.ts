import type { Company } from "./company.ts";
import type { Day, Entry, PayLevel, PostingValues } from "./facts.ts";
import type { Market } from "./market.ts";
import { roleFamily } from "./roles.ts";
import type { RoleFamily } from "./roles.ts";
import { quantile } from "./stats.ts";
import { titleLevel } from "./title-level.ts";

export type PayInterval = NonNullable<PostingValues["interval"]>;

/** One job with what its advertisement says of pay: base pay as posted, which is not what anybody is paid. */
export interface Posting {
  /** Source id. */
  readonly source: string;
  /** The company the book joins its spelling to. */
  readonly company: Company;
  readonly title: string;
  readonly location: string | null;
  readonly country: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly currency: string | null;
  readonly interval: PayInterval | null;
  /** A day, or only a month where the press told of it. */
  readonly postedOn: string | null;
  readonly ai: boolean;
  readonly role: Exclude<RoleFamily, "all">;
  /** Null where the title does not say. */
  readonly level: PayLevel | null;
  readonly url: string | null;
  /** Who told of it: a board, or the employer in the press. */
  readonly publisher: string;
  /** "greenhouse gitlab"; null for what the press told, which no board says to be open. */
  readonly board: string | null;
  /** The day its board first listed it, as far as we saw; null without a board. */
  readonly seenOn: Day | null;
}

export interface PostingFilter {
  /** Canonical company keys. */
  readonly companies?: readonly string[] | undefined;
  /** Every one of these words stands in the title. */
  readonly title?: string | undefined;
  readonly ai?: boolean | undefined;
  /** ISO 3166 alpha-2. A posting that names no country does not pass. */
  readonly country?: string | undefined;
  /** A title that says no level does not pass. */
  readonly level?: PayLevel | undefined;
  readonly role?: RoleFamily | undefined;
  /** Any of these phrases stands in the title. */
  readonly phrases?: readonly string[] | undefined;
}

type PostingFacts = Pick<Market, "entries" | "postedPay" | "companies">;

/**
 * The jobs that boards listed on a day, by what had been read until then: the last reading of a board up to that day counts,
 * and what it no longer lists is gone from that day on. Everything known when no day is given.
 */
export function openPostings(
  { entries, companies }: PostingFacts,
  filter: PostingFilter = {},
  asof?: Day,
): readonly Posting[] {
  const fits = testOf(filter);
  return entries.postings.flatMap(({ key, source, versions }) => {
    const values = valuesOn(versions, asof);
    if (values === null) return [];
    const { board: publisher, ...said } = values;
    const posting: Posting = {
      ...said,
      source,
      company: companies.of(values.company),
      role: roleFamily(values.title),
      level: titleLevel(values.title),
      publisher,
      board: boardOf(key),
      seenOn: versions[0]!.from,
    };
    return fits(posting) ? [posting] : [];
  });
}

/** Advertisements the press told of; nobody says that they are still open. */
export function pressPostings(
  { postedPay, companies }: PostingFacts,
  filter: PostingFilter = {},
): readonly Posting[] {
  const fits = testOf(filter);
  return postedPay
    .map((pay): Posting => {
      const { company, ...said } = pay;
      return {
        ...said,
        company: companies.of(company),
        location: null,
        role: roleFamily(pay.title),
        level: titleLevel(pay.title),
        board: null,
        seenOn: null,
      };
    })
    .filter(fits);
}

/** The boards that listed something on a day, each as "greenhouse gitlab", with the company names on them. */
export function boardsRead(
  { entries, companies }: PostingFacts,
  asof?: Day,
): ReadonlyMap<string, readonly Company[]> {
  const boards = new Map<string, Map<string, Company>>();
  for (const { key, versions } of entries.postings) {
    const values = valuesOn(versions, asof);
    if (values === null) continue;
    const board = boardOf(key);
    const company = companies.of(values.company);
    const found = boards.get(board) ?? new Map<string, Company>();
    boards.set(board, found.set(company.key, company));
  }
  return new Map([...boards].map(([board, found]) => [board, [...found.values()]]));
}

/** What a posting said on a day, by what had been read until then; null where it was not listed. */
function valuesOn(
  versions: Entry<PostingValues>["versions"],
  asof: Day | undefined,
): PostingValues | null {
  const known =
    asof === undefined ? versions.at(-1) : versions.findLast(({ from }) => from <= asof);
  return known?.values ?? null;
}

/** Keys of postings are "source|token/id of the job". */
function boardOf(key: string): string {
  const [source = "", job = ""] = key.split("|");
  return `${source} ${job.slice(0, job.indexOf("/"))}`;
}

function testOf(filter: PostingFilter): (posting: Posting) => boolean {
  const { companies, ai, country, level, role = "all" } = filter;
  const words = titleWords(filter.title ?? "");
  const wanted = companies && new Set(companies);
  const phrases = filter.phrases?.map((phrase) => titleWords(phrase).join(" "));
  return (posting) =>
    (wanted === undefined || wanted.has(posting.company.key)) &&
    (ai === undefined || posting.ai === ai) &&
    (country === undefined || posting.country === country) &&
    (level === undefined || posting.level === level) &&
    (role === "all" || posting.role === role) &&
    (words.length === 0 || hasWords(posting.title, words)) &&
    (phrases === undefined || hasPhrase(posting.title, phrases));
}

function hasWords(title: string, words: readonly string[]): boolean {
  const own = new Set(titleWords(title));
  return words.every((word) => own.has(word));
}

function hasPhrase(title: string, phrases: readonly string[]): boolean {
  const own = ` ${titleWords(title).join(" ")} `;
  return phrases.some((phrase) => own.includes(` ${phrase} `));
}

/** The words of a title, its usual short forms written out. */
function titleWords(title: string): readonly string[] {
  return title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\bvp\b/g, "vice president")
    .replace(/\bsr\b/g, "senior")
    .replace(/\bml\b/g, "machine learning")
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word !== "" && word !== "of");
}

/** Paid hours of a full-time year: 52 weeks of 40 hours. The one constant by which pay of other intervals is held beside a year's. */
export const HOURS_A_YEAR = 2_080;
const PER_YEAR: Readonly<Record<PayInterval, number>> = {
  hour: HOURS_A_YEAR,
  day: HOURS_A_YEAR / 8,
  week: HOURS_A_YEAR / 40,
  month: 12,
  year: 1,
};

/** So much and more, in money of which nobody earns that in a month, is a year's even where the posting does not say so. */
const SURELY_A_YEAR = 20_000;
const LARGE_UNITS: ReadonlySet<string> = new Set(["USD", "EUR", "GBP", "CAD", "AUD", "CHF"]);

type Paid = Pick<Posting, "max" | "currency" | "interval">;

/** The interval a range is ranked by: as posted, else a year for amounts that can be nothing else; null where it is unknown. */
function rankedInterval({ max, currency, interval }: Paid): PayInterval | null {
  if (interval !== null) return interval;
  return max !== null && max >= SURELY_A_YEAR && LARGE_UNITS.has(currency ?? "") ? "year" : null;
}

/** What the upper end of a posting comes to in a year, for ranking and statistics only; null where per what is not known. */
export function yearlyMax(posting: Paid): number | null {
  const interval = rankedInterval(posting);
  return interval === null || posting.max === null ? null : posting.max * PER_YEAR[interval];
}

/** A posting whose upper end can be held beside others of its currency. */
export interface RankedPosting extends Posting {
  readonly max: number;
  readonly currency: string;
  /** Of the upper end. */
  readonly yearly: number;
}

export interface PostingRanks {
  /** The one currency that is ranked: money of different currencies is not compared. */
  readonly currency: string | null;
  /** Highest posted upper end first, per year. */
  readonly ranked: readonly RankedPosting[];
  /** Postings with pay in other currencies, by currency, most first. */
  readonly others: readonly { readonly currency: string; readonly n: number }[];
  /** Postings of that currency that do not say per what they pay, and whose amounts do not tell. */
  readonly noInterval: number;
  /** Postings that post no pay. */
  readonly noPay: number;
}

/** Postings by their upper end, in the currency asked for, else the one most of them use (US dollars where that is even). */
export function rankByPay(postings: readonly Posting[], currency?: string): PostingRanks {
  const paid = postings.filter((each) => each.max !== null && each.currency !== null);
  const counts = new Map<string, number>();
  for (const each of paid) counts.set(each.currency!, (counts.get(each.currency!) ?? 0) + 1);
  const order = [...counts].sort(
    ([a, n], [b, m]) => m - n || Number(b === "USD") - Number(a === "USD") || (a < b ? -1 : 1),
  );
  const chosen = currency ?? order[0]?.[0] ?? null;
  const mine = paid.filter((each) => each.currency === chosen);
  const ranked = mine.flatMap((each) => {
    const yearly = yearlyMax(each);
    return yearly === null ? [] : [{ ...each, max: each.max!, currency: each.currency!, yearly }];
  });
  return {
    currency: chosen,
    ranked: ranked.sort(
      (a, b) =>
        b.yearly - a.yearly ||
        a.company.name.localeCompare(b.company.name) ||
        a.title.localeCompare(b.title),
    ),
    others: order.filter(([name]) => name !== chosen).map(([name, n]) => ({ currency: name, n })),
    noInterval: mine.length - ranked.length,
    noPay: postings.length - paid.length,
  };
}

export interface EndQuartiles {
  readonly n: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
}

/** Fewer ends than this, and no quartile is shown of them. */
const SHOWN_FROM = 3;

/**
 * Quartiles (Hyndman–Fan type 7) of the lower and of the upper ends of posted ranges, per year in the ranked currency. They
 * are of ends of ranges, not of pay. Null below three.
 */
export function rangeEnds(ranked: readonly RankedPosting[]): {
  readonly low: EndQuartiles | null;
  readonly high: EndQuartiles | null;
} {
  const lows = ranked.flatMap((each) =>
    each.min === null ? [] : [each.min * PER_YEAR[rankedInterval(each)!]],
  );
  return { low: quartiles(lows), high: quartiles(ranked.map(({ yearly }) => yearly)) };
}

function quartiles(values: readonly number[]): EndQuartiles | null {
  if (values.length < SHOWN_FROM) return null;
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => Math.round(quantile(sorted, share)!);
  return { n: values.length, p25: at(0.25), median: at(0.5), p75: at(0.75) };
}
