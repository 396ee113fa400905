import { blankArrays, memoryColumn, memoryColumns, once } from "./column.ts";
import type { ColumnsOf } from "./column.ts";
import { PAY_LEVELS } from "./facts.ts";
import type { Day, PayLevel, PayRow } from "./facts.ts";
import { regrouped, upwardOrder } from "./group-order.ts";
import { roleFamily, TITLE_FAMILIES } from "./roles.ts";
import { quantile } from "./stats.ts";
import { allTexts, openDictionary, textAt, textColumns, TEXTS_LAYOUT } from "./texts.ts";
import type { Texts } from "./texts.ts";

export const PAY_EMPLOYMENTS = [
  "full-time",
  "part-time",
  "contract",
  "freelance",
] as const satisfies readonly PayRow["employment"][];

/** Salaries run by run, upwards inside a run; and the same once more, arrival by arrival, upwards inside an arrival. */
export const PAY_ROW_LAYOUT = {
  /** USD per year. */
  usd: "f64",
  title: "i32",
} as const;

/**
 * A run: one country of a group. It begins where the one before ends; `end` counts rows and `arrivalEnd` arrivals. Its median stands
 * beside it, since the medians of all runs at once would else be looked up in as many corners of the rows.
 */
export const PAY_RUN_LAYOUT = {
  country: "i32",
  end: "i32",
  sum: "f64",
  median: "f64",
  arrivalEnd: "i32",
} as const;

/** An arrival: the rows of a run that appeared in one span. Those of a run stand in the order of their spans. */
export const PAY_ARRIVAL_LAYOUT = { span: "i32", end: "i32", sum: "f64" } as const;

/**
 * A group: one employment, family and level, numbered in that order, whose runs stand in the order of their countries' codes.
 * `end` counts rows and `runEnd` runs. A sum is NaN where adding in another order might give another one.
 */
export const PAY_GROUP_LAYOUT = { end: "i32", runEnd: "i32", sum: "f64" } as const;

/** The pay of each group upwards over all its countries: where no country is asked for, a group is one run. */
export const PAY_GROUP_USD_LAYOUT = { usd: "f64" } as const;

/** Texts by code. The two of appearing go together, numbered by `span` in the order of the day a row appeared on; "" is null. */
export const PAY_TEXT_LAYOUTS = {
  title: TEXTS_LAYOUT,
  country: TEXTS_LAYOUT,
  source: TEXTS_LAYOUT,
  appearedAfter: TEXTS_LAYOUT,
  appearedOn: TEXTS_LAYOUT,
} as const;

const GROUPS = PAY_EMPLOYMENTS.length * TITLE_FAMILIES.length * PAY_LEVELS.length;

/** What a table rests in, in memory or in a file. */
export interface PayParts {
  readonly rows: ColumnsOf<typeof PAY_ROW_LAYOUT>;
  /** A period is a few arrivals of each run, so that it is read and not filtered out. */
  readonly arrived: ColumnsOf<typeof PAY_ROW_LAYOUT>;
  readonly runs: ColumnsOf<typeof PAY_RUN_LAYOUT>;
  readonly arrivals: ColumnsOf<typeof PAY_ARRIVAL_LAYOUT>;
  readonly groups: ColumnsOf<typeof PAY_GROUP_LAYOUT>;
  readonly groupUsd: ColumnsOf<typeof PAY_GROUP_USD_LAYOUT>;
  readonly texts: Readonly<Record<keyof typeof PAY_TEXT_LAYOUTS, Texts>>;
}

/** Between which two dumps a row appeared; nulls for the first dump, whose rows may be older. */
export interface PaySpan {
  readonly appearedAfter: Day | null;
  readonly appearedOn: Day | null;
}

/** Every reported salary, laid out so that a group's order statistics are read and not worked out. */
export interface PayTable extends PayParts {
  readonly size: number;
  /** Rows that appeared on this day or later are not known yet; null when all are. */
  readonly before: Day | null;
  /** By span code. */
  readonly spans: () => readonly PaySpan[];
  /** By title code, as plain words between blanks. */
  readonly titles: () => readonly string[];
  /** The code of a country; undefined when nobody is employed there. */
  readonly countryCode: (country: string) => number | undefined;
  readonly countries: () => readonly string[];
}

/** The place of a group among the groups. */
export function payGroup(
  employment: PayRow["employment"],
  family: (typeof TITLE_FAMILIES)[number],
  level: PayLevel,
): number {
  const kind =
    PAY_EMPLOYMENTS.indexOf(employment) * TITLE_FAMILIES.length + TITLE_FAMILIES.indexOf(family);
  return kind * PAY_LEVELS.length + PAY_LEVELS.indexOf(level);
}

export function familyOf(group: number): (typeof TITLE_FAMILIES)[number] {
  return TITLE_FAMILIES[Math.floor(group / PAY_LEVELS.length) % TITLE_FAMILIES.length]!;
}

