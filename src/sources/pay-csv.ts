import { Fault } from "../fault.ts";
import type { PayLevel, PayRow } from "../market/facts.ts";
import type { PayFacts } from "../stores/facts-log.ts";
import { numberIn, textCell, type Cell } from "./cells.ts";
import { columnName, type CsvColumns } from "./csv/reader.ts";
import { distinctRows } from "./csv/distinct-rows.ts";
import type { RowFault } from "./row-fault.ts";
import {
  mapTold,
  pickedColumns,
  placesUnmarked,
  toldColumn,
  withDistinctValues,
  type Told,
} from "./csv/told-column.ts";

export const PAY_DUMPS = {
  id: "aijobs",
  publisher: "aijobs.net",
  title: "salary dump",
  licence: "CC0",
  url: "https://aijobs.net/",
} as const;

const COLUMNS = [
  "work year",
  "experience level",
  "employment type",
  "job title",
  "salary",
  "salary currency",
  "salary in usd",
  "employee residence",
  "remote ratio",
  "company location",
  "company size",
] as const;
type Column = (typeof COLUMNS)[number];

export interface PayLayout {
  readonly name: string;
  readonly header: readonly string[];
  readonly at: ReadonlyMap<Column, number>;
}

/**
 * The weekly dump's layout, columns in any order; undefined when the header is not one of pay. Throws a Fault
 * (`unsupported`) for a layout that is pay and cannot be used.
 */
export function payLayout(header: readonly string[]): PayLayout | undefined {
  const names = header.map(columnName);
  if (names.includes("totalyearlycompensation")) {
    throw new Fault(
      "unsupported",
      "This is the levels.fyi layout: it has no dates and totals instead of salary, so nothing can be compared over time.",
      "Import a dump with work_year, experience_level and salary_in_usd.",
    );
  }
  if (!names.includes("salary in usd") || !names.includes("experience level")) return undefined;
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new Fault(
      "bad_file",
      `A salary dump without ${missing.join(", ").replaceAll(" ", "_").replaceAll(",_", ", ")}.`,
      `It needs ${COLUMNS.length} columns: ${COLUMNS.join(", ").replaceAll(" ", "_").replaceAll(",_", ", ")}.`,
    );
  }
  const at = new Map(COLUMNS.map((column) => [column, names.indexOf(column)]));
  return { name: `salary dump, ${header.length} columns`, header, at };
}

const LEVELS: ReadonlyMap<string, PayLevel> = new Map([
  ["EN", "entry"],
  ["MI", "mid"],
  ["SE", "senior"],
  ["EX", "executive"],
]);
const EMPLOYMENTS: ReadonlyMap<string, PayRow["employment"]> = new Map([
  ["FT", "full-time"],
  ["PT", "part-time"],
  ["CT", "contract"],
  ["FL", "freelance"],
]);

/** The places of the columns that are read of a header; none where it is not one of pay. Throws as `payLayout` does. */
export function payPlaces(header: readonly string[]): ReadonlySet<number> {
  return new Set(payLayout(header)?.at.values());
}

export const PAY_FIELDS = [
  "source",
  "title",
  "level",
  "employment",
  "usdPerYear",
  "salary",
  "currency",
  "workYear",
  "employerCountry",
  "residenceCountry",
  "remotePct",
  "companySize",
] as const satisfies readonly (keyof PayFacts)[];

/**
 * The distinct rows of a dump, column by column, and how often each stands in it: rows repeat exactly and are real, so none
 * is dropped. Plain data, so that a thread can hand it on.
 */
export interface PayRows {
  readonly size: number;
  readonly told: { readonly [Field in keyof PayFacts]: Told<PayFacts[Field]> };
  readonly counts: Int32Array<ArrayBuffer>;
}

/** Reads the rows of a dump: those that can be taken, and what is wrong with the others, which are left out. */
export function readPayRows(
  csv: CsvColumns,
  layout: PayLayout,
  thisYear: number,
): { readonly rows: PayRows; readonly accepted: number; readonly faults: readonly RowFault[] } {
  const faults: RowFault[] = [];
  const isRefused = new Uint8Array(csv.size);
  /** A column whose cells are all to hold something; the stand-in is for rows that are not taken. */
  function of<Value>(
    column: Column,
    read: (text: string) => Value | null | undefined,
    standIn: Value,
    reason: string,
  ): Told<Value> {
    const place = layout.at.get(column)!;
    const told = toldColumn(
      csv,
      place,
      (text): Cell<Value> => {
        const value = read(text.trim());
        return value === null || value === undefined ? { fault: reason } : { value };
      },
      (row, text) => {
        const value = text.trim();
        faults.push({ row: csv.rows[row]!, column: layout.header[place]!, value, reason });
        isRefused[row] = 1;
      },
    );
    return withDistinctValues(mapTold(told, (value) => value ?? standIn));
  }
  function number(column: Column, min: number, max: number, reason: string): Told<number> {
    const read = (text: string) => {
      const found = numberIn(text);
      return found !== null && found >= min && found <= max ? found : null;
    };
    return of(column, read, 0, reason);
  }
  const code = (column: Column, shape: RegExp) =>
    of(column, (text) => shape.exec(text)?.[0], "", "is not a code I know");

  const all: PayRows["told"] = {
    source: { codes: new Int32Array(csv.size), values: [PAY_DUMPS.id] },
    title: of("job title", textCell, "", "names no job"),
    level: of("experience level", (text) => LEVELS.get(text), "entry", "is not EN, MI, SE or EX"),
    employment: of(
      "employment type",
      (text) => EMPLOYMENTS.get(text),
      "full-time",
      "is not FT, PT, CT or FL",
    ),
    usdPerYear: number("salary in usd", 1, 1e9, "is not a yearly amount in USD"),
    salary: number("salary", 1, 1e12, "is not an amount"),
    currency: code("salary currency", /^[A-Z]{3}$/),
    workYear: number("work year", 2000, thisYear + 1, "is not a year"),
    employerCountry: code("company location", /^[A-Z]{2}$/),
    residenceCountry: code("employee residence", /^[A-Z]{2}$/),
    remotePct: number("remote ratio", 0, 100, "is not 0, 50 or 100"),
    companySize: withDistinctValues(
      toldColumn(
        csv,
        layout.at.get("company size"),
        (text) => ({ value: textCell(text) }),
        () => {},
      ),
    ),
  };
  // In order of rows; the sort keeps the order of columns within each.
  faults.sort((a, b) => a.row - b.row);
  const taken = placesUnmarked(isRefused);
  return {
    rows: countedOnce(pickedColumns(all, taken), taken.length),
    accepted: taken.length,
    faults,
  };
}

function countedOnce(told: PayRows["told"], size: number): PayRows {
  const { firsts, counts } = distinctRows(
    PAY_FIELDS.map((field) => told[field]),
    size,
  );
  return { size: firsts.length, told: pickedColumns(told, firsts), counts };
}
