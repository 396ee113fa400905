import { companyKey } from "./company-key.ts";
import type { Company, CompanyBook } from "./company.ts";
import type { Day, Entry, NoticeValues } from "./facts.ts";
import type { Market } from "./market.ts";

/** Which notices count. */
export interface NoticeFilter {
  /** Two letters. */
  readonly state?: string;
  /** The employer, as a company we know or as somebody typed it. */
  readonly employer?: Company | string;
  /** First and last day of the notice, both included; the day it was learned stands in where it names none. */
  readonly noticedFrom?: Day;
  readonly noticedTo?: Day;
  /** First and last effective day, both included; a notice without one does not pass when either is given. */
  readonly effectiveFrom?: Day;
  readonly effectiveTo?: Day;
  /** As it was known on that day; all that is known when left out. */
  readonly asof?: Day;
}

/** One notice as it stood, and when it was first known. */
export interface NoticeRow extends NoticeValues {
  readonly source: string;
  readonly learnedOn: Day;
}

/** The states whose notices were ever read, by their two letters. */
export function statesRead({ entries }: Pick<Market, "entries">): readonly string[] {
  const states = entries.notices.flatMap(({ versions }) => versions[0]?.values?.state ?? []);
  return [...new Set(states)].toSorted();
}

/** How far what is known of a state's notices reaches on one list. */
export interface NoticeReach {
  readonly state: string;
  readonly source: string;
  /** The newest day anything of them was learned: a notice, a change, or that one is gone. */
  readonly learnedOn: Day;
}

/** The reach of each state on each list, as known on a day; states of one list may be read from files of other years. */
export function noticeReach(
  { entries }: Pick<Market, "entries">,
  asof: Day = "9999",
): readonly NoticeReach[] {
  const found = new Map<string, NoticeReach>();
  for (const { source, versions } of entries.notices) {
    const state = versions[0]?.values?.state;
    const learnedOn = versions.findLast(({ from }) => from <= asof)?.from;
    if (state === undefined || learnedOn === undefined) continue;
    const name = `${source} ${state}`;
    if (learnedOn > (found.get(name)?.learnedOn ?? ""))
      found.set(name, { state, source, learnedOn });
  }
  return [...found.values()];
}

/** What notices say together. People is a floor: `unknownSize` notices did not say. */
export interface NoticeTotals {
  readonly notices: number;
  readonly people: number;
  readonly unknownSize: number;
  readonly employers: number;
}

/** Lists that overlap: the word of the one that stands first here counts. */
const RANKS = ["warn-register", "warn-bln", "warn-states"];

/**
 * Notices, by effective day (those without one last), then the larger first. The same notice on several lists is one: the
 * same state, employer and days, and no other size. People of notices are people the news counts too, so they are never
 * added to layoffs.
 */
export function notices(
  market: Pick<Market, "entries">,
  filter: NoticeFilter,
): readonly NoticeRow[] {
  const register = registerOf(market.entries.notices);
  const wanted = filter.employer === undefined ? undefined : employersNamed(filter.employer);
  const found = new Map<string, NoticeRow>();
  for (const { entry, names } of wanted === undefined ? register.all : register.of(wanted)) {
    const at = versionOn(entry, filter.asof);
    const values = entry.versions[at]?.values;
    if (values == null || !passes(values, filter)) continue;
    const row = { ...values, source: entry.source, learnedOn: entry.versions[0]!.from };
    const employer = names[at]!;
    if (wanted !== undefined && !isWanted(wanted, employer)) continue;
    const noticed = noticeDay(row);
    if (noticed < (filter.noticedFrom ?? "") || noticed > (filter.noticedTo ?? "9999")) continue;
    const name = [row.state, employer, row.noticedOn, row.effectiveOn].join("|");
    const twin = found.get(name);
    const isTwin =
      twin !== undefined &&
      twin.source !== row.source &&
      (twin.people === null || row.people === null || twin.people === row.people);
    if (isTwin) {
      if (twin.people === null && row.people !== null)
        found.set(name, { ...twin, people: row.people });
    } else found.set(twin === undefined ? name : `${name}|${entry.key}`, row);
  }
  return [...found.values()].sort(byDayThenSize);
}

/** The day of a notice, or the day it was learned where it names none. */
export function noticeDay({ noticedOn, learnedOn }: NoticeRow): Day {
  return noticedOn ?? learnedOn;
}

export function noticeTotals(rows: readonly NoticeRow[]): NoticeTotals {
  return {
    notices: rows.length,
    people: rows.reduce((sum, { people }) => sum + (people ?? 0), 0),
    unknownSize: rows.filter(({ people }) => people === null).length,
    employers: new Set(rows.map(({ company }) => employerName(company))).size,
  };
}

/**
 * An employer's name without what a filing adds to it: "Amazon.com Services LLC (updated)" is "amazon.com services". Names of
 * firms are compared whole, so that "Meta Materials" is never Meta.
 */
