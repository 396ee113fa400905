import { dayNumber } from "./calendar.ts";
import { blankArrays, memoryColumn, memoryColumns, once } from "./column.ts";
import type { ArraysOf, ColumnsOf } from "./column.ts";
import type { Basis, Day } from "./facts.ts";
import { groupOrder } from "./group-order.ts";
import { NEVER, NO_DAY } from "./layoff-ledger.ts";
import type { Ledger } from "./layoff-ledger.ts";
import { pulseColumns } from "./pulse-columns.ts";
import type { PulseColumns } from "./pulse-columns.ts";

/** One row an event, ordered by day. */
export const ROW_LAYOUT = {
  day: "i32",
  company: "i32",
  industry: "i32",
  country: "i32",
  stage: "i32",
  reason: "i32",
  people: "i32",
  version: "i32",
} as const;
export type Rows = ColumnsOf<typeof ROW_LAYOUT>;

/**
 * The same rows company by company (a compressed sparse row index): company c has the entries from `ends[c - 1]` up to
 * `ends[c]`, by day. Days and people stand here again, so that a company's answer reads one short run and nothing else.
 */
export const COMPANY_LAYOUT = {
  ends: "i32",
  rank: "i32",
  row: "i32",
  day: "i32",
  people: "i32",
} as const;
export type CompanyIndex = ColumnsOf<typeof COMPANY_LAYOUT>;

/** The events as known on one day, dated by one basis. */
export interface LayoffTable {
  readonly size: number;
  readonly ledger: Ledger;
  readonly rows: Rows;
  /** Made, or read from the snapshot, when first asked for. */
  readonly byCompany: CompanyIndex;
  readonly pulse: PulseColumns;
}

/** What is known of the ledger's events on a day (everything when left out). */
export function layoffTable(ledger: Ledger, asKnownOn: Day | undefined, basis: Basis): LayoffTable {
  const rows = memoryColumns<typeof ROW_LAYOUT>(rowsKnown(ledger, asKnownOn, basis));
  const byCompany = once(() => companyIndex(rows, ledger.texts.companyKey.ends.length));
  const pulse = once(() => pulseColumns(rows, ledger));
  return {
    size: rows.day.length,
    ledger,
    rows,
    get byCompany() {
      return byCompany();
    },
    get pulse() {
      return pulse();
    },
  };
}

/** The version each sighting shows: the latest that holds on the day, else its first; -1 when it is not known or withdrawn. */
function shownVersions({ sightings, versions }: Ledger, asKnownOn: Day | undefined): Int32Array {
  const asof = asKnownOn === undefined ? NEVER - 1 : dayNumber(asKnownOn);
  const learned = sightings.learned.all();
  const withdrawn = sightings.withdrawn.all();
  const first = sightings.firstVersion.all();
  const from = versions.from.all();
  return Int32Array.from({ length: first.length - 1 }, (_, sighting) => {
    if (learned[sighting]! > asof || withdrawn[sighting]! <= asof) return -1;
    let shown = first[sighting]!;
    for (let version = shown + 1; version < first[sighting + 1]!; version++)
      if (from[version]! <= asof) shown = version;
    return shown;
  });
}

function rowsKnown(
  ledger: Ledger,
  asKnownOn: Day | undefined,
  basis: Basis,
): ArraysOf<typeof ROW_LAYOUT> {
  const shown = shownVersions(ledger, asKnownOn);
  const sighting = ledger.versions.sighting.all();
  const dayOf = ledger.dayOf(basis);
  const kept = ledger
    .order(basis)
    .filter((version) => shown[sighting[version]!] === version && dayOf(version) !== NO_DAY);
  const rows = blankArrays(ROW_LAYOUT, kept.length);
  for (const name of ["company", "industry", "country", "stage", "reason", "people"] as const) {
    const values = ledger.versions[name].all();
    const column = rows[name];
    for (let row = 0; row < kept.length; row++) column[row] = values[kept[row]!]!;
  }
  for (let row = 0; row < kept.length; row++) rows.day[row] = dayOf(kept[row]!);
  rows.version.set(kept);
  return rows;
}

function companyIndex(rows: Rows, companies: number): CompanyIndex {
  const [company, day, people] = [rows.company.all(), rows.day.all(), rows.people.all()];
  const { order, ends } = groupOrder(company, companies);
  return {
    ends: memoryColumn(ends),
    rank: memoryColumn(ranks(company, people, companies)),
    row: memoryColumn(order),
    day: memoryColumn(order.map((row) => day[row]!)),
    people: memoryColumn(order.map((row) => people[row]!)),
  };
}

/** The place of each company by known people, 1 for the most; equal people share a place; 0 without events. */
function ranks(
  company: Int32Array,
  people: Int32Array,
  companies: number,
): Int32Array<ArrayBuffer> {
  const sums = new Float64Array(companies).fill(-1);
  for (let row = 0; row < company.length; row++) {
    const code = company[row]!;
    sums[code] = Math.max(sums[code]!, 0) + Math.max(people[row]!, 0);
  }
  const listed = Int32Array.from(sums.keys())
    .filter((code) => sums[code]! >= 0)
    .sort((a, b) => sums[b]! - sums[a]!);
  const places = new Int32Array(companies);
  listed.forEach((code, at) => {
    places[code] =
      at > 0 && sums[listed[at - 1]!] === sums[code] ? places[listed[at - 1]!]! : at + 1;
  });
  return places;
}
