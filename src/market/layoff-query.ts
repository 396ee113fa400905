import type { LayoffFilter, Match } from "./layoffs.ts";
import type { LayoffTable } from "./layoff-table.ts";
import { dayNumberOf } from "./period-index.ts";
import { lowerBound } from "./texts.ts";

/** The events a filter lets through, oldest first, as columns of equal length. */
export interface Selection {
  /** Row numbers of the table. */
  readonly rows: Int32Array;
  readonly day: Int32Array;
  readonly people: Int32Array;
  /** Company numbers, from 0 up to `companies`; `codeOf` gives the table's code. */
  readonly company: Int32Array;
  readonly companies: number;
  readonly codeOf: (company: number) => number;
  /** How many rows had to be looked at. */
  readonly touched: number;
}

/**
 * The rows a filter lets through. Companies are answered from their own runs and touch no other row; everything else is a
 * scan of the days asked for.
 */
export function select(table: LayoffTable, filter: LayoffFilter): Selection {
  const from = filter.from === undefined ? Number.NEGATIVE_INFINITY : dayNumberOf(filter.from);
  const to = filter.to === undefined ? Number.POSITIVE_INFINITY : dayNumberOf(filter.to);
  const base =
    filter.companies === undefined
      ? inDays(table, from, to)
      : ofCompanies(table, filter.companies, from, to);
  const keep = testOf(table, filter);
  return keep === undefined ? base : kept(base, keep);
}

function inDays({ rows, ledger }: LayoffTable, from: number, to: number): Selection {
  const low = lowerBound(rows.day, from);
  const high = Math.max(low, lowerBound(rows.day, to + 1));
  return {
    rows: range(low, high),
    day: rows.day.slice(low, high),
    people: rows.people.slice(low, high),
    company: rows.company.slice(low, high),
    companies: ledger.texts.companyKey.ends.length,
    codeOf: (company) => company,
    touched: high - low,
  };
}

function range(from: number, to: number): Int32Array {
  const numbers = new Int32Array(to - from);
  for (let index = 0; index < numbers.length; index++) numbers[index] = from + index;
  return numbers;
}

function ofCompanies(
  { byCompany, ledger }: LayoffTable,
  keys: readonly string[],
  from: number,
  to: number,
): Selection {
  const codes = [...new Set(keys.map((key) => ledger.companyCode(key)))].filter(
    (code) => code >= 0,
  );
  const runs = codes.map((code) => {
    const start = code === 0 ? 0 : byCompany.ends.at(code - 1);
    const end = byCompany.ends.at(code);
    const low = lowerBound(byCompany.day, from, start, end);
    return [low, Math.max(low, lowerBound(byCompany.day, to + 1, low, end))] as const;
  });
  const size = runs.reduce((sum, [low, high]) => sum + high - low, 0);
  const common = {
    companies: codes.length,
    codeOf: (company: number) => codes[company]!,
    touched: size,
  };
  const [only] = runs;
  if (only !== undefined && runs.length === 1) {
    return {
      ...common,
      rows: byCompany.row.slice(...only),
      day: byCompany.day.slice(...only),
      people: byCompany.people.slice(...only),
      company: new Int32Array(size),
    };
  }
  const joined = {
    rows: new Int32Array(size),
    day: new Int32Array(size),
    people: new Int32Array(size),
    company: new Int32Array(size),
  };
  let at = 0;
  runs.forEach(([low, high], company) => {
    joined.rows.set(byCompany.row.slice(low, high), at);
    joined.day.set(byCompany.day.slice(low, high), at);
    joined.people.set(byCompany.people.slice(low, high), at);
    joined.company.fill(company, at, (at += high - low));
  });
  // Row numbers are in order of days, so sorting by them makes one calendar of the companies' own.
  return {
    ...common,
    ...picked(
      joined,
      range(0, size).sort((a, b) => joined.rows[a]! - joined.rows[b]!),
    ),
  };
}

type Test = (row: number, people: number) => boolean;

function testOf({ rows, ledger }: LayoffTable, filter: LayoffFilter): Test | undefined {
  const tests: Test[] = [];
  for (const dimension of ["industry", "country", "stage", "reason"] as const) {
    const match = filter[dimension];
    if (match === undefined) continue;
    const wanted = wantedCodes(ledger.names(dimension), match);
    const codes = rows[dimension].all();
    tests.push((row) => wanted[codes[row]!] === 1);
  }
  // Unknown is kept below every size, so that it never passes.
  const { peopleMin } = filter;
  if (peopleMin !== undefined) tests.push((_, people) => people >= Math.max(peopleMin, 0));
  const [first, second] = tests;
  if (first === undefined || second === undefined) return first;
  return tests.length === 2
    ? (row, people) => first(row, people) && second(row, people)
    : (row, people) => tests.every((test) => test(row, people));
}

/** 1 for each code whose name is wanted; code 0 is what was not reported and is called "unknown". */
function wantedCodes(names: readonly string[], { any, not }: Match): Uint8Array {
  const wanted = new Set(any.map(folded));
  const unwanted = new Set(not.map(folded));
  return Uint8Array.from(names, (name, code) => {
    const asked = code === 0 ? "unknown" : folded(name);
    return (wanted.size === 0 || wanted.has(asked)) && !unwanted.has(asked) ? 1 : 0;
  });
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

function kept(base: Selection, keep: Test): Selection {
  const places = new Int32Array(base.rows.length);
  let count = 0;
  for (let at = 0; at < places.length; at++)
    if (keep(base.rows[at]!, base.people[at]!)) places[count++] = at;
  return { ...base, ...picked(base, places.subarray(0, count)) };
}

function picked(
  from: Pick<Selection, "rows" | "day" | "people" | "company">,
  places: Int32Array,
): Pick<Selection, "rows" | "day" | "people" | "company"> {
  const pick = (values: Int32Array) => {
    const taken = new Int32Array(places.length);
    for (let at = 0; at < places.length; at++) taken[at] = values[places[at]!]!;
    return taken;
  };
  return {
    rows: pick(from.rows),
    day: pick(from.day),
    people: pick(from.people),
    company: pick(from.company),
  };
}
