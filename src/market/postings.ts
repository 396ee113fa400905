import { once, onceEach } from "./column.ts";
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
  { entries: { postings }, companies }: PostingFacts,
  filter: PostingFilter = {},
  asof?: Day,
): readonly Posting[] {
  const register = registerOf(postings);
  const companyOf = onceEach((spelling) => companies.of(spelling));
  const wanted = filter.companies && new Set(filter.companies);
  const places =
    wanted === undefined
      ? postings.keys()
      : register.placesOf((spelling) => wanted.has(companyOf(spelling).key));
  const fits = testOf(filter);
  const found: Posting[] = [];
  for (const place of places) {
    const { source, versions } = postings[place]!;
    const values = valuesOn(versions, asof);
    if (values === null) continue;
    const company = companyOf(values.company);
    const title =
      values === versions.at(-1)!.values ? register.title(place) : titleRead(values.title);
    if (!fits(values, company, title)) continue;
    found.push({
      ...values,
      source,
      company,
      role: title().role,
      level: title().level,
      publisher: values.board,
      board: register.boards[place]!,
      seenOn: versions[0]!.from,
    });
  }
  return found;
}

/** Advertisements the press told of; nobody says that they are still open. */
export function pressPostings(
  { postedPay, companies }: PostingFacts,
  filter: PostingFilter = {},
): readonly Posting[] {
  const fits = testOf(filter);
  return postedPay.flatMap((pay): Posting[] => {
    const { company: spelling, ...said } = pay;
    const company = companies.of(spelling);
    const title = titleRead(pay.title);
    if (!fits(pay, company, title)) return [];
    const { role, level } = title();
    return [{ ...said, company, location: null, role, level, board: null, seenOn: null }];
  });
}

/** The boards that listed something on a day, each as "greenhouse gitlab", with the company names on them. */
export function boardsRead(
  { entries: { postings }, companies }: PostingFacts,
  asof?: Day,
): ReadonlyMap<string, readonly Company[]> {
  const register = registerOf(postings);
  const listed = asof === undefined ? register.listed : new Map<string, Set<string>>();
  if (asof !== undefined)
    for (const [place, { versions }] of postings.entries()) {
      const values = valuesOn(versions, asof);
      if (values !== null) addTo(listed, register.boards[place]!, values.company);
    }
  return new Map(
    [...listed].map(([board, spellings]) => {
      const found = Array.from(spellings, (spelling) => companies.of(spelling));
      return [board, [...new Map(found.map((company) => [company.key, company])).values()]];
    }),
  );
}

/** What is worked out of postings once for as long as the facts stay, by their places. */
interface Register {
  /** Each as "greenhouse gitlab". */
  readonly boards: readonly string[];
  /** The boards that list something by the last word, with the company names on them as spelled there. */
  readonly listed: Map<string, Set<string>>;
  /** Those that ever stood under such a company name, in order. */
  placesOf(isWanted: (spelling: string) => boolean): readonly number[];
  /** What the last title says, read when first asked for. */
  title(place: number): () => Title;
}

interface Title {
  readonly role: Posting["role"];
  readonly level: PayLevel | null;
  /** Its words between blanks. */
  readonly words: string;
}

const registers = new WeakMap<readonly Entry<PostingValues>[], Register>();

function registerOf(entries: readonly Entry<PostingValues>[]): Register {
  for (const _ of registered(entries)) continue;
  return registers.get(entries)!;
}

/** So many titles are read, or postings registered, between two pauses: about a millisecond's work. */
const TITLES_A_STEP = 100;
const POSTINGS_A_STEP = 1_000;

/** Works out all postings' companies and titles, with pauses in which others may have their turn; questions do otherwise. */
export function* readPostings(entries: readonly Entry<PostingValues>[]): Generator<void, void> {
  yield* registered(entries);
  const register = registerOf(entries);
  for (const [place, { versions }] of entries.entries()) {
    if (versions.at(-1)!.values !== null) register.title(place)();
    if (place % TITLES_A_STEP === 0) yield;
  }
}

function* registered(entries: readonly Entry<PostingValues>[]): Generator<void, void> {
  if (registers.has(entries)) return;
  const boards: string[] = [];
  const listed = new Map<string, Set<string>>();
  const bySpelling = new Map<string, Set<number>>();
  for (const [place, { key, versions }] of entries.entries()) {
    const board = boardOf(key);
    boards.push(board);
    for (const { values } of versions)
      if (values !== null) addTo(bySpelling, values.company, place);
    const last = versions.at(-1)!.values;
    if (last !== null) addTo(listed, board, last.company);
    if (place % POSTINGS_A_STEP === 0) yield;
  }
  const titles: (Title | undefined)[] = Array(entries.length).fill(undefined);
  registers.set(entries, {
    boards,
    listed,
    placesOf: (isWanted) => {
      const found = [...bySpelling].filter(([spelling]) => isWanted(spelling));
      return [...new Set(found.flatMap(([, places]) => [...places]))].sort((a, b) => a - b);
    },
    title: (place) => () =>
      (titles[place] ??= titleRead(entries[place]!.versions.at(-1)!.values!.title)()),
  });
}

function titleRead(title: string): () => Title {
  return once(() => ({
    role: roleFamily(title),
    level: titleLevel(title),
    words: ` ${titleWords(title).join(" ")} `,
  }));
}

function addTo<Member>(sets: Map<string, Set<Member>>, name: string, member: Member): void {
  const found = sets.get(name);
  if (found === undefined) sets.set(name, new Set([member]));
  else found.add(member);
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

/** What little work tells is asked first. */
function testOf(
  filter: PostingFilter,
): (said: Pick<Posting, "ai" | "country">, company: Company, title: () => Title) => boolean {
  const { companies, ai, country, level, role = "all" } = filter;
  const words = titleWords(filter.title ?? "").map((word) => ` ${word} `);
  const wanted = companies && new Set(companies);
  const phrases = filter.phrases?.map((phrase) => ` ${titleWords(phrase).join(" ")} `);
  return (said, company, title) =>
    (wanted === undefined || wanted.has(company.key)) &&
    (ai === undefined || said.ai === ai) &&
    (country === undefined || said.country === country) &&
    (level === undefined || title().level === level) &&
    (role === "all" || title().role === role) &&
    words.every((word) => title().words.includes(word)) &&
    (phrases === undefined || phrases.some((phrase) => title().words.includes(phrase)));
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
