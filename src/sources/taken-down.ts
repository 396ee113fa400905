import type { Day } from "../market/facts.ts";
import type { ImportRecord, StoredSighting } from "../stores/facts-log.ts";
import type { LayoffReport } from "./layoffs-csv.ts";
import { currentValues } from "./row-pairs.ts";

/** A file that holds this share of the known rows of its own days is a whole export, and what it lacks was taken down. */
const WHOLE_RATIO_MIN = 0.9;

/** A file that was imported, as far as its word goes about rows it lacks. */
export type ListImport = Pick<ImportRecord, "asOfOn" | "days" | "part">;

/** What a file's lack of rows means. */
export interface Gone {
  /** Known sightings and the day from which on they are no longer listed; null where they are listed again. */
  readonly sightings: ReadonlyMap<StoredSighting, Day | null>;
  /** Rows of the file itself, by position, that are new and that a newer file no longer listed from that day on. */
  readonly missed: ReadonlyMap<number, Day>;
  /** The file is only a part of its list. */
  readonly isPart: boolean;
  readonly notices: readonly string[];
}

interface AboutFile {
  readonly asOfOn: Day;
  readonly days: Days | null;
  readonly isCut: boolean;
}

type Days = NonNullable<ImportRecord["days"]>;

/** What the newest file of a source no longer lists. */
export function takenDown(
  { asOfOn, days, isCut }: AboutFile,
  known: readonly StoredSighting[],
  found: ReadonlySet<StoredSighting>,
): Gone {
  const listed = known.filter(({ withdrawnOn }) => withdrawnOn === null);
  const { missing, isPart, notices } = lacking(listed, days, isCut, found);
  const sightings = new Map(missing.map((sighting) => [sighting, asOfOn]));
  return { sightings, missed: new Map(), isPart, notices };
}

/**
 * What an older file tells about rows that came or went between it and the newer ones: its own that they lack, known ones
 * that it lacks, and those it still has that a file before it had lost.
 */
export function takenDownAmongNewer(
  { asOfOn, days, isCut }: AboutFile,
  reports: readonly LayoffReport[],
  pairs: ReadonlyMap<number, StoredSighting>,
  known: readonly StoredSighting[],
  newer: readonly ListImport[],
): Gone {
  const whole = newer.filter((file) => isWhole(file, reports, pairs));
  const nextWithout = (on: Day) =>
    whole.find((file) => file.days !== undefined && isInside(on, file.days))?.asOfOn ?? null;
  const sightings = new Map<StoredSighting, Day | null>();
  const missed = new Map<number, Day>();
  for (const [position, { values }] of reports.entries()) {
    const sighting = pairs.get(position);
    const isLost = sighting?.withdrawnOn != null && sighting.withdrawnOn <= asOfOn;
    if (sighting !== undefined && !isLost) continue;
    const on = nextWithout(values.announcedOn);
    if (sighting !== undefined) sightings.set(sighting, on);
    else if (on !== null) missed.set(position, on);
  }
  const found = new Set(pairs.values());
  const listed = known.filter((sighting) => isListed(sighting, asOfOn));
  const { missing, isPart, notices } = lacking(listed, days, isCut, found);
  for (const sighting of missing) {
    // A newer file that reaches to its day and did not take it down still had it.
    const isSeenLater = newer.some(
      (file) =>
        (sighting.withdrawnOn === null || file.asOfOn < sighting.withdrawnOn) &&
        (file.days === undefined || isWithin(announcedOn(sighting), file.days)),
    );
    if (!isSeenLater) sightings.set(sighting, asOfOn);
  }
  return { sightings, missed, isPart, notices };
}

/** Which of the sightings listed so far a file lacks, where what it lacks says anything. */
function lacking(
  listed: readonly StoredSighting[],
  days: Days | null,
  isCut: boolean,
  found: ReadonlySet<StoredSighting>,
): {
  readonly missing: readonly StoredSighting[];
  readonly isPart: boolean;
  readonly notices: readonly string[];
} {
  if (days === null || isCut) return { missing: [], isPart: isCut, notices: [] };
  const span = listed.filter((sighting) => isWithin(announcedOn(sighting), days));
  const lacked = span.filter((sighting) => !found.has(sighting));
  const here = span.length - lacked.length;
  if (here >= WHOLE_RATIO_MIN * span.length) {
    const missing = lacked.filter((sighting) => isInside(announcedOn(sighting), days));
    return { missing, isPart: false, notices: [] };
  }
  const sharePct = Math.floor((100 * here) / span.length);
  return {
    missing: [],
    isPart: true,
    notices: [
      `This file holds ${here} of the ${span.length} rows known between ${days.from} and ${days.to} (${sharePct} %): I take it for a part, so no row counts as taken down.`,
    ],
  };
}

/** Whether a newer file has so many of an older one's rows of its days that those it lacks were taken down. */
function isWhole(
  { asOfOn, days, part }: ListImport,
  reports: readonly LayoffReport[],
  pairs: ReadonlyMap<number, StoredSighting>,
): boolean {
  if (days === undefined || part === true) return false;
  let span = 0;
  let here = 0;
  for (const [position, { values }] of reports.entries()) {
    if (!isWithin(values.announcedOn, days)) continue;
    span += 1;
    const sighting = pairs.get(position);
    if (sighting !== undefined && isListed(sighting, asOfOn)) here += 1;
  }
  return here >= WHOLE_RATIO_MIN * span;
}

/** Whether a source listed it on a day, as far as its files tell. */
function isListed({ seenOn, withdrawnOn }: StoredSighting, on: Day): boolean {
  return seenOn <= on && (withdrawnOn === null || withdrawnOn > on);
}

/** On its first and last day a file may begin or end in the middle, so what it lacks there says nothing. */
function isInside(day: Day, { from, to }: Days): boolean {
  return day > from && day < to;
}

function isWithin(day: Day, { from, to }: Days): boolean {
  return day >= from && day <= to;
}

function announcedOn(sighting: StoredSighting): Day {
  return currentValues(sighting).announcedOn;
}
