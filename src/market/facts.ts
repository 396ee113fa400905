/** A calendar day, YYYY-MM-DD. */
export type Day = string;

/** Which date of an event counts: when it was announced, when we could know it, or a notice's own dates. */
export type Basis = "announced" | "learned" | "filed" | "effective";
export const BASES = [
  "announced",
  "learned",
  "filed",
  "effective",
] as const satisfies readonly Basis[];

/** Who says so: shown with every answer. */
export interface Source {
  readonly id: string;
  readonly publisher: string;
  readonly title: string;
  readonly licence: string;
  readonly url: string | null;
  /** The last day this source can speak for. */
  readonly asOfOn: Day;
  readonly rows: number;
  /** True for the bundled facts, which are a sample. */
  readonly sample: boolean;
  readonly gaps: string;
}

/** What a source says of one layoff. `null` is "not reported", never zero. */
export interface LayoffValues {
  /** As the source spells it, outer blanks removed. */
  readonly company: string;
  readonly announcedOn: Day;
  readonly filedOn: Day | null;
  readonly effectiveOn: Day | null;
  /** People. */
  readonly headcount: number | null;
  /** Percent of staff: 12 is twelve percent. */
  readonly percentOfStaff: number | null;
  readonly industry: string | null;
  readonly country: string | null;
  readonly location: string | null;
  readonly stage: string | null;
  readonly reason: string | null;
  /** Millions of USD raised so far. */
  readonly raisedUsdM: number | null;
  /** The press report or other page that gave the fact. */
  readonly url: string | null;
}

/** One source's report of one happening, with every version of its values. */
export interface LayoffSighting {
  /** Built by us: source id | company key | announced day of the first version | k-th repeat. */
  readonly key: string;
  readonly source: string;
  /** The day it could be known (the file's own "date added", trusted to ±1 day). */
  readonly learnedOn: Day;
  /** True when the source does not say and the announced day stands in. */
  readonly learnedIsAssumed: boolean;
  /** Oldest first, never empty; a version holds from its day until the next one's. */
  readonly versions: readonly { readonly from: Day; readonly values: LayoffValues }[];
  /** The first day the source no longer listed it; null while it does. */
  readonly withdrawnOn: Day | null;
}

export type PayLevel = "entry" | "mid" | "senior" | "executive";
export const PAY_LEVELS = [
  "entry",
  "mid",
  "senior",
  "executive",
] as const satisfies readonly PayLevel[];

/** One reported salary, as the dump gives it; nothing is converted by us. */
export interface PayRow {
  readonly source: string;
  readonly title: string;
  readonly level: PayLevel;
  readonly employment: "full-time" | "part-time" | "contract" | "freelance";
  /** The source's own conversion, USD per year. */
  readonly usdPerYear: number;
  readonly salary: number;
  readonly currency: string;
  readonly workYear: number;
  /** ISO 3166 alpha-2. */
  readonly employerCountry: string;
  readonly residenceCountry: string;
  /** Percent remote: 0, 50 or 100. */
  readonly remotePct: number;
  readonly companySize: string | null;
  /** The dump the row first stood in; null when that was the first dump we have (it may be older). */
  readonly appearedOn: Day | null;
  /** The dump before that one: the row appeared after this day. */
  readonly appearedAfter: Day | null;
}

export interface PayAggregate {
  readonly n: number;
  /** USD per year. */
  readonly mean: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number | null;
}

/** Published aggregates of reported pay by quarter ("2023Q4"), role id and level ("all" for every level). */
export interface PayQuarters {
  readonly source: string;
  readonly country: "US";
  readonly quarters: Readonly<
    Record<
      string,
      Readonly<Record<string, Readonly<Partial<Record<PayLevel | "all", PayAggregate>>>>>
    >
  >;
}

/** A salary range as posted with a job advertisement. */
export interface PostedPay {
  readonly source: string;
  readonly company: string;
  readonly title: string;
  readonly min: number | null;
  readonly max: number;
  readonly currency: string;
  readonly interval: "year";
  readonly postedOn: string;
  readonly ai: boolean;
  readonly country: string | null;
  readonly url: string | null;
  readonly publisher: string;
}

/** A total somebody published, with its definition. */
export interface PublishedTotal {
  readonly publisher: string;
  readonly measure: string;
  /** "2023", "2024-01", "2024-01-01..2024-03-17". */
  readonly period: string;
  readonly value: number;
  readonly bound: "exact" | "over";
  readonly scope: string;
}

/** Share of job postings that mention AI, percent, monthly mean, by country (ISO alpha-2) and month (YYYY-MM). */
export interface AiPostingShare {
  readonly source: string;
  readonly series: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Everything the bot believes, before any question. */
export interface Facts {
  readonly sources: readonly Source[];
  readonly layoffs: readonly LayoffSighting[];
  readonly payRows: readonly PayRow[];
  readonly payQuarters: PayQuarters;
  readonly postedPay: readonly PostedPay[];
  readonly published: readonly PublishedTotal[];
  readonly aiPostings: AiPostingShare;
}
