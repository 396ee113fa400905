import { blankArrays, memoryColumn, memoryColumns, once } from "./column.ts";
import type { ColumnsOf } from "./column.ts";
import { PAY_LEVELS } from "./facts.ts";
import type { Day, PayLevel, PayRow } from "./facts.ts";
import { groupOrder } from "./group-order.ts";
import { roleFamily, TITLE_FAMILIES } from "./roles.ts";
import { allTexts, openDictionary, textAt, textColumns, TEXTS_LAYOUT } from "./texts.ts";
import type { Texts } from "./texts.ts";

export const PAY_EMPLOYMENTS = [
  "full-time",
  "part-time",
  "contract",
  "freelance",
] as const satisfies readonly PayRow["employment"][];

/** Salaries run by run, upwards inside a run. */
export const PAY_ROW_LAYOUT = {
  /** USD per year. */
  usd: "f64",
  title: "i32",
  span: "i32",
} as const;

/** A run: one country of a group. It begins where the one before ends. */
export const PAY_RUN_LAYOUT = { country: "i32", end: "i32", sum: "f64" } as const;

/**
 * A group: one employment, family and level, numbered in that order, whose runs stand in the order of their countries' codes.
 * `end` counts rows and `runEnd` runs. A sum is NaN where adding in another order might give another one.
 */
export const PAY_GROUP_LAYOUT = { end: "i32", runEnd: "i32", sum: "f64" } as const;

/** The pay of each group upwards over all its countries: where no country is asked for, a group is one run. */
export const PAY_GROUP_USD_LAYOUT = { usd: "f64" } as const;

/** Texts by code. The two of appearing go together and are numbered by `span`; "" is null. */
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
  readonly runs: ColumnsOf<typeof PAY_RUN_LAYOUT>;
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
  const { title, group, country, span, spans, texts } = coded(payRows);
  const countries = texts.country.length;
  const usd = Float64Array.from(payRows, ({ usdPerYear }) => usdPerYear);
  // Sorted by pay once, and what is counted out of that order by cell or group stays upwards inside each.
  const upwards = orderByPay(usd);
  const byCell = upwardsIn(
    upwards,
    (row) => group[row]! * countries + country[row]!,
    GROUPS * countries,
  );
  const byGroup = upwardsIn(upwards, (row) => group[row]!, GROUPS);
  const runs = blankArrays(
    PAY_RUN_LAYOUT,
    byCell.ends.filter((end, cell) => end > (byCell.ends[cell - 1] ?? 0)).length,
  );
  const groups = blankArrays(PAY_GROUP_LAYOUT, GROUPS);
  const rows = {
    usd: Float64Array.from(byCell.order, (row) => usd[row]!),
    title: byCell.order.map((row) => title[row]!),
    span: byCell.order.map((row) => span[row]!),
  };
  const groupUsd = Float64Array.from(byGroup.order, (row) => usd[row]!);
  for (let cell = 0, run = 0, from = 0; cell < byCell.ends.length; cell++) {
    const end = byCell.ends[cell]!;
    if (end > from) {
      runs.country[run] = cell % countries;
      runs.end[run] = end;
      runs.sum[run++] = exactSum(rows.usd.subarray(from, end));
    }
    groups.runEnd[Math.floor(cell / countries)] = run;
    from = end;
  }
  for (let at = 0, from = 0; at < GROUPS; at++) {
    const end = byGroup.ends[at]!;
    groups.end[at] = end;
    groups.sum[at] = exactSum(groupUsd.subarray(from, end));
    from = end;
  }
  return openPayTable({
    rows: memoryColumns<typeof PAY_ROW_LAYOUT>(rows),
    runs: memoryColumns<typeof PAY_RUN_LAYOUT>(runs),
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
  const columns = blankArrays(
    { title: "i32", group: "i32", country: "i32", span: "i32" } as const,
    payRows.length,
  );
  const families: ReturnType<typeof roleFamily>[] = [];
  const spanCodes = new Map<string, number>();
  const spans: PaySpan[] = [];
  payRows.forEach((row, at) => {
    const { employment, level, appearedAfter, appearedOn } = row;
    const title = titles.codeOf(row.title);
    const family = (families[title] ??= roleFamily(row.title));
    columns.title[at] = title;
    columns.group[at] = payGroup(employment, family, level);
    columns.country[at] = countries.codeOf(row.employerCountry);
    sources.codeOf(row.source);
    const name = `${appearedAfter} ${appearedOn}`;
    const span = spanCodes.get(name) ?? spans.push({ appearedAfter, appearedOn }) - 1;
    spanCodes.set(name, span);
    columns.span[at] = span;
  });
  const texts = { title: titles.texts, country: countries.texts, source: sources.texts };
  return { ...columns, spans, texts };
}

/** Row numbers by pay, upwards: the few distinct amounts are sorted, and the rows counted out by them. */
function orderByPay(usd: Float64Array): Int32Array {
  const ranks = new Map(
    Float64Array.from(new Set(usd))
      .sort()
      .entries()
      .map(([rank, amount]) => [amount, rank] as const),
  );
  const rankOf = Int32Array.from(usd, (amount) => ranks.get(amount)!);
  return groupOrder(rankOf, ranks.size).order;
}

function upwardsIn(upwards: Int32Array, keyOf: (row: number) => number, keys: number) {
  const { order, ends } = groupOrder(upwards.map(keyOf), keys);
  return { order: order.map((at) => upwards[at]!), ends };
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
