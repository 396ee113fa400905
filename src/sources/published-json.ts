import { z } from "zod";

export const CHALLENGER = "Challenger, Gray & Christmas";
const US_CUTS = "US employers, announced job cuts";
export const ALL_SECTORS = `${US_CUTS}, all sectors`;
const TECHNOLOGY = `${US_CUTS}, technology sector`;
const AI_NAMED = `${US_CUTS} for which the employer named AI as the reason`;

/** A total as it is written down, before it is checked. */
export interface WrittenTotal {
  readonly row: number;
  readonly publisher: string;
  readonly measure: string;
  readonly period: string;
  /** "90,309"; "> 50,000" where the publisher said "more than". */
  readonly value: string;
  readonly scope: string;
}

/** Totals one by one, each with its publisher and definition. */
const LISTED = z.object({
  totals: z.array(
    z.object({
      publisher: z.string(),
      measure: z.string(),
      period: z.string(),
      value: z.number(),
      bound: z.enum(["exact", "over"]).default("exact"),
      scope: z.string(),
    }),
  ),
});

const FIGURES = z.record(z.string(), z.number());
const YEAR = z.object({
  months: z.array(z.number()).max(12),
  year: z.number().optional(),
  quarters: z.array(z.number()).length(4).optional(),
  through: z.string().optional(),
  ytd: z.number().optional(),
});
/** Challenger's tables by year, sector and reason, and what others published beside them. */
const TABLES = z.object({
  challenger: z.object({
    total: z.record(z.string(), YEAR),
    technology_sector: z.record(z.string(), z.union([z.number(), FIGURES])).default({}),
    ai_attributed: z.record(z.string(), z.union([z.number(), FIGURES])).default({}),
  }),
  others: z
    .array(
      z.object({
        publisher: z.string(),
        period: z.string(),
        people: z.union([z.number(), z.string()]).optional(),
        companies: z.union([z.number(), z.string()]).optional(),
        scope: z.string().optional(),
        note: z.string().optional(),
      }),
    )
    .default([]),
});

export function isTotalsJson(json: unknown): boolean {
  return LISTED.safeParse(json).success || TABLES.safeParse(json).success;
}

/** Published totals in either shape, in the order of the file; rows are counted from 1. Throws for another shape. */
export function totalsInJson(json: unknown): readonly WrittenTotal[] {
  const listed = LISTED.safeParse(json);
  const totals = listed.success
    ? listed.data.totals.map(({ value, bound, ...said }) => ({
        ...said,
        value: `${bound === "over" ? ">" : ""}${value}`,
      }))
    : inTables(TABLES.parse(json));
  return totals.map((total, at) => ({ row: at + 1, ...total }));
}

type Written = Omit<WrittenTotal, "row">;

function inTables({ challenger, others }: z.output<typeof TABLES>): Written[] {
  const { total, technology_sector: technology, ai_attributed: ai } = challenger;
  return [
    ...Object.entries(total).flatMap(([year, table]) => yearTotals(year, table)),
    ...cutTotals(technology, TECHNOLOGY),
    ...cutTotals(ai, AI_NAMED),
    ...others.flatMap(({ publisher, period, people, companies, scope, note }) =>
      Object.entries({ people, companies }).flatMap(([measure, value]) =>
        value === undefined
          ? []
          : [
              {
                publisher,
                measure,
                period,
                value: String(value),
                scope: [scope, note].filter(Boolean).join(", "),
              },
            ],
      ),
    ),
  ];
}

function yearTotals(year: string, table: z.output<typeof YEAR>): Written[] {
  const { months, quarters = [], through, ytd } = table;
  return [
    ...months.map((value, at) => cuts(`${year}-${twoDigits(at + 1)}`, value, ALL_SECTORS)),
    ...quarters.map((value, at) => cuts(`${year}Q${at + 1}`, value, ALL_SECTORS)),
    ...(table.year === undefined ? [] : [cuts(year, table.year, ALL_SECTORS)]),
    ...(ytd === undefined || through === undefined
      ? []
      : [cuts(`${year}-01..${through}`, ytd, ALL_SECTORS)]),
  ];
}

/** Years as they stand; months under "months"; from January to a month under "ytd". Other notes are no totals. */
function cutTotals(
  table: Readonly<Record<string, number | Readonly<Record<string, number>>>>,
  scope: string,
): Written[] {
  return Object.entries(table).flatMap(([name, figures]) => {
    if (typeof figures === "number")
      return /^\d{4}$/.test(name) ? [cuts(name, figures, scope)] : [];
    return Object.entries(figures).map(([month, value]) =>
      cuts(name === "ytd" ? `${month.slice(0, 4)}-01..${month}` : month, value, scope),
    );
  });
}

function cuts(period: string, value: number, scope: string): Written {
  return { publisher: CHALLENGER, measure: "people", period, value: String(value), scope };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
