import { daysBetween } from "../market/calendar.ts";
import type { CompanyBook } from "../market/company.ts";
import type { Day, LayoffSighting, LayoffValues } from "../market/facts.ts";
import type { LayoffRow } from "../market/layoffs.ts";
import type { Traits } from "./traits.ts";

/** Something learned that a rule may tell of: a layoff, or a change to one that was known. */
export interface NewFact {
  /** The happening, the same however often it is looked at; a revision adds its day. */
  readonly id: string;
  readonly event: "layoff" | "revision";
  readonly traits: Traits;
  readonly row: LayoffRow;
  /** The day it was learned, or changed. */
  readonly learnedOn: Day;
  /** What a revision changed from; null for a layoff. */
  readonly was: { readonly people: number | null; readonly percent: number | null } | null;
  /** The source no longer lists it. */
  readonly withdrawn: boolean;
}

/** Announced longer before it was learned than this is late, and said to be. */
export const LATE_AFTER_DAYS = 14;

/** Days between the announcement and the day it was learned, where that is late; null where it is not. */
export function lateDays({ event, row }: NewFact): number | null {
  const days = daysBetween(row.announcedOn, row.learnedOn);
  return event === "layoff" && days > LATE_AFTER_DAYS ? days : null;
}

/** A report as it now stands, as the fact that it happened. */
export function layoffFact(sighting: LayoffSighting, book: CompanyBook): NewFact {
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
export function revisionFact(sighting: LayoffSighting, book: CompanyBook): NewFact | undefined {
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
): Pick<NewFact, "traits" | "row" | "withdrawn"> {
  const companyKey = book.of(values.company).key;
  return {
    withdrawn: sighting.withdrawnOn !== null,
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
