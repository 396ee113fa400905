import { addDays } from "./calendar.ts";
import type { Column, ColumnsOf } from "./column.ts";
import { PAY_LEVELS } from "./facts.ts";
import type { Day, PayLevel, PayRow } from "./facts.ts";
import { inOne } from "./order-statistic.ts";
import { isKnown, levelOf, payGroup, spaced } from "./pay-table.ts";
import type { PAY_ROW_LAYOUT, PaySpan, PayTable } from "./pay-table.ts";
import { isAiFamily, TITLE_FAMILIES } from "./roles.ts";
import type { RoleFamily, TitleFamily } from "./roles.ts";
import { lowerBound } from "./texts.ts";

/** Which reported salaries count. */
export interface PayQuery {
  readonly role?: RoleFamily | undefined;
  /** Any of these phrases, as whole words of the title. */
  readonly titleWords?: readonly string[] | undefined;
  readonly level?: PayLevel | undefined;
  /** ISO 3166 alpha-2 of the employer; every country when left out. */
  readonly country?: string | undefined;
  /** Only titles that name an AI field, or only the others. */
  readonly ai?: boolean | undefined;
  /** First and last day, both included: rows that appeared then. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** A quarter instead of the two days: "2023Q4". */
  readonly quarter?: string | undefined;
  /** Full-time when left out. */
  readonly employment?: PayRow["employment"] | undefined;
}

/** How far a dump may stand from the end of a period and still speak for it, days. */
const SLACK_DAYS = 10;

/** The families a query means: "engineer" with `ai` is the AI engineer, "ai-engineer" without is the engineer. */
export function familiesOf({ role = "all", ai }: PayQuery): readonly TitleFamily[] {
  const families = TITLE_FAMILIES.filter((family) => ai === undefined || isAiFamily(family) === ai);
  if (role === "all") return families;
  const meant =
    role === "engineer" && ai === true
      ? "ai-engineer"
      : role === "ai-engineer" && ai === false
        ? "engineer"
        : role;
  return families.filter((family) => family === meant);
}

/** The salaries that fit a query, each part of them upwards. */
export interface Salaries {
  readonly n: number;
  readonly parts: readonly Float64Array[];
  /** Of all of them; NaN where it depends on the order of adding. */
  readonly sum: number;
}

/**
 * The salaries that fit, by everything but time when no day is given. A row belongs to a period when the dump it first stood
 * in and the dump before it both fall there (the latter up to ten days early), so that a gap between dumps is never passed
 * off as a shorter period.
 */
export function salariesFor(table: PayTable, query: PayQuery): Salaries {
  const which = narrowed(table, query);
  if (which === null && query.country === undefined) return ofGroups(table, groupsOf(query));
  const parts: Float64Array[] = [];
  let [n, sum] = [0, 0];
  for (const run of runsOf(table, query)) {
    for (const part of partsOf(table, run, which)) {
      parts.push(part.usd);
      n += part.usd.length;
      sum += part.sum;
    }
  }
  return { n, parts, sum };
}

/** The salaries that fit, upwards, by level and country in no particular order. */
export function payCells(table: PayTable, query: PayQuery): ReadonlyMap<string, Float64Array> {
  const which = narrowed(table, query);
  const cells = new Map<string, Float64Array[]>();
  for (const run of runsOf(table, query)) {
    const name = `${levelOf(run.group)} ${run.country}`;
    for (const { usd } of partsOf(table, run, which)) {
      // Families share a cell.
      const cell = cells.get(name);
      if (cell === undefined) cells.set(name, [usd]);
      else cell.push(usd);
    }
  }
  return new Map(cells.entries().map(([name, parts]) => [name, inOne(parts)]));
}

/** Whether the dumps follow one another through the whole period, none more than ten days from its ends. */
export function dumpsCover(table: PayTable, from: Day, to: Day): boolean {
  const spans = table.spans();
  const found = spansIn(table, from, to)
    .map((span) => ({ after: spans[span]!.appearedAfter!, on: spans[span]!.appearedOn! }))
    .sort((a, b) => (a.after < b.after ? -1 : 1));
  let reached = from;
  for (const { after, on } of found) {
    if (after > reached && after > addDays(reached, SLACK_DAYS)) return false;
    if (on > reached) reached = on;
  }
  return found.length > 0 && reached >= addDays(to, -SLACK_DAYS);
}

/** The groups of a query by number, upwards. */
export function groupsOf(query: PayQuery): readonly number[] {
  const { level, employment = "full-time" } = query;
  const levels = level === undefined ? PAY_LEVELS : [level];
  return familiesOf(query).flatMap((family) =>
    levels.map((each) => payGroup(employment, family, each)),
  );
}

function ofGroups({ groups, groupUsd }: PayTable, wanted: readonly number[]): Salaries {
  const parts: Float64Array[] = [];
  let [n, sum] = [0, 0];
  for (const group of wanted) {
    const [from, end] = [startOf(groups.end, group), groups.end.at(group)];
    if (from === end) continue;
    parts.push(groupUsd.usd.slice(from, end));
    n += end - from;
    sum += groups.sum.at(group);
  }
  return { n, parts, sum };
}

