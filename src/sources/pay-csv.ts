import { Fault } from "../fault.ts";
import type { PayLevel, PayRow } from "../market/facts.ts";
import type { PayFacts } from "../stores/facts-log.ts";
import { numberIn, textCell } from "./cells.ts";
import { columnName } from "./csv-file.ts";
import type { RowFault } from "./row-fault.ts";

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

/** A dump while it is read: how often each distinct row stands in it. Rows repeat exactly and are real, so none is dropped. */
export interface PayRows {
  take(row: number, cells: readonly string[]): void;
  readonly counts: ReadonlyMap<string, { readonly row: PayFacts; readonly count: number }>;
  readonly faults: readonly RowFault[];
}

export function openPayRows(layout: PayLayout, thisYear: number): PayRows {
  const counts = new Map<string, { readonly row: PayFacts; count: number }>();
  const faults: RowFault[] = [];
  return {
    counts,
    faults,
    take(row, cells) {
      const raw = (column: Column) => (cells[layout.at.get(column) ?? -1] ?? "").trim();
      const read = payRow(raw, thisYear);
      if ("faults" in read) {
        for (const { column, reason } of read.faults) {
          const name = layout.header[layout.at.get(column) ?? -1] ?? column;
          faults.push({ row, column: name, value: raw(column), reason });
        }
        return;
      }
      const key = payKey(read.row);
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { row: read.row, count: 1 });
    },
  };
}

type ReadPay =
  | { readonly row: PayFacts }
  | { readonly faults: readonly { readonly column: Column; readonly reason: string }[] };

function payRow(raw: (column: Column) => string, thisYear: number): ReadPay {
  const faults: { column: Column; reason: string }[] = [];
  /** The value, or its stand-in in a row that will not be kept. */
  function checked<Value>(
    column: Column,
    value: Value | null | undefined,
    standIn: Value,
    reason: string,
  ): Value {
    if (value === null || value === undefined) faults.push({ column, reason });
    return value ?? standIn;
  }
  function number(column: Column, min: number, max: number, reason: string): number {
    const found = numberIn(raw(column));
    return checked(
      column,
      found !== null && found >= min && found <= max ? found : null,
      0,
      reason,
    );
  }
  function code(column: Column, shape: RegExp): string {
    return checked(column, shape.exec(raw(column))?.[0], "", "is not a code I know");
  }
  const row: PayFacts = {
    source: PAY_DUMPS.id,
    title: checked("job title", textCell(raw("job title")), "", "names no job"),
    level: checked(
      "experience level",
      LEVELS.get(raw("experience level")),
      "entry",
      "is not EN, MI, SE or EX",
    ),
    employment: checked(
      "employment type",
      EMPLOYMENTS.get(raw("employment type")),
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
    companySize: textCell(raw("company size")),
  };
  return faults.length > 0 ? { faults } : { row };
}

/** Two rows with the same key say the same. */
export function payKey(row: PayFacts): string {
  return [
    row.source,
    row.title,
    row.level,
    row.employment,
    row.usdPerYear,
    row.salary,
    row.currency,
    row.workYear,
    row.employerCountry,
    row.residenceCountry,
    row.remotePct,
    row.companySize,
  ].join("|");
}
