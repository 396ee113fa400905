import type { Basis, Day } from "./facts.ts";
import { groupOrder } from "./group-order.ts";
import { select } from "./layoff-query.ts";
import type { Selection } from "./layoff-query.ts";
import { rowAt } from "./layoff-row.ts";
import type { LayoffTable } from "./layoff-table.ts";
import type { Market } from "./market.ts";
import { dayName, dayNumberOf, periodAt, periodIndex } from "./period-index.ts";
import { median } from "./stats.ts";

/** Which events count. Company keys come resolved from the company book. */
export interface LayoffFilter {
  /** Canonical company keys; an event counts when its company is one of them. */
  readonly companies?: readonly string[];
  /** First and last day, both included, on the basis date. */
  readonly from?: Day;
  readonly to?: Day;
  readonly industry?: Match;
  readonly country?: Match;
  readonly stage?: Match;
  readonly reason?: Match;
  /** At least so many people; events of unknown size do not pass. */
  readonly peopleMin?: number;
  readonly asof?: Day;
  readonly basis?: Basis;
}

/** Case-blind values as the facts spell them; "Unknown" matches what was not reported. */
export interface Match {
  readonly any: readonly string[];
  readonly not: readonly string[];
}

/** The three counts that always stand together, and what is unknown. */
export interface Totals {
  /** Known people: the floor. */
  readonly people: number;
  readonly events: number;
  /** Distinct companies, joined by the company book. */
  readonly companies: number;
  /** Events that did not say how many. */
  readonly unknownSize: number;
}

export type Step = "day" | "week" | "month" | "quarter" | "year";

export interface PeriodTotals extends Totals {
  /** First and last day of the period, cut to the filter. */
  readonly from: Day;
  readonly to: Day;
  /** "2024-03", "2024-W11", "2024Q1", "2024", "2024-03-17". */
  readonly label: string;
}

export type Dimension = "company" | "industry" | "country" | "stage";

export interface GroupTotals extends Totals {
  /** The group's name as shown ("Unknown" for what was not reported); a company key for companies. */
  readonly group: string;
  readonly name: string;
  readonly lastOn: Day;
  readonly largest: number | null;
}

/** One event as shown in a list. */
export interface LayoffRow {
  readonly companyKey: string;
  /** As the source spells it. */
  readonly company: string;
  readonly on: Day;
  readonly announcedOn: Day;
  readonly learnedOn: Day;
  readonly people: number | null;
  readonly percent: number | null;
  readonly industry: string | null;
  readonly country: string | null;
  readonly location: string | null;
  readonly stage: string | null;
  readonly url: string | null;
  readonly source: string;
  /** Its place among the events, by which its witnesses are found. */
  readonly sighting: number;
  /** How many reports make it. */
  readonly witnesses: number;
  /** Its figure was read from a sentence, and neither a second report nor a person confirmed it. */
  readonly unconfirmed: boolean;
}

/** The whole market on one day, read from prepared totals. */
export interface Pulse {
  readonly on: Day;
  readonly last7: Totals;
  readonly last30: Totals;
  readonly yearToDate: Totals;
  readonly previousYearToDate: Totals;
  /** Robust z of the last 7 days' people against the 52 seven-day windows before them; null with too little history or no spread. */
  readonly z: number | null;
  readonly byIndustry: readonly GroupTotals[];
  readonly byCountry: readonly GroupTotals[];
  readonly byStage: readonly GroupTotals[];
  /** The ten largest companies of the last 30 days. */
  readonly top: readonly GroupTotals[];
}

export type { Market };

/** The three counts of what a filter lets through; people is a floor, `unknownSize` events stand beside it. */
export function totals(market: Market, filter: LayoffFilter): Totals {
  return totalsOf(selected(market, filter));
}

/**
 * The counts period by period, oldest first, empty periods included, dated by the filter's basis. A stated `from` or `to` is
 * kept even where nothing happened, as far as lists can speak: from the first known event to the last day of a list, or of
 * knowledge. An open end is the first or last event found.
 */
export function series(market: Market, filter: LayoffFilter, step: Step): readonly PeriodTotals[] {
  const table = tableFor(market, filter);
  const selection = select(table, filter);
  const { asof = market.listedTo } = filter;
  const listedTo = dayNumberOf(asof < market.listedTo ? asof : market.listedTo);
  const span = spanOf(table, selection, filter, listedTo);
  if (span === undefined) return [];
  const [first, last] = span;
  const periods: PeriodTotals[] = [];
  const seenIn = new Int32Array(selection.companies);
  let row = 0;
  for (
    let index = periodIndex(step, first), period = periodAt(step, index);
    period.start <= last;
    period = periodAt(step, ++index)
  ) {
    const from = row;
    let people = 0;
    let companies = 0;
    let unknownSize = 0;
    for (; row < selection.day.length && selection.day[row]! <= period.end; row++) {
      const size = selection.people[row]!;
      if (size < 0) unknownSize++;
      else people += size;
      const company = selection.company[row]!;
      if (seenIn[company] === periods.length + 1) continue;
      seenIn[company] = periods.length + 1;
      companies++;
    }
    periods.push({
      from: period.start < first ? dayName(first) : period.from,
      to: period.end > last ? dayName(last) : period.to,
      label: period.label,
      people,
      events: row - from,
      companies,
      unknownSize,
    });
  }
  return periods;
}

