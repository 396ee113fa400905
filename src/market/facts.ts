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
  /** It reports single layoffs as they come (a feed, filings): its newest day says nothing of what else happened. */
  readonly single?: true;
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
  /** The sentence its figure was read from; absent where the source gives figures as such. */
  readonly sentence?: string;
  /** Whose report was the first, where several make one event and another one's word counts now. */
  readonly firstSource?: string;
}

/** One report of an event, as it stands now. */
export interface Witness {
  /** The report's key. */
  readonly key: string;
  readonly source: string;
  readonly company: string;
  readonly announcedOn: Day;
  readonly learnedOn: Day;
  readonly people: number | null;
  readonly percent: number | null;
  readonly url: string | null;
  /** The sentence its figure was read from. */
  readonly sentence: string | null;
}

/** What a person says of two reports, or of the figure of one. */
export interface Verdict {
  /** The reports' keys; `b` is null where it is about the figure of one. */
  readonly a: string;
  readonly b: string | null;
  readonly says: "same" | "different" | "confirmed";
}

/** Two reports that may be of the same happening. */
export interface UnsurePair {
  readonly a: Witness;
  readonly b: Witness;
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
  /** The last day of the edition. */
  readonly asOfOn?: Day;
  readonly series: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Something a source says that is no layoff, by a key that stays, with every version of it. */
export interface Entry<Values> {
  /** Source id | the source's own id of it, or one made of what never changes. */
  readonly key: string;
  readonly source: string;
  /** Oldest first, never empty; a version holds from the day we learned it until the next one's. Null: no longer listed. */
  readonly versions: readonly { readonly from: Day; readonly values: Values | null }[];
}

/** A notice of layoffs that an employer filed under a WARN act. It counts people that the news counts too. */
export interface NoticeValues {
  /** Of the United States, two letters. */
  readonly state: string;
  /** As filed. */
  readonly company: string;
  /** The day of the notice, else the day the office received it. */
  readonly noticedOn: Day | null;
  readonly effectiveOn: Day | null;
  /** People at this place, null where the notice does not say. */
  readonly people: number | null;
  readonly kind: "layoff" | "closure" | null;
  readonly temporary: boolean | null;
  readonly place: string | null;
  readonly url: string | null;
}

/** A job as a board lists it, with the pay range as posted; nothing is converted. */
export interface PostingValues {
  readonly board: "greenhouse" | "ashby" | "lever";
  readonly company: string;
  readonly title: string;
  readonly location: string | null;
  /** ISO 3166 alpha-2, null where the posting does not say. */
  readonly country: string | null;
  /** Base pay in whole units of the currency, null where none is posted. On-target earnings and equity are no base pay. */
  readonly min: number | null;
  readonly max: number | null;
  readonly currency: string | null;
  readonly interval: "hour" | "day" | "week" | "month" | "year" | null;
  readonly postedOn: Day | null;
  /** The role builds or studies AI, by its title. */
  readonly ai: boolean;
  readonly url: string | null;
}

/** One value of a published series: "ai-postings", "US", "2024-03", 2.05. */
export interface PointValues {
  readonly series: string;
  /** ISO 3166 alpha-2, or a narrower place or sector after a colon: "US:software". */
  readonly place: string;
  /** "2024-03-17", "2024-03", "2024Q1" or "2024". */
  readonly period: string;
  readonly value: number;
  /** "percent", "index, 1 Feb 2020 = 100", "thousands of people". */
  readonly unit: string;
  /** The publisher may still change it. */
  readonly preliminary: boolean;
}

/** What entries are kept by: each shelf has its own shape of values. */
export interface EntryShelves {
  readonly notices: NoticeValues;
  readonly postings: PostingValues;
  readonly points: PointValues;
  readonly totals: PublishedTotal;
}
export type ShelfName = keyof EntryShelves;
export type Entries = {
  readonly [Shelf in ShelfName]: readonly Entry<EntryShelves[Shelf]>[];
};
export const NO_ENTRIES: Entries = { notices: [], postings: [], points: [], totals: [] };

/** Everything the bot believes, before any question. */
export interface Facts {
  readonly sources: readonly Source[];
  readonly layoffs: readonly LayoffSighting[];
  readonly payRows: readonly PayRow[];
  readonly payQuarters: PayQuarters;
  readonly postedPay: readonly PostedPay[];
  readonly published: readonly PublishedTotal[];
  /** The day the bundled totals speak for. */
  readonly publishedOn?: Day;
  readonly aiPostings: AiPostingShare;
  /** Notices, postings, series and totals as they were taken in; bundled ones stand in the fields above. */
  readonly entries: Entries;
  /** The reports of events that more than one gives, by their place in `layoffs`. */
  readonly witnesses: Readonly<Record<number, readonly Witness[]>>;
  readonly unsure: readonly UnsurePair[];
  /** Reports whose figure was read from a sentence that nobody confirmed. */
  readonly unconfirmed: readonly Witness[];
  /** What people have said, the last word on each. */
  readonly verdicts: readonly Verdict[];
}
