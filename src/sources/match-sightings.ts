import { companyKey } from "../market/company-key.ts";
import type { Day, LayoffValues } from "../market/facts.ts";
import { startingOn, type FactChange, type StoredSighting } from "../stores/facts-log.ts";
import {
  changedFields,
  equalValues,
  filledValues,
  mergedValues,
  type LayoffField,
} from "./layoff-values.ts";
import type { LayoffReport } from "./layoffs-csv.ts";
import { currentValues, pairRows } from "./row-pairs.ts";

/** A file that holds this share of the known rows of its own days is a whole export, and what it lacks was taken down. */
const WHOLE_RATIO_MIN = 0.9;

export interface ReadFile {
  readonly source: string;
  /** The day it speaks for. */
  readonly asOfOn: Day;
  readonly rows: readonly LayoffReport[];
  /** Fields its layout has a column for. */
  readonly given: ReadonlySet<LayoffField>;
}

export interface ToldChange {
  readonly company: string;
  readonly on: Day;
  readonly field: LayoffField | "listed";
  readonly from: string | number | null;
  readonly to: string | number | null;
}

export interface Matched {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  /** Known rows that gained a day they were learned or a detail, and whose figures stayed. */
  readonly refined: number;
  readonly withdrawn: number;
  /** Field by field, older value first whichever file came first. */
  readonly told: readonly ToldChange[];
  /** For the facts log, in order. */
  readonly changes: readonly FactChange[];
  readonly notices: readonly string[];
}

/**
 * What a file of a source adds to the known sightings of that source. `importedOn` are the as-of days of its files so far;
 * a file older than the last of them gives earlier versions, overwrites nothing newer and takes nothing down.
 */
export function matchSightings(
  file: ReadFile,
  known: readonly StoredSighting[],
  importedOn: readonly Day[],
): Matched {
  const nextDay = [...importedOn].sort().find((day) => day > file.asOfOn) ?? null;
  const pairs = pairRows(file.rows, known);
  const counts = { new: 0, changed: 0, same: 0, refined: 0, withdrawn: 0 };
  const told: ToldChange[] = [];
  const changes: FactChange[] = [];
  const notices: string[] = [];
  const freshKey = keyMaker(file.source, known);

  for (const [position, row] of file.rows.entries()) {
    const sighting = pairs.get(position);
    if (!sighting) {
      counts.new += 1;
      changes.push(newSighting(freshKey(row.values.company, row.values.announcedOn), row));
      continue;
    }
    const outcome =
      nextDay === null
        ? newerReport(sighting, row, file)
        : olderReport(sighting, row, file, nextDay);
    counts[outcome.told.length > 0 ? "changed" : outcome.refined ? "refined" : "same"] += 1;
    told.push(...outcome.told);
    changes.push(...outcome.changes);
  }

  if (nextDay === null) {
    const gone = takenDown(file, known, new Set(pairs.values()));
    counts.withdrawn = gone.sightings.length;
    notices.push(...gone.notices);
    for (const sighting of gone.sightings) {
      changes.push({ kind: "withdrawn", key: sighting.key, on: file.asOfOn });
      told.push(listing(sighting, "listed", "no longer listed"));
    }
  } else {
    notices.push(
      `This file speaks for ${file.asOfOn}, and one for ${importedOn.toSorted().at(-1)} is in already: its values became earlier versions, nothing newer was overwritten` +
        (counts.new > 0
          ? `, and its ${counts.new} rows the newer file does not have were added.`
          : "."),
    );
  }
  return { ...counts, told, changes, notices };
}

/** source id | company key | announced day of the first version | k-th repeat, counted from 1. */
export function sightingKey(
  source: string,
  company: string,
  announcedOn: Day,
  repeat: number,
): string {
  return `${source}|${companyKey(company)}|${announcedOn}|${repeat}`;
}

function keyMaker(
  source: string,
  known: readonly StoredSighting[],
): (company: string, announcedOn: Day) => string {
  const last = new Map<string, number>();
  for (const { key } of known) {
    const cut = key.lastIndexOf("|");
    last.set(
      key.slice(0, cut),
      Math.max(last.get(key.slice(0, cut)) ?? 0, Number(key.slice(cut + 1))),
    );
  }
  return (company, announcedOn) => {
    const place = `${source}|${companyKey(company)}|${announcedOn}`;
    const repeat = (last.get(place) ?? 0) + 1;
    last.set(place, repeat);
    return `${place}|${repeat}`;
  };
}

function newSighting(key: string, { values, addedOn }: LayoffReport): FactChange {
  return {
    kind: "sighting",
    key,
    learnedOn: addedOn ?? values.announcedOn,
    assumed: addedOn === null,
    values,
  };
}

interface Outcome {
  readonly told: readonly ToldChange[];
  readonly refined: boolean;
  readonly changes: readonly FactChange[];
}

