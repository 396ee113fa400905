import { addDays } from "./calendar.ts";
import type { Column } from "./column.ts";
import { PAY_LEVELS } from "./facts.ts";
import type { Day, PayLevel, PayRow } from "./facts.ts";
import { isKnown, knownSpans, levelOf, payGroup, spaced } from "./pay-table.ts";
import type { PayTable } from "./pay-table.ts";
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
  const keeps = rowFilter(table, query);
  const { country } = query;
  if (keeps === null && country === undefined) return ofGroups(table, groupsOf(query));
  const parts: Float64Array[] = [];
  let [n, sum] = [0, 0];
  for (const run of runsOf(table, query)) {
    const part = keeps === null ? run.usd() : keeps(run);
    if (part.length === 0) continue;
    parts.push(part);
    n += part.length;
    sum += keeps === null || Number.isNaN(run.sum) ? run.sum : total(part);
  }
  return { n, parts, sum };
}

/** The salaries that fit, upwards, by level and country in no particular order. */
export function payCells(table: PayTable, query: PayQuery): ReadonlyMap<string, Float64Array> {
  const keeps = rowFilter(table, query);
  const cells = new Map<string, Float64Array>();
  for (const run of runsOf(table, query)) {
    const part = keeps === null ? run.usd() : keeps(run);
    if (part.length === 0) continue;
    const name = `${levelOf(run.group)} ${run.country}`;
    const cell = cells.get(name);
    // Families share a cell.
    cells.set(name, cell === undefined ? part : Float64Array.of(...cell, ...part).sort());
  }
  return cells;
}

/** Whether the dumps follow one another through the whole period, none more than ten days from its ends. */
export function dumpsCover(table: PayTable, from: Day, to: Day): boolean {
  const spans = knownSpans(table).flatMap(({ appearedAfter: after, appearedOn: on }) =>
    after !== null && on !== null && appearedIn(after, on, from, to) ? [{ after, on }] : [],
  );
  let reached = from;
  for (const { after, on } of spans.sort((a, b) => (a.after < b.after ? -1 : 1))) {
    if (after > addDays(reached, SLACK_DAYS)) return false;
    if (on > reached) reached = on;
  }
  return spans.length > 0 && reached >= addDays(to, -SLACK_DAYS);
}

function appearedIn(after: Day, on: Day, from: Day | undefined, to: Day | undefined): boolean {
  return (
    (to === undefined || on <= to) &&
    (from === undefined || (on >= from && after >= addDays(from, -SLACK_DAYS)))
  );
}

/** The groups of a query by number, upwards. */
function groupsOf(query: PayQuery): readonly number[] {
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

interface Run {
  readonly group: number;
  /** Its code. */
  readonly country: number;
  readonly from: number;
  readonly end: number;
  readonly sum: number;
  readonly usd: () => Float64Array;
}

/** The runs that hold every row of a query, and others of the same runs. */
function* runsOf(table: PayTable, query: PayQuery): Generator<Run> {
  const { runs, groups, rows } = table;
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
      const usd = () => rows.usd.slice(from, end);
      yield { group, country, from, end, sum: runs.sum.at(run), usd };
    }
  }
}

/** Gives the salaries of a run that fit what runs are not ordered by, time and title; null when all do. */
function rowFilter(
  table: PayTable,
  { from, to, titleWords }: PayQuery,
): ((run: Run) => Float64Array) | null {
  if (from === undefined && to === undefined && table.before === null && titleWords === undefined)
    return null;
  const spans = Uint8Array.from(table.spans(), (span) => {
    const { appearedAfter: after, appearedOn: on } = span;
    const inPeriod = after !== null && on !== null && appearedIn(after, on, from, to);
    return isKnown(table, span) && (inPeriod || (from === undefined && to === undefined)) ? 1 : 0;
  });
  const phrases = titleWords?.map(spaced);
  const titles =
    phrases &&
    Uint8Array.from(table.titles(), (title) =>
      phrases.some((phrase) => title.includes(phrase)) ? 1 : 0,
    );
  const { rows } = table;
  return (run) => {
    const usd = run.usd();
    const span = rows.span.slice(run.from, run.end);
    const title = titles && rows.title.slice(run.from, run.end);
    const kept = new Float64Array(usd.length);
    let n = 0;
    for (let at = 0; at < usd.length; at++)
      if (spans[span[at]!] === 1 && (title === undefined || titles![title[at]!] === 1))
        kept[n++] = usd[at]!;
    return kept.subarray(0, n);
  };
}

function startOf(ends: Column<Int32Array<ArrayBuffer>>, at: number): number {
  return at === 0 ? 0 : ends.at(at - 1);
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