/** The counts group by group: most people first, then most events, then by name. */
export function breakdown(
  market: Market,
  filter: LayoffFilter,
  by: Dimension,
): readonly GroupTotals[] {
  const table = tableFor(market, filter);
  return groupsOf(table, select(table, filter), by).sort(byPeople);
}

/** The events themselves, newest first (of one day the largest first), and how many there are beyond `limit`. */
export function rows(
  market: Market,
  filter: LayoffFilter,
  limit = Number.POSITIVE_INFINITY,
): { readonly rows: readonly LayoffRow[]; readonly total: number } {
  const table = tableFor(market, filter);
  const selection = select(table, filter);
  const total = selection.rows.length;
  const newest = selection.rows.subarray(Math.max(0, total - Math.max(0, limit))).toReversed();
  return { rows: Array.from(newest, (row) => rowAt(table, row)), total };
}

/** The largest events of known size, most people first, then newest first. */
export function largest(market: Market, filter: LayoffFilter, limit: number): readonly LayoffRow[] {
  const table = tableFor(market, filter);
  const { rows, people } = select(table, filter);
  const known = Int32Array.from(people.keys()).filter((at) => people[at]! >= 0);
  return Array.from(
    known.sort((a, b) => people[b]! - people[a]! || b - a).subarray(0, Math.max(0, limit)),
    (at) => rowAt(table, rows[at]!),
  );
}

/** The median size of the events whose size is known, and how many they are; null when there are none. */
export function medianCut(
  market: Market,
  filter: LayoffFilter,
): { readonly n: number; readonly median: number } | null {
  const known = selected(market, filter).people.filter((size) => size >= 0);
  const middle = median(known);
  return middle === null ? null : { n: known.length, median: middle };
}

/** A company's place by known people over all history, 1 for the most, equals sharing a place; null without events. */
export function companyRank(market: Market, key: string): number | null {
  const { ledger, byCompany } = market.layoffs();
  const code = ledger.companyCode(key);
  return code < 0 ? null : byCompany.rank.at(code) || null;
}

function tableFor(market: Market, { asof, basis }: LayoffFilter): LayoffTable {
  return market.layoffs(asof, basis);
}

function selected(market: Market, filter: LayoffFilter): Selection {
  return select(tableFor(market, filter), filter);
}

function totalsOf({ people: sizes, company, companies: most }: Selection): Totals {
  const seen = new Uint8Array(most);
  let people = 0;
  let companies = 0;
  let unknownSize = 0;
  for (let row = 0; row < sizes.length; row++) {
    const size = sizes[row]!;
    if (size < 0) unknownSize++;
    else people += size;
    companies += 1 - seen[company[row]!]!;
    seen[company[row]!] = 1;
  }
  return { people, events: sizes.length, companies, unknownSize };
}

/** The first and last day a series covers; undefined when there is nothing to cover. */
function spanOf(
  { rows: { day } }: LayoffTable,
  found: Selection,
  filter: LayoffFilter,
  listedTo: number,
): readonly [first: number, last: number] | undefined {
  if (day.length === 0) return undefined;
  const first =
    filter.from === undefined ? found.day[0] : Math.max(dayNumberOf(filter.from), day.at(0));
  const last =
    filter.to === undefined
      ? found.day.at(-1)
      : Math.min(dayNumberOf(filter.to), Math.max(day.at(day.length - 1), listedTo));
  return first === undefined || last === undefined || !(first <= last) ? undefined : [first, last];
}

function groupsOf(table: LayoffTable, selection: Selection, by: Dimension): GroupTotals[] {
  const { rows, day, people, company } = selection;
  const codes = by === "company" ? undefined : table.rows[by].all();
  const groups = by === "company" ? selection.companies : table.ledger.names(by).length;
  const groupOf = codes === undefined ? company : rows.map((row) => codes[row]!);
  const { order, ends } = groupOrder(groupOf, groups);
  const seenIn = new Int32Array(selection.companies);
  const found: GroupTotals[] = [];
  for (let group = 0, at = 0; group < groups; group++) {
    if (at === ends[group]) continue;
    const from = at;
    const sum = { people: 0, companies: 0, unknownSize: 0, largest: -1 };
    for (; at < ends[group]!; at++) {
      const place = order[at]!;
      const size = people[place]!;
      if (size < 0) sum.unknownSize++;
      else sum.people += size;
      if (size > sum.largest) sum.largest = size;
      if (seenIn[company[place]!] !== group + 1) sum.companies++;
      seenIn[company[place]!] = group + 1;
    }
    found.push({
      ...table.ledger.label(by, by === "company" ? selection.codeOf(group) : group),
      ...sum,
      events: at - from,
      lastOn: dayName(day[order[at - 1]!]!),
      largest: sum.largest < 0 ? null : sum.largest,
    });
  }
  return found;
}

function byPeople(a: GroupTotals, b: GroupTotals): number {
  return (
    b.people - a.people || b.events - a.events || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}