export function levelOf(group: number): PayLevel {
  return PAY_LEVELS[group % PAY_LEVELS.length]!;
}

export function openPayTable(parts: PayParts): PayTable {
  const countries = once(() => allTexts(parts.texts.country));
  const codes = once(() => new Map(countries().map((country, code) => [country, code])));
  return {
    ...parts,
    size: parts.rows.usd.length,
    before: null,
    titles: once(() => allTexts(parts.texts.title).map(spaced)),
    countries,
    countryCode: (country) => codes().get(country),
    spans: once(() => {
      const on = allTexts(parts.texts.appearedOn);
      return allTexts(parts.texts.appearedAfter).map((after, span) => ({
        appearedAfter: after === "" ? null : after,
        appearedOn: on[span] === "" ? null : on[span]!,
      }));
    }),
  };
}

/** The same as it was known before a day: without the rows that appeared on it or later. */
export function payKnownBefore(table: PayTable, day: Day): PayTable {
  const hides = table.spans().some(({ appearedOn }) => appearedOn !== null && appearedOn >= day);
  return hides ? { ...table, before: day } : table;
}

/** Whether rows of a span are known in a table. */
export function isKnown({ before }: PayTable, { appearedOn }: PaySpan): boolean {
  return before === null || appearedOn === null || appearedOn < before;
}

/** The spans that some known row appeared in. */
export function knownSpans(table: PayTable): readonly PaySpan[] {
  return table.spans().filter((span) => isKnown(table, span));
}

