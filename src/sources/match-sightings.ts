import { later } from "../market/calendar.ts";
import { companyKey } from "../market/company-key.ts";
import type { Day, LayoffValues } from "../market/facts.ts";
import {
  sightingKey,
  startingOn,
  type FactChange,
  type ImportRecord,
  type StoredSighting,
} from "../stores/facts-log.ts";
import { daysOfRows } from "./file-day.ts";
import { lastRepeats, newReports, placeOf } from "./keyed-rows.ts";
import {
  changedFields,
  equalValues,
  filledValues,
  mergedValues,
  type LayoffField,
} from "./layoff-values.ts";
import { pickedLayoffs, reportAt, type LayoffReport, type LayoffRows } from "./layoffs-csv.ts";
import { currentValues, pairRows } from "./row-pairs.ts";
import { takenDown, takenDownAmongNewer, type ListImport } from "./taken-down.ts";

export interface ReadFile {
  readonly source: string;
  /** The day it speaks for. */
  readonly asOfOn: Day;
  readonly rows: LayoffRows;
  /** Fields its layout has a column for. */
  readonly given: ReadonlySet<LayoffField>;
  /** Its last row breaks off, so what it lacks may only have been lost. */
  readonly isCut: boolean;
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
  /** How far its word goes about what it lacks. */
  readonly reach: Pick<ImportRecord, "days" | "part">;
  readonly notices: readonly string[];
}

/**
 * What a file of a source adds to the known sightings of that source. `imports` are its files so far. A file older than the
 * last of them gives earlier versions and overwrites nothing newer, and what the newer ones lack of it counts as taken down
 * by them: whatever the order of the files, the facts are the same.
 */
export function matchSightings(
  file: ReadFile,
  known: readonly StoredSighting[],
  imports: readonly ListImport[],
): Matched {
  const newer = imports
    .filter(({ asOfOn }) => asOfOn > file.asOfOn)
    .toSorted((a, b) => (a.asOfOn < b.asOfOn ? -1 : 1));
  const nextDay = newer[0]?.asOfOn ?? null;
  // A first list has nothing to be compared with, and its rows stay as columns.
  const reports =
    known.length === 0
      ? []
      : Array.from({ length: file.rows.size }, (_, row) => reportAt(file.rows, row));
  const pairs = pairRows(reports, known);
  const counts = {
    new: file.rows.size - pairs.size,
    changed: 0,
    same: 0,
    refined: 0,
    withdrawn: 0,
  };
  const told: ToldChange[] = [];
  const changes: FactChange[] = [];

  for (const [position, row] of reports.entries()) {
    const sighting = pairs.get(position);
    if (!sighting) continue;
    const outcome =
      nextDay === null
        ? newerReport(sighting, row, file)
        : olderReport(sighting, row, file, nextDay);
    counts[outcome.told.length > 0 ? "changed" : outcome.refined ? "refined" : "same"] += 1;
    told.push(...outcome.told);
    changes.push(...outcome.changes);
  }

  const days = daysOfRows(file.rows);
  const about = { days, isCut: file.isCut, asOfOn: file.asOfOn };
  const gone =
    nextDay === null
      ? takenDown(about, known, new Set(pairs.values()))
      : takenDownAmongNewer(about, reports, pairs, known, newer);
  const missed = missedRows(file, reports, gone.missed, known);
  changes.push(...missed);
  if (counts.new > gone.missed.size) {
    const isLeft = (position: number) => !pairs.has(position) && !gone.missed.has(position);
    const rows =
      pairs.size === 0 && missed.length === 0
        ? file.rows
        : pickedLayoffs(file.rows, Int32Array.from(reports.keys().filter(isLeft)));
    const met = missed.length === 0 ? known : [...known, ...missed];
    changes.push({ kind: "sightings", rows: newReports(rows, file.source, met) });
  }
  for (const [sighting, on] of gone.sightings) {
    changes.push({ kind: "withdrawn", key: sighting.key, on });
    if (on === null) told.push(listing(sighting, "no longer listed", "listed again"));
    else if (sighting.withdrawnOn === null) {
      counts.withdrawn += 1;
      told.push(listing(sighting, "listed", "no longer listed"));
    }
  }
  return {
    ...counts,
    told,
    changes,
    reach: { ...(days !== null && { days }), ...(gone.isPart && { part: true as const }) },
    notices: [
      ...gone.notices,
      ...(nextDay === null
        ? []
        : [olderNotice(file.asOfOn, newer.at(-1)!.asOfOn, counts.new, gone.missed.size)]),
    ],
  };
}

/** New rows that a newer file lacks: two changes each, known and taken down. */
function missedRows(
  { source }: ReadFile,
  reports: readonly LayoffReport[],
  missed: ReadonlyMap<number, Day>,
  known: readonly StoredSighting[],
): (FactChange & { readonly key: string })[] {
  if (missed.size === 0) return [];
  const last = lastRepeats(known);
  return [...missed].flatMap(([position, on]) => {
    const { values, addedOn } = reports[position]!;
    const name = companyKey(values.company);
    const place = placeOf(source, name, values.announcedOn);
    const repeat = (last.get(place) ?? 0) + 1;
    last.set(place, repeat);
    const key = sightingKey(source, name, values.announcedOn, repeat);
    return [
      {
        kind: "sighting" as const,
        key,
        learnedOn: addedOn ?? values.announcedOn,
        assumed: addedOn === null,
        values,
      },
      { kind: "withdrawn" as const, key, on },
    ];
  });
}

function olderNotice(asOfOn: Day, newestOn: Day, added: number, missed: number): string {
  const rows = (count: number) =>
    `${count.toLocaleString("en-US")} ${count === 1 ? "row" : "rows"}`;
  const clauses = [
    "its values became earlier versions, nothing newer was overwritten",
    ...(missed > 0
      ? [`${rows(missed)} that newer files no longer list count only up to their days`]
      : []),
    ...(added > missed
      ? [
          `${rows(added - missed)} of which newer files say nothing ${added - missed === 1 ? "was" : "were"} added`,
        ]
      : []),
  ];
  return `This file speaks for ${asOfOn}, and one for ${newestOn} is in already: ${clauses.join("; ")}.`;
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
