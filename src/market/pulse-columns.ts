import { memoryColumn } from "./column.ts";
import type { ColumnsOf } from "./column.ts";
import type { Ledger } from "./layoff-ledger.ts";
import type { Rows } from "./layoff-table.ts";
import type { Dimension } from "./layoffs.ts";
import { periodIndex, periodStart } from "./period-index.ts";

/**
 * The pulse of every day, prepared. It changes only on some days: when an event enters, when one leaves the 7 or the 30
 * days, and at new year. State k holds from `changeDay[k]` until the next. `totals` has STATE_WIDTH numbers a state; the
 * cells of state k, CELL_WIDTH numbers each and in the order shown, end before cell `…Ends[k]`.
 */
export const PULSE_LAYOUT = {
  changeDay: "i32",
  totals: "f64",
  industryEnds: "i32",
  industryCells: "f64",
  countryEnds: "i32",
  countryCells: "f64",
  stageEnds: "i32",
  stageCells: "f64",
  companyEnds: "i32",
  companyCells: "f64",
} as const;
export type PulseColumns = ColumnsOf<typeof PULSE_LAYOUT>;

/** People, events, companies, unknown size: of 7 days, of 30 days, of the year so far. */
export const STATE_WIDTH = 12;
/** Code, people, events, companies, unknown size, last day, largest (-1 when unknown). */
export const CELL_WIDTH = 7;
const GROUPS_DAYS = 30;
const TOP_COMPANIES = 10;

export function pulseColumns(rows: Rows, ledger: Ledger): PulseColumns {
  const changeDay = changeDays(rows.day.all());
  const companies = ledger.texts.companyKey.ends.length;
  const grouped = (by: Dimension, groups: number, limit: number) =>
    cells(rows, changeDay, by, { groups, limit, nameOf: (code) => ledger.label(by, code).name });
  const whole = (by: "industry" | "country" | "stage") =>
    grouped(by, ledger.names(by).length, Number.POSITIVE_INFINITY);
  const [industry, country, stage] = [whole("industry"), whole("country"), whole("stage")];
  const top = grouped("company", companies, TOP_COMPANIES);
  return {
    changeDay: memoryColumn(changeDay),
    totals: memoryColumn(states(rows, changeDay, companies)),
    industryEnds: memoryColumn(industry.ends),
    industryCells: memoryColumn(industry.cells),
    countryEnds: memoryColumn(country.ends),
    countryCells: memoryColumn(country.cells),
    stageEnds: memoryColumn(stage.ends),
    stageCells: memoryColumn(stage.cells),
    companyEnds: memoryColumn(top.ends),
    companyCells: memoryColumn(top.cells),
  };
}

function changeDays(day: Int32Array): Int32Array<ArrayBuffer> {
  const days = new Set<number>();
  let last = Number.NaN;
  for (const on of day) {
    if (on === last) continue;
    last = on;
    days
      .add(on)
      .add(on + 7)
      .add(on + 30)
      .add(periodStart("year", periodIndex("year", on) + 1));
  }
  return Int32Array.from(days).sort();
}

function states(rows: Rows, changeDay: Int32Array, companies: number): Float64Array<ArrayBuffer> {
  const totals = new Float64Array(changeDay.length * STATE_WIDTH);
  const firstDays = [
    (on: number) => on - 6,
    (on: number) => on - 29,
    (on: number) => periodStart("year", periodIndex("year", on)),
  ];
  firstDays.forEach((firstDay, window) =>
    slide(rows, changeDay, companies, firstDay, (state, sum) =>
      totals.set(sum, state * STATE_WIDTH + 4 * window),
    ),
  );
  return totals;
}

