import { daysBetween } from "../market/calendar.ts";
import type { CompanyBook } from "../market/company.ts";
import type { Day, LayoffSighting, LayoffValues } from "../market/facts.ts";
import type { LayoffRow } from "../market/layoffs.ts";
import type { NoticeRow } from "../market/notices.ts";
import type { Posting } from "../market/postings.ts";
import type { Outage } from "./outages.ts";
import type { Traits } from "./traits.ts";

/** Something learned that a rule may tell of. */
export type NewFact = LayoffFact | NoticeFact | PostingFact | OutageFact;

interface Learned {
  /** The happening, the same however often it is looked at; a revision adds its day. */
  readonly id: string;
  readonly traits: Traits;
  /** Whom it is about, as shown. */
  readonly name: string;
  /** The day it was announced, noticed or posted; where nobody says, the day it was learned. */
  readonly on: Day;
  /** The day it was learned, or changed. */
  readonly learnedOn: Day;
  /** What is corrected when it moves: people, or the upper end of a posted pay. Null: not said. */
  readonly size: number | null;
  /** What a revision changed from; null for anything else. */
  readonly was: { readonly people: number | null; readonly percent: number | null } | null;
  /** The source no longer lists it; of a source, it is well again. */
  readonly withdrawn: boolean;
}

/** A layoff, or a change to one that was known. */
export interface LayoffFact extends Learned {
  readonly event: "layoff" | "revision";
  readonly row: LayoffRow;
}

/** A notice under a WARN act. It counts people whom the news counts too. */
export interface NoticeFact extends Learned {
  readonly event: "warn_notice";
  readonly notice: NoticeRow;
}

/** A job that appeared on a board. */
export interface PostingFact extends Learned {
  readonly event: "posting";
  readonly posting: Omit<Posting, "board">;
}

/** A source that has stopped bringing what it should. */
export interface OutageFact extends Learned {
  readonly event: "source_down";
  readonly outage: Outage;
}

/** Announced longer before it was learned than this is late, and said to be. */
export const LATE_AFTER_DAYS = 14;

/** Days between the announcement and the day it was learned, where that is late; null where it is not. */
export function lateDays({ event, on, learnedOn }: NewFact): number | null {
  if (event !== "layoff" && event !== "warn_notice") return null;
  const days = daysBetween(on, learnedOn);
  return days > LATE_AFTER_DAYS ? days : null;
}

/** A report as it now stands, as the fact that it happened. */
export function layoffFact(sighting: LayoffSighting, book: CompanyBook): LayoffFact {
  const { values } = sighting.versions.at(-1)!;
  return {
    ...factOf(sighting, values, book),
    id: sighting.key,
    event: "layoff",
    learnedOn: sighting.learnedOn,
    was: null,
  };
}

/** The last change of a report, or that it was taken back; undefined while it stands as first read. */
export function revisionFact(sighting: LayoffSighting, book: CompanyBook): LayoffFact | undefined {
  const [last, before] = [sighting.versions.at(-1)!, sighting.versions.at(-2)];
  const on = sighting.withdrawnOn ?? (before === undefined ? undefined : last.from);
  if (on === undefined) return undefined;
  const { headcount, percentOfStaff } = (sighting.withdrawnOn === null ? before! : last).values;
  return {
    ...factOf(sighting, last.values, book),
    id: `${sighting.key}@${on}`,
    event: "revision",
    learnedOn: on,
    was: { people: headcount, percent: percentOfStaff },
  };
}

function factOf(
  sighting: LayoffSighting,
  values: LayoffValues,
  book: CompanyBook,
): Pick<LayoffFact, "traits" | "row" | "withdrawn" | "name" | "on" | "size"> {
  const companyKey = book.of(values.company).key;
  return {
    withdrawn: sighting.withdrawnOn !== null,
    name: values.company,
    on: values.announcedOn,
    size: values.headcount,
    traits: {
      companyKey,
      sector: values.industry,
      country: values.country,
      state: values.location,
      stage: values.stage,
      reason: values.reason,
      source: sighting.source,
      people: values.headcount,
      percent: values.percentOfStaff,
    },
    row: {
      companyKey,
      company: values.company,
      on: values.announcedOn,
      announcedOn: values.announcedOn,
      learnedOn: sighting.learnedOn,
      people: values.headcount,
      percent: values.percentOfStaff,
      industry: values.industry,
      country: values.country,
      location: values.location,
      stage: values.stage,
      url: values.url,
      source: sighting.source,
      sighting: 0,
      witnesses: 1,
      unconfirmed: false,
    },
  };
}
