import type { LayoffRow } from "../src/market/layoffs.ts";

/** Everything `/layoffs X` shows: totals, months, place, this year beside last, the newest five. */
export interface CompanyAnswer {
  readonly people: number;
  readonly events: number;
  readonly unknownSize: number;
  /** By known people over all history; equals share a place. */
  readonly place: number;
  /** Every month from the first event's to the last one's, as a chart needs them. */
  readonly months: readonly Month[];
  readonly yearToDate: number;
  readonly previousYearToDate: number;
  /** The newest five, with everything a list shows of them. */
  readonly newest: readonly Listed[];
}

export type Listed = Pick<
  LayoffRow,
  | "companyKey"
  | "company"
  | "on"
  | "learnedOn"
  | "people"
  | "percent"
  | "industry"
  | "country"
  | "stage"
  | "url"
>;

export interface Month {
  readonly label: string;
  readonly people: number;
  readonly events: number;
}

/** The months found, in order, with empty ones between them. */
export function everyMonth(
  found: readonly (readonly [month: string, people: number, events: number])[],
): Month[] {
  const months: Month[] = [];
  for (const [label, people, events] of found) {
    for (let last = months.at(-1)?.label; last !== undefined && (last = after(last)) < label;) {
      months.push({ label: last, people: 0, events: 0 });
    }
    months.push({ label, people, events });
  }
  return months;
}

function after(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

type Counts = readonly [people: number, events: number, companies: number, unknownSize: number];
type Group = readonly [name: string, people: number, events: number];

/** Everything `/pulse` shows. */
export interface PulseAnswer {
  readonly last7: Counts;
  readonly last30: Counts;
  readonly yearToDate: Counts;
  readonly previousYearToDate: Counts;
  readonly byIndustry: readonly Group[];
  readonly byCountry: readonly Group[];
  readonly byStage: readonly Group[];
  readonly top: readonly Group[];
  /** People of the 53 seven-day windows that the z is made of, newest first; we keep no list and answer with the z alone. */
  readonly weeks: readonly number[];
}

/** One way to answer the same questions over the same events. */
export interface Contender {
  readonly name: string;
  company(key: string): CompanyAnswer | Promise<CompanyAnswer>;
  /** Left out where the comparison would say nothing. */
  pulse?(on: string): PulseAnswer | Promise<PulseAnswer>;
  close(): void;
}

/** One event as the contenders load it. */
export interface Event {
  /** What it is counted by. */
  readonly companyKey: string;
  /** As the source spells it. */
  readonly company: string;
  readonly on: string;
  readonly learnedOn: string;
  readonly people: number | null;
  readonly percent: number | null;
  readonly industry: string;
  readonly country: string;
  readonly stage: string;
  readonly url: string;
}
