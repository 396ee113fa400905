import type { Basis, Day } from "./facts.ts";
import type { Market } from "./market.ts";

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