export function employerName(filed: string): string {
  let name = companyKey(filed.replace(/\(.*?\)/g, " ").replace(/\s[df]\/?[bk]\/?a\b.*$/i, " "));
  for (;;) {
    const shorter = name
      .replace(/[\s,.;:*-]+$/, "")
      .replace(
        /[\s,]+(?:inc|incorporated|llc|l\.l\.c|llp|lp|l\.p|ltd|limited|corp|corporation|co|company|plc|na|n\.a|usa|us|u\.s)\.?$/,
        "",
      )
      .replace(/^(?:the|update:|updated|\*updated\*)\s+/, "");
    if (shorter === name || shorter === "") return name;
    name = shorter;
  }
}

/**
 * The key of the company a filed name stands for: as it is spelled, without its legal form, or by a beginning such as
 * "amazon.com" that no other firm has. A name nobody knows is a company of its own.
 */
export function employerKey(filed: string, book: CompanyBook): string {
  const known = (name: string) => book.byKey(book.of(name).key)?.key;
  const name = employerName(filed);
  const [first = ""] = name.split(" ");
  return known(filed) ?? known(name) ?? (first.includes(".") ? known(first) : undefined) ?? name;
}

/** The place of a list among those that overlap: the word of the least counts. */
export function noticeRank(source: string): number {
  const place = RANKS.indexOf(source);
  return place < 0 ? RANKS.length : place;
}

/** How an employer's filed names read: whole, or beginning so that no other firm does, such as "amazon.com ". */
interface Wanted {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

function employersNamed(employer: Company | string): Wanted {
  const names =
    typeof employer === "string"
      ? [employerName(employer)]
      : [employer.name, ...employer.aliases].map(employerName);
  return {
    whole: new Set(names),
    beginnings: names.filter((name) => name.includes(".")).map((name) => `${name} `),
  };
}

function isWanted({ whole, beginnings }: Wanted, filed: string): boolean {
  return whole.has(filed) || beginnings.some((name) => filed.startsWith(name));
}

/** A notice with the employer's name of each of its versions; "" for one that says it is gone. */
interface Filed {
  readonly entry: Entry<NoticeValues>;
  readonly names: readonly string[];
}

interface Register {
  /** The lists whose word counts first, first. */
  readonly all: readonly Filed[];
  /** Those that were ever filed under such a name, in the same order. */
  of(wanted: Wanted): readonly Filed[];
}

/** Names are read from the filings once for as long as the facts stay: a company's card asks them at every question. */
const registers = new WeakMap<readonly Entry<NoticeValues>[], Register>();

function registerOf(entries: readonly Entry<NoticeValues>[]): Register {
  for (const _ of readNotices(entries)) continue;
  return registers.get(entries)!;
}

/** So many filings have their names read between two pauses: about a millisecond's work. */
const FILINGS_A_STEP = 100;

/** Reads the employers' names of all filings, with pauses in which others may have their turn; the first question reads them otherwise. */
export function* readNotices(entries: readonly Entry<NoticeValues>[]): Generator<void, void> {
  if (registers.has(entries)) return;
  const all: Filed[] = [];
  const places = new Map<string, Set<number>>();
  let done = 0;
  for (const entry of ranked(entries)) {
    const names = entry.versions.map(({ values }) =>
      values === null ? "" : employerName(values.company),
    );
    for (const name of names) places.set(name, (places.get(name) ?? new Set()).add(all.length));
    all.push({ entry, names });
    if (++done % FILINGS_A_STEP === 0) yield;
  }
  registers.set(entries, {
    all,
    of: (wanted) => {
      const names =
        wanted.beginnings.length === 0
          ? [...wanted.whole]
          : [...places.keys()].filter((name) => isWanted(wanted, name));
      const found = new Set(names.flatMap((name) => [...(places.get(name) ?? [])]));
      return [...found].sort((a, b) => a - b).map((place) => all[place]!);
    },
  });
}

/** Those of the lists whose word counts first, first; of one rank in the order they came. */
function ranked(entries: readonly Entry<NoticeValues>[]): readonly Entry<NoticeValues>[] {
  const byRank: Entry<NoticeValues>[][] = [];
  for (const entry of entries) (byRank[noticeRank(entry.source)] ??= []).push(entry);
  return byRank.flat();
}

/** The place of the version that held on a day, the last one when no day is given; -1 before the first. */
function versionOn({ versions }: Entry<NoticeValues>, asof: Day | undefined): number {
  return asof === undefined
    ? versions.length - 1
    : versions.findLastIndex(({ from }) => from <= asof);
}

function passes(row: NoticeValues, { state, effectiveFrom, effectiveTo }: NoticeFilter): boolean {
  if (state !== undefined && row.state !== state) return false;
  if (effectiveFrom === undefined && effectiveTo === undefined) return true;
  return (
    row.effectiveOn !== null &&
    row.effectiveOn >= (effectiveFrom ?? "") &&
    row.effectiveOn <= (effectiveTo ?? "9999")
  );
}

function byDayThenSize(a: NoticeRow, b: NoticeRow): number {
  const [one, other] = [a.effectiveOn ?? "9999", b.effectiveOn ?? "9999"];
  if (one !== other) return one < other ? -1 : 1;
  return (b.people ?? -1) - (a.people ?? -1) || (a.company < b.company ? -1 : 1);
}