/** Moves a window over the rows: each row enters once and leaves once. */
function slide(
  rows: Rows,
  changeDay: Int32Array,
  companies: number,
  firstDay: (on: number) => number,
  tell: (state: number, sum: readonly number[]) => void,
): void {
  const [day, people, company] = [rows.day.all(), rows.people.all(), rows.company.all()];
  const within = new Int32Array(companies);
  const sum = { people: 0, companies: 0, unknown: 0 };
  let low = 0;
  let high = 0;
  changeDay.forEach((on, state) => {
    for (; high < day.length && day[high]! <= on; high++) {
      if (people[high]! < 0) sum.unknown++;
      else sum.people += people[high]!;
      if (within[company[high]!]!++ === 0) sum.companies++;
    }
    for (const first = firstDay(on); low < high && day[low]! < first; low++) {
      if (people[low]! < 0) sum.unknown--;
      else sum.people -= people[low]!;
      if (--within[company[low]!]! === 0) sum.companies--;
    }
    tell(state, [sum.people, high - low, sum.companies, sum.unknown]);
  });
}

interface Grouping {
  readonly groups: number;
  readonly limit: number;
  readonly nameOf: (code: number) => string;
}

function cells(
  rows: Rows,
  changeDay: Int32Array,
  by: Dimension,
  { groups, limit, nameOf }: Grouping,
) {
  const [day, sizes, codes] = [rows.day.all(), rows.people.all(), rows[by].all()];
  const before = sameBefore(codes, rows.company.all(), groups);
  const people = new Float64Array(groups);
  const events = new Int32Array(groups);
  const companies = new Int32Array(groups);
  const unknown = new Int32Array(groups);
  const last = new Int32Array(groups);
  const most = new Int32Array(groups);
  const order = (a: number, b: number) =>
    people[b]! - people[a]! || events[b]! - events[a]! || (nameOf(a) < nameOf(b) ? -1 : 1);
  const ends = new Int32Array(changeDay.length);
  const cells: number[] = [];
  let low = 0;
  let high = 0;
  changeDay.forEach((on, state) => {
    while (high < day.length && day[high]! <= on) high++;
    while (low < high && day[low]! <= on - GROUPS_DAYS) low++;
    const present: number[] = [];
    for (let row = low; row < high; row++) {
      const code = codes[row]!;
      if (events[code]!++ === 0) {
        present.push(code);
        most[code] = -1;
      }
      const size = sizes[row]!;
      if (size < 0) unknown[code]!++;
      else people[code]! += size;
      if (size > most[code]!) most[code] = size;
      if (before[row]! < low) companies[code]!++;
      last[code] = day[row]!;
    }
    for (const code of first(present, limit, order)) {
      cells.push(
        code,
        people[code]!,
        events[code]!,
        companies[code]!,
        unknown[code]!,
        last[code]!,
        most[code]!,
      );
    }
    ends[state] = cells.length / CELL_WIDTH;
    for (const code of present) people[code] = events[code] = companies[code] = unknown[code] = 0;
  });
  return { ends, cells: new Float64Array(cells) };
}

/** For each row the row before it of the same company in the same group, -1 for none: a company is new to a window when that lies outside. */
function sameBefore(codes: Int32Array, company: Int32Array, groups: number): Int32Array {
  const latest = new Map<number, number>();
  return codes.map((code, row) => {
    const pair = company[row]! * groups + code;
    const before = latest.get(pair) ?? -1;
    latest.set(pair, row);
    return before;
  });
}

/** The first `limit` in order; a short list is kept sorted, which beats sorting everything for ten. */
function first(codes: number[], limit: number, order: (a: number, b: number) => number): number[] {
  if (codes.length <= limit) return codes.sort(order);
  const leaders = codes.slice(0, limit).sort(order);
  for (let at = limit; at < codes.length; at++) {
    const code = codes[at]!;
    if (order(code, leaders[limit - 1]!) > 0) continue;
    let place = limit - 1;
    for (; place > 0 && order(code, leaders[place - 1]!) < 0; place--)
      leaders[place] = leaders[place - 1]!;
    leaders[place] = code;
  }
  return leaders;
}
