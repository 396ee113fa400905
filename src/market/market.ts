import type { CompanyBook } from "./company.ts";
import type {
  AiPostingShare,
  Basis,
  Day,
  Entries,
  PayQuarters,
  PostedPay,
  PublishedTotal,
  Source,
  UnsurePair,
  Verdict,
  Witness,
} from "./facts.ts";
import type { LayoffTable } from "./layoff-table.ts";
import type { PayTable } from "./pay-table.ts";

/** The immutable snapshot everything is asked of. */
export interface Market {
  readonly companies: CompanyBook;
  /**
   * Layoff events as known on a day (all that is known when left out), dated by `basis`
   * (announced when left out). The usual table is prepared; others are built once and kept.
   */
  layoffs(asKnownOn?: Day, basis?: Basis): LayoffTable;
  /** Imported salaries. */
  readonly pay: PayTable;
  readonly payQuarters: PayQuarters;
  readonly postedPay: readonly PostedPay[];
  /** Bundled and taken in, the newest of the same total. */
  readonly published: readonly PublishedTotal[];
  /** The same as known on a day. */
  publishedAsKnown(day: Day): readonly PublishedTotal[];
  readonly aiPostings: AiPostingShare;
  /** Notices, postings, series and totals that were taken in, with every version. */
  readonly entries: Entries;
  /** The reports of an event that more than one gives, by `LayoffRow.sighting`. */
  readonly witnesses: Readonly<Record<number, readonly Witness[]>>;
  /** Reports that may be of the same happening, for a person to say. */
  readonly unsure: readonly UnsurePair[];
  /** Reports whose figure was read from a sentence that nobody confirmed. */
  readonly unconfirmed: readonly Witness[];
  readonly verdicts: readonly Verdict[];
  readonly sources: readonly Source[];
  /** The sources the layoff figures come from. */
  readonly layoffSources: readonly Source[];
  /** True while layoff figures come from the bundled sample. */
  readonly sample: boolean;
  /** The last day anything was learned of layoffs, be it one report: how new the facts are, not how far totals reach. */
  readonly asOfOn: Day;
  /** The last day a list of them speaks for: totals, changes and charts end here. Later there are only single reports, and nothing may be called none. */
  readonly listedTo: Day;
  /** Layoff events whose source does not say when it was learned. */
  readonly learnedAssumed: number;
}
