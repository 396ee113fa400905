import { addDays } from "../../src/market/calendar.ts";
import type { Company, CompanyBook } from "../../src/market/company.ts";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { Facts, LayoffSighting, LayoffValues, Source } from "../../src/market/facts.ts";
import type { LayoffRow } from "../../src/market/layoffs.ts";

/** A company book that knows nobody: names are joined without case, stray blanks and a trailing " copy". */
export function plainBook(): CompanyBook {
  const of = (spelling: string): Company => {
    const name = spelling
      .trim()
      .replaceAll(/\s+/g, " ")
      .replace(/ copy$/i, "");
    return { key: name.toLowerCase(), name, aliases: [], parent: null };
  };
  return {
    of,
    byKey: () => undefined,
    resolve: () => ({ kind: "none", suggestions: [] }),
    family: () => [],
    suggest: () => [],
  };
}

let made = 0;

/** A layoff as one source reports it: announced on a day and known from that day on, until told otherwise. */
export function layoff(
  company: string,
  on: string,
  values: Partial<LayoffValues> = {},
  more: Partial<LayoffSighting> = {},
): LayoffSighting {
  const first: LayoffValues = {
    company,
    announcedOn: on,
    filedOn: null,
    effectiveOn: null,
    headcount: null,
    percentOfStaff: null,
    industry: null,
    country: null,
    location: null,
    stage: null,
    reason: null,
    raisedUsdM: null,
    url: null,
    ...values,
  };
  const learnedOn = more.learnedOn ?? on;
  made += 1;
  return {
    key: `test|${made}`,
    source: "test",
    learnedOn,
    learnedIsAssumed: false,
    versions: [{ from: learnedOn, values: first }],
    withdrawnOn: null,
    ...more,
  };
}

/** The same layoff with its values changed on a later day. */
export function changed(
  sighting: LayoffSighting,
  from: string,
  values: Partial<LayoffValues>,
): LayoffSighting {
  const latest = sighting.versions.at(-1)!.values;
  return {
    ...sighting,
    versions: [...sighting.versions, { from, values: { ...latest, ...values } }],
  };
}

export function factsOf(layoffs: readonly LayoffSighting[], source: Partial<Source> = {}): Facts {
  return {
    sources: [
      {
        id: "test",
        publisher: "Tester",
        title: "hand-made rows",
        licence: "none",
        url: null,
        asOfOn: "2024-12-31",
        rows: layoffs.length,
        sample: false,
        gaps: "",
        ...source,
      },
    ],
    layoffs,
    payRows: [],
    payQuarters: { source: "none", country: "US", quarters: {} },
    postedPay: [],
    published: [],
    aiPostings: { source: "none", series: {} },
    entries: NO_ENTRIES,
    witnesses: {},
    unsure: [],
    unconfirmed: [],
    verdicts: [],
  };
}

/** The short form of rows that tests compare. */
export function named(rows: readonly LayoffRow[]): string[] {
  return rows.map((row) => `${row.on} ${row.company} ${row.people ?? "?"}`);
}

/** Every day from one to another. */
export function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}
