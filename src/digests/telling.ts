import { addDays, daysBetween, startOf } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { totals } from "../market/layoffs.ts";
import type { LayoffFilter, Totals } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { previousSpan, sameSpanAYearEarlier } from "../market/period.ts";
import type { Figures } from "../reply/reply.ts";
import { changePct, round } from "../reply/words.ts";
import type { Digest } from "../stores/records.ts";

type Density = Digest["density"];

/** Calendar days, both ends included. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/** A span, its counts, and the day they were known on. */
export interface Counted extends Totals {
  readonly span: DaySpan;
  readonly asof: Day;
}

/** What an alert said in the digest's place. */
export interface FiredAlert {
  readonly title: string;
  /** The UTC day it was said. */
  readonly on: Day;
  readonly rule: string;
  readonly link: string | null;
  /** It speaks in digests only: nobody was told before. */
  readonly isNew: boolean;
  /** What it said first, rather than more words on the same matter. */
  readonly opens: boolean;
}

/** What every section of one digest reads: counted once, each span at the same age. */
export interface Telling {
  readonly market: Market;
  /** Which events count, without days: those are the digest's. */
  readonly filter: LayoffFilter;
  /** The same in words and as typed, "" for the whole market. */
  readonly about: string;
  readonly filterText: string;
  readonly span: DaySpan;
  readonly asof: Day;
  /** "week", "day", "month", "quarter", "9 days": what the span is called. */
  readonly noun: string;
  /** "this week", "these 9 days". */
  readonly these: string;
  /** The lists end before the span begins, so that its zeros mean nothing and single reports are no totals. */
  readonly unknown: boolean;
  readonly density: Density;
  /** How many rows a table of this digest shows. */
  readonly rows: number;
  /** What the alerts of the digest's place said during the span, in the order to be listed. */
  readonly fired: readonly FiredAlert[];
  readonly now: Counted;
  readonly before: Counted;
  readonly yearAgo: Counted;
  readonly yearToDate: Counted;
  readonly yearToDateAgo: Counted;
  /** What was learned during the span, whenever it happened. */
  readonly learned: Totals;
}

/** Which days, of which market, as known when. */
export interface TellingRequest {
  readonly market: Market;
  readonly span: DaySpan;
  readonly asof: Day;
  readonly previous: DaySpan | undefined;
  readonly filter: LayoffFilter;
  readonly about: string;
  readonly filterText: string;
  readonly density: Density;
  readonly rows: number;
  readonly fired: readonly FiredAlert[];
}

/**
 * Counts a digest's span, the span before it, the same days a year earlier, and both years to date. Every span is taken as it
 * was known as many days after its own end as this one is, so that late reports do not make the newest look small.
 */
export function telling(request: TellingRequest): Telling {
  const { market, span, asof, filter } = request;
  const ageDays = daysBetween(span.to, asof);
  const counted = (days: DaySpan): Counted => {
    const known = addDays(days.to, ageDays);
    return { ...totals(market, { ...filter, ...days, asof: known }), span: days, asof: known };
  };
  const yearToDate = { from: startOf("year", span.to), to: span.to };
  const noun = nounOf(span);
  return {
    ...request,
    noun,
    these: noun.endsWith("days") ? `these ${noun}` : `this ${noun}`,
    unknown: market.listedTo < span.from,
    now: counted(span),
    before: counted(request.previous ?? earlier(previousSpan, span)),
    yearAgo: counted(earlier(sameSpanAYearEarlier, span)),
    yearToDate: counted(yearToDate),
    yearToDateAgo: counted(earlier(sameSpanAYearEarlier, yearToDate)),
    learned: totals(market, { ...filter, ...span, basis: "learned", asof }),
  };
}

/**
 * The counts by plain names: the span's own, the year to date, and what each is compared with (people, percent). A span the
 * facts do not reach has none of its own: unknown is not zero.
 */
export function tellingFigures(told: Telling): Figures {
  const { now, before, yearAgo, yearToDate, yearToDateAgo, learned, span, asof } = told;
  const dated = { from: span.from, to: span.to, asof, factsEndOn: told.market.listedTo };
  if (told.unknown) return { ...dated, week: null, yearToDate: null };
  return {
    ...plain(now),
    ...dated,
    week: { ...plain(now) },
    learned: { ...plain(learned) },
    previous: { ...plain(before), ...days(before) },
    lastYear: { ...plain(yearAgo), ...days(yearAgo) },
    yearToDate: { ...plain(yearToDate) },
    lastYearToDate: { ...plain(yearToDateAgo), ...days(yearToDateAgo) },
    vsPrevious: compared(now, before),
    vsLastYear: compared(now, yearAgo),
    yearVsLastYear: compared(yearToDate, yearToDateAgo),
  };
}

/** Events of which none said how many: their zero people is no number to compare. */
export function hasNoSize({ people, events }: Totals): boolean {
  return people === 0 && events > 0;
}

function plain({ people, events, companies, unknownSize }: Totals) {
  return { people, events, companies, unknownSize };
}

function days({ span }: Counted) {
  return { from: span.from, to: span.to };
}

function compared(current: Totals, previous: Totals) {
  const change = hasNoSize(current) ? null : changePct(current.people, previous.people);
  return {
    current: current.people,
    previous: previous.people,
    changePct: change === null ? null : round(change, 1),
  };
}

function earlier(find: typeof previousSpan, { from, to }: DaySpan): DaySpan {
  const found = find({ from, to, label: "", partial: false });
  return { from: found?.from ?? from, to: found?.to ?? to };
}

function nounOf({ from, to }: DaySpan): string {
  const length = daysBetween(from, to) + 1;
  if (length === 1) return "day";
  if (length === 7) return "week";
  const following = addDays(to, 1);
  if (from === startOf("month", to) && following === startOf("month", following)) return "month";
  if (from === startOf("quarter", to) && following === startOf("quarter", following))
    return "quarter";
  return `${length} days`;
}