/** Plain words between blanks, so that a phrase in them is one of whole words. */
export function spaced(words: string): string {
  return ` ${words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

/** Whether any row is known. */
export function hasPay(table: PayTable): boolean {
  return table.size > 0 && (table.before === null || knownSpans(table).length > 0);
}

/** The source of the salaries; undefined without any. */
export function paySource(table: PayTable): string | undefined {
  // Code 0 is "not reported".
  return table.size === 0 ? undefined : textAt(table.texts.source, 1);
}

/** How many salaries each country has, whoever was employed there. */
export function payByCountry({ runs, countries }: PayTable): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let from = 0;
  for (let run = 0; run < runs.end.length; run++) {
    const country = countries()[runs.country.at(run)]!;
    counts.set(country, (counts.get(country) ?? 0) + runs.end.at(run) - from);
    from = runs.end.at(run);
  }
  return counts;
}

/** The rows as a table; what is asked of it does not depend on their order. */
export function payTable(payRows: readonly PayRow[]): PayTable {
  const { usd, title, group, cell, span, spans, texts } = coded(payRows);
  const countries = texts.country.length;
  // Sorted by pay once, and what is counted out of that order by cell or group stays upwards inside each.
  const upwards = upwardOrder(usd);
  const byCell = regrouped(upwards, cell, GROUPS * countries);
  const byGroup = regrouped(upwards, group, GROUPS);
  const rows = { usd: taken(usd, byCell.order), title: taken(title, byCell.order) };
  const spanOf = taken(span, byCell.order);
  const arrivals = openArrivals(spanOf, spans.length);
  const groupUsd = taken(usd, byGroup.order);
  const runs = blankArrays(
    PAY_RUN_LAYOUT,
    byCell.ends.filter((end, at) => end > (byCell.ends[at - 1] ?? 0)).length,
  );
  const groups = blankArrays(PAY_GROUP_LAYOUT, GROUPS);
  for (let at = 0, run = 0, from = 0; at < byCell.ends.length; at++) {
    const end = byCell.ends[at]!;
    if (end > from) {
      const usdOfRun = rows.usd.subarray(from, end);
      arrivals.addRun(from, end);
      runs.country[run] = at % countries;
      runs.end[run] = end;
      runs.sum[run] = exactSum(usdOfRun);
      runs.median[run] = quantile(usdOfRun, 0.5)!;
      runs.arrivalEnd[run++] = arrivals.ends.length;
    }
    groups.runEnd[Math.floor(at / countries)] = run;
    from = end;
  }
  for (let at = 0, from = 0; at < GROUPS; at++) {
    const end = byGroup.ends[at]!;
    groups.end[at] = end;
    groups.sum[at] = exactSum(groupUsd.subarray(from, end));
    from = end;
  }
  const arrived = {
    usd: taken(rows.usd, arrivals.order),
    title: taken(rows.title, arrivals.order),
  };
  return openPayTable({
    rows: memoryColumns<typeof PAY_ROW_LAYOUT>(rows),
    runs: memoryColumns<typeof PAY_RUN_LAYOUT>(runs),
    arrived: memoryColumns<typeof PAY_ROW_LAYOUT>(arrived),
    arrivals: memoryColumns<typeof PAY_ARRIVAL_LAYOUT>({
      span: Int32Array.from(arrivals.spans),
      end: Int32Array.from(arrivals.ends),
      sum: sumsOf(arrived.usd, arrivals.ends),
    }),
    groups: memoryColumns<typeof PAY_GROUP_LAYOUT>(groups),
    groupUsd: { usd: memoryColumn(groupUsd) },
    texts: {
      title: textColumns(texts.title),
      country: textColumns(texts.country),
      source: textColumns(texts.source),
      appearedAfter: textColumns(spans.map(({ appearedAfter }) => appearedAfter ?? "")),
      appearedOn: textColumns(spans.map(({ appearedOn }) => appearedOn ?? "")),
    },
  });
}

function coded(payRows: readonly PayRow[]) {
  const [titles, countries, sources] = [openDictionary(), openDictionary(), openDictionary()];
  const usd = new Float64Array(payRows.length);
  const { title, group, cell, span } = blankArrays(
    { title: "i32", group: "i32", cell: "i32", span: "i32" } as const,
    payRows.length,
  );
  const families: ReturnType<typeof roleFamily>[] = [];
  const spans = openSpans();
  for (let at = 0; at < payRows.length; at++) {
    const row = payRows[at]!;
    const code = titles.codeOf(row.title);
    const family = (families[code] ??= roleFamily(row.title));
    usd[at] = row.usdPerYear;
    title[at] = code;
    group[at] = payGroup(row.employment, family, row.level);
    cell[at] = countries.codeOf(row.employerCountry);
    span[at] = spans.codeOf(row);
    sources.codeOf(row.source);
  }
  // In place: each further array of millions makes the collector look through all rows once more.
  const { order, ranks } = spans.ordered();
  for (let at = 0; at < payRows.length; at++) {
    cell[at] = group[at]! * countries.texts.length + cell[at]!;
    span[at] = ranks[span[at]!]!;
  }
  const texts = { title: titles.texts, country: countries.texts, source: sources.texts };
  return { usd, title, group, cell, span, spans: order, texts };
}

/** Numbers spans as they come, and says at the end what their numbers are in the order of days. */
function openSpans() {
  const codes = new Map<Day | null, Map<Day | null, number>>();
  const spans: PaySpan[] = [];
  return {
    codeOf({ appearedAfter, appearedOn }: PaySpan): number {
      let after = codes.get(appearedOn);
      if (after === undefined) codes.set(appearedOn, (after = new Map<Day | null, number>()));
      const known = after.get(appearedAfter);
      if (known !== undefined) return known;
      after.set(appearedAfter, spans.length);
      return spans.push({ appearedAfter, appearedOn }) - 1;
    },
    ordered() {
      const name = (code: number) =>
        `${spans[code]!.appearedOn ?? ""} ${spans[code]!.appearedAfter ?? ""}`;
      const order = [...spans.keys()].sort((a, b) => (name(a) < name(b) ? -1 : 1));
      const ranks = new Int32Array(order.length);
      for (const [rank, code] of order.entries()) ranks[code] = rank;
      return { order: order.map((code) => spans[code]!), ranks };
    },
  };
}

/** Counts out the arrivals of one run after another, by the span of every row. */
function openArrivals(spanOf: Int32Array, spanCount: number) {
  const [spans, ends]: [number[], number[]] = [[], []];
  const order = new Int32Array(spanOf.length);
  const next = new Int32Array(spanCount);
  return {
    spans,
    ends,
    /** The places of the rows, arrival by arrival, in their own order within each. */
    order,
    addRun(from: number, to: number): void {
      next.fill(0);
      for (let at = from; at < to; at++) next[spanOf[at]!]!++;
      for (let span = 0, begin = from; span < spanCount; span++) {
        const end = begin + next[span]!;
        next[span] = begin;
        if (end > begin) ends.push(end);
        if (end > begin) spans.push(span);
        begin = end;
      }
      for (let at = from; at < to; at++) order[next[spanOf[at]!]!++] = at;
    },
  };
}

/** The values at some places, in the order of the places. */
function taken<V extends Float64Array | Int32Array>(values: V, places: Int32Array): V;
function taken(values: Float64Array | Int32Array, places: Int32Array) {
  const into =
    values instanceof Int32Array ? new Int32Array(places.length) : new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) into[at] = values[places[at]!]!;
  return into;
}

function sumsOf(values: Float64Array, ends: readonly number[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(ends, (end, at) => exactSum(values.subarray(ends[at - 1] ?? 0, end)));
}

/** NaN where adding in another order might give another sum: a value is no whole number, or they are too many. */
function exactSum(values: Float64Array): number {
  let sum = 0;
  for (const value of values) {
    if (!Number.isInteger(value)) return Number.NaN;
    sum += value;
  }
  return Number.isSafeInteger(sum) ? sum : Number.NaN;
}