/** The file is the newest: what differs holds from its day on. */
function newerReport(sighting: StoredSighting, row: LayoffReport, file: ReadFile): Outcome {
  const learned = learnedChange(sighting, row);
  const changes = [...learned.changes];
  const told: ToldChange[] = [];
  const current = learned.versions.at(-1)!;
  const merged = mergedValues(current.values, row.values, file.given);
  const fields = changedFields(current.values, merged);
  if (fields.length > 0) {
    changes.push({
      kind: "version",
      key: sighting.key,
      from: later(current.from, file.asOfOn),
      values: merged,
    });
    told.push(...fields.map((field) => fieldChange(field, current.values, merged)));
  } else if (!equalValues(current.values, merged)) {
    changes.push({ kind: "version", key: sighting.key, from: current.from, values: merged });
  }
  if (sighting.withdrawnOn !== null) {
    changes.push({ kind: "withdrawn", key: sighting.key, on: null });
    told.push(listing(sighting, "no longer listed", "listed again"));
  }
  return { told, refined: changes.length > 0, changes };
}

/** A newer file is in already: what differs held until the next file's day, and what is known now stays. */
function olderReport(
  sighting: StoredSighting,
  row: LayoffReport,
  file: ReadFile,
  nextDay: Day,
): Outcome {
  const learned = learnedChange(sighting, row);
  const changes = [...learned.changes];
  const version = (from: Day, values: LayoffValues): FactChange => ({
    kind: "version",
    key: sighting.key,
    from,
    values,
  });
  const versions = learned.versions.map(({ from, values }) => {
    const filled = filledValues(values, row.values);
    if (!equalValues(values, filled)) changes.push(version(from, filled));
    return { from, values: filled };
  });
  const refined = changes.length > 0;
  const first = versions[0]!;
  // Before the oldest file that had the row, its first values were only assumed to hold, so this older file has the word.
  const before = file.asOfOn < sighting.seenOn;
  if (before) changes.push({ kind: "seen", key: sighting.key });
  const inForce = before ? first : (versions.findLast(({ from }) => from <= file.asOfOn) ?? first);
  const until = before ? sighting.seenOn : nextDay;
  const reported = mergedValues(inForce.values, row.values, file.given);
  const fields = changedFields(reported, inForce.values);
  if (fields.length === 0 || until <= inForce.from) return { told: [], refined, changes };
  const from = before ? inForce.from : later(inForce.from, file.asOfOn);
  changes.push(version(from, reported));
  if (!versions.some((each) => each.from > from && each.from <= until))
    changes.push(version(until, inForce.values));
  const [was, became] = before ? [reported, inForce.values] : [inForce.values, reported];
  return { told: fields.map((field) => fieldChange(field, was, became)), refined, changes };
}

/** A file that knows the day a row was added settles the day we had to assume. */
function learnedChange(
  sighting: StoredSighting,
  row: LayoffReport,
): Pick<Outcome, "changes"> & Pick<StoredSighting, "versions"> {
  if (!sighting.learnedIsAssumed || row.addedOn === null)
    return { changes: [], versions: sighting.versions };
  return {
    changes: [{ kind: "learned", key: sighting.key, on: row.addedOn }],
    versions: startingOn(sighting.versions, row.addedOn),
  };
}

function takenDown(
  file: ReadFile,
  known: readonly StoredSighting[],
  found: ReadonlySet<StoredSighting>,
): { readonly sightings: readonly StoredSighting[]; readonly notices: readonly string[] } {
  if (known.length === 0 || file.rows.length === 0) return { sightings: [], notices: [] };
  let first = file.rows[0]!.values.announcedOn;
  let last = first;
  for (const { values } of file.rows) {
    if (values.announcedOn < first) first = values.announcedOn;
    if (values.announcedOn > last) last = values.announcedOn;
  }
  const span = known.filter(({ withdrawnOn, versions }) => {
    const on = versions.at(-1)!.values.announcedOn;
    return withdrawnOn === null && on >= first && on <= last;
  });
  const missing = span.filter((sighting) => !found.has(sighting));
  if (missing.length === 0) return { sightings: [], notices: [] };
  const here = span.length - missing.length;
  if (here >= WHOLE_RATIO_MIN * span.length) return { sightings: missing, notices: [] };
  const sharePct = Math.floor((100 * here) / span.length);
  return {
    sightings: [],
    notices: [
      `This file holds ${here} of the ${span.length} rows known between ${first} and ${last} (${sharePct} %): I take it for a part, so no row counts as taken down.`,
    ],
  };
}

function fieldChange(field: LayoffField, before: LayoffValues, after: LayoffValues): ToldChange {
  return {
    company: after.company,
    on: before.announcedOn,
    field,
    from: before[field],
    to: after[field],
  };
}

function listing(sighting: StoredSighting, from: string, to: string): ToldChange {
  const { company, announcedOn } = currentValues(sighting);
  return { company, on: announcedOn, field: "listed", from, to };
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
