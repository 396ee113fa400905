import { later } from "../market/calendar.ts";
import { companyKey } from "../market/company-key.ts";
import type { Day, LayoffValues } from "../market/facts.ts";
import { groupOrder } from "../market/group-order.ts";
import {
  otherKey,
  startingOn,
  type FactChange,
  type NewReports,
  type StoredSighting,
} from "../stores/facts-log.ts";
import {
  changedFields,
  equalValues,
  filledValues,
  mergedValues,
  type LayoffField,
} from "./layoff-values.ts";
import {
  pageOf,
  pickedLayoffs,
  plainPages,
  reportAt,
  type LayoffReport,
  type LayoffRows,
} from "./layoffs-csv.ts";
import { currentValues, pairRows } from "./row-pairs.ts";
import { textCount } from "./csv/text-column.ts";
import {
  codedColumn,
  codedColumns,
  mapTold,
  withDistinctValues,
  type Told,
} from "./csv/told-column.ts";

/** A file that holds this share of the known rows of its own days is a whole export, and what it lacks was taken down. */
const WHOLE_RATIO_MIN = 0.9;

export interface ReadFile {
  readonly source: string;
  /** The day it speaks for. */
  readonly asOfOn: Day;
  readonly rows: LayoffRows;
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
  const notices: string[] = [];

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
  if (counts.new > 0) {
    const rows =
      pairs.size === 0
        ? file.rows
        : pickedLayoffs(
            file.rows,
            Int32Array.from(reports.keys().filter((position) => !pairs.has(position))),
          );
    changes.push({ kind: "sightings", rows: newReports(rows, file.source, known) });
  }

  if (nextDay === null) {
    const gone = takenDown(reports, known, new Set(pairs.values()));
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

/** Rows of a file as reports that were not known, each with a key of its own. */
function newReports(
  rows: LayoffRows,
  source: string,
  known: readonly StoredSighting[],
): NewReports {
  const { told, addedOn, pages, size } = rows;
  const keyed = mapTold(told.company, companyKey);
  const otherKeys = {
    codes: keyed.codes,
    values: keyed.values.map((key, code) => otherKey(told.company.values[code]!, key)),
  };
  const repeats = repeatsOf(keyed, told.announcedOn, source, known);
  return {
    size,
    columns: {
      ...codedColumns(told),
      companyKey: codedColumn(withDistinctValues(otherKeys)),
      addedOn: codedColumn(addedOn),
      repeat: {
        codes: repeats,
        size: repeats.reduce((most, repeat) => Math.max(most, repeat), 0) + 1,
        valueOf: (code) => code,
      },
      ...(pages !== null && {
        url: {
          codes: pages.codes,
          size: textCount(pages),
          valueOf: (code: number) => pageOf(pages, code),
          linesOf: (from: number, to: number) => plainPages(pages, from, to),
        },
      }),
    },
  };
}

/** Which report of its company and day each row is, counted from 1 and on from those that are known. */
function repeatsOf(
  keyed: Told<string>,
  announcedOn: Told<Day>,
  source: string,
  known: readonly StoredSighting[],
): Int32Array {
  const companies = withDistinctValues(keyed);
  const days = withDistinctValues(announcedOn);
  const last = lastRepeats(known);
  const repeats = new Int32Array(companies.codes.length).fill(1);
  const mayRepeat = last.size > 0 ? null : companiesWithRepeats(companies, days);
  for (let row = 0; row < repeats.length; row++) {
    const company = companies.codes[row]!;
    if (mayRepeat !== null && mayRepeat[company] === 0) continue;
    const place = placeOf(source, companies.values[company]!, days.values[days.codes[row]!]!);
    repeats[row] = (last.get(place) ?? 0) + 1;
    last.set(place, repeats[row]!);
  }
  return repeats;
}

/** Marks the companies that have several rows of one day: of most, no row needs to be counted by name. */
function companiesWithRepeats(companies: Told<string>, days: Told<Day>): Uint8Array {
  const { order, ends } = groupOrder(companies.codes, companies.values.length);
  const marks = new Uint8Array(companies.values.length);
  const company = new Int32Array(days.values.length).fill(-1);
  for (let group = 0, at = 0; group < ends.length; group++)
    for (; at < ends[group]!; at++) {
      const day = days.codes[order[at]!]!;
      if (company[day] === group) marks[group] = 1;
      company[day] = group;
    }
  return marks;
}

function placeOf(source: string, key: string, day: Day): string {
  return `${source}|${key}|${day}`;
}

/** The last repeat known of each place. */
function lastRepeats(known: readonly StoredSighting[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { key } of known) {
    const cut = key.lastIndexOf("|");
    const place = key.slice(0, cut);
    last.set(place, Math.max(last.get(place) ?? 0, Number(key.slice(cut + 1))));
  }
  return last;
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
  rows: readonly LayoffReport[],
  known: readonly StoredSighting[],
  found: ReadonlySet<StoredSighting>,
): { readonly sightings: readonly StoredSighting[]; readonly notices: readonly string[] } {
  if (known.length === 0 || rows.length === 0) return { sightings: [], notices: [] };
  let first = rows[0]!.values.announcedOn;
  let last = first;
  for (const { values } of rows) {
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