/** Rows that follow one another in a table. */
interface Stretch {
  readonly from: number;
  readonly end: number;
  readonly sum: number;
}

export interface Run extends Stretch {
  readonly group: number;
  /** Its code. */
  readonly country: number;
  /** Its number among the runs. */
  readonly run: number;
}

/** The runs that hold every row of a query, and others of the same runs. */
export function* runsOf(table: PayTable, query: PayQuery): Generator<Run> {
  const { runs, groups } = table;
  const wanted = query.country === undefined ? undefined : table.countryCode(query.country);
  if (query.country !== undefined && wanted === undefined) return;
  for (const group of groupsOf(query)) {
    const last = groups.runEnd.at(group);
    let run = startOf(groups.runEnd, group);
    if (wanted !== undefined) run = lowerBound(runs.country, wanted, run, last);
    for (; run < last; run++) {
      const country = runs.country.at(run);
      if (wanted !== undefined && country !== wanted) break;
      const [from, end] = [startOf(runs.end, run), runs.end.at(run)];
      yield { group, country, run, from, end, sum: runs.sum.at(run) };
    }
  }
}

/** What runs are not made by: which spans, upwards, and which titles count; null where all do. */
export interface Narrowed {
  readonly spans: readonly number[] | null;
  readonly titles: Uint8Array | null;
}

/** How a query narrows runs by time or title; null when it does not. */
export function narrowed(table: PayTable, { from, to, titleWords }: PayQuery): Narrowed | null {
  const isDated = from !== undefined || to !== undefined;
  if (!isDated && table.before === null && titleWords === undefined) return null;
  const phrases = titleWords?.map(spaced);
  return {
    spans: isDated || table.before !== null ? spansIn(table, from, to) : null,
    titles:
      phrases === undefined
        ? null
        : Uint8Array.from(table.titles(), (title) =>
            phrases.some((phrase) => title.includes(phrase)) ? 1 : 0,
          ),
  };
}

/** The salaries of a run that count, in parts that are each upwards and not empty. */
export function* partsOf(
  table: PayTable,
  run: Run,
  which: Narrowed | null,
): Generator<{ readonly usd: Float64Array; readonly sum: number }> {
  if (which === null || which.spans === null) yield* partOf(table.rows, run, which?.titles ?? null);
  else
    for (const arrival of arrivalsOf(table, run, which.spans))
      yield* partOf(table.arrived, arrival, which.titles);
}

function* partOf(
  rows: ColumnsOf<typeof PAY_ROW_LAYOUT>,
  { from, end, sum }: Stretch,
  titles: Uint8Array | null,
) {
  const usd = rows.usd.slice(from, end);
  if (titles === null) {
    yield { usd, sum };
    return;
  }
  const title = rows.title.slice(from, end);
  const kept = new Float64Array(usd.length);
  let n = 0;
  for (let at = 0; at < usd.length; at++) if (titles[title[at]!] === 1) kept[n++] = usd[at]!;
  const part = kept.subarray(0, n);
  if (n > 0) yield { usd: part, sum: Number.isNaN(sum) ? sum : total(part) };
}

/** The arrivals of a run that came in one of the spans. */
function* arrivalsOf(
  { runs, arrivals }: PayTable,
  { run }: Run,
  spans: readonly number[],
): Generator<Stretch> {
  const last = runs.arrivalEnd.at(run);
  let arrival = startOf(runs.arrivalEnd, run);
  for (const span of spans) {
    arrival = lowerBound(arrivals.span, span, arrival, last);
    if (arrival === last) return;
    if (arrivals.span.at(arrival) !== span) continue;
    yield {
      from: startOf(arrivals.end, arrival),
      end: arrivals.end.at(arrival),
      sum: arrivals.sum.at(arrival),
    };
  }
}

/** The known spans of a period, or all of them, by code, which is by the day they end on. */
function spansIn(table: PayTable, from: Day | undefined, to: Day | undefined): readonly number[] {
  const spans = table.spans();
  const isDated = from !== undefined || to !== undefined;
  const after = from === undefined ? "" : addDays(from, -SLACK_DAYS);
  const found: number[] = [];
  for (let code = firstOn(spans, from ?? ""); code < spans.length; code++) {
    const span = spans[code]!;
    if (!isKnown(table, span) || (to !== undefined && (span.appearedOn ?? "") > to)) break;
    const { appearedAfter, appearedOn } = span;
    const isInside = appearedOn !== null && appearedAfter !== null && appearedAfter >= after;
    if (isInside || !isDated) found.push(code);
  }
  return found;
}

/** The first span whose rows appeared on a day or later. */
function firstOn(spans: readonly PaySpan[], day: Day): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]!.appearedOn ?? "") < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startOf(ends: Column<Int32Array<ArrayBuffer>>, at: number): number {
  return at === 0 ? 0 : ends.at(at - 1);
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
