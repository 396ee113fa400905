import { cite, Fault } from "../fault.ts";
import { endOf } from "./calendar.ts";
import type { Day, PayAggregate } from "./facts.ts";
import type { Market } from "./market.ts";
import { inOne, valuesAt } from "./order-statistic.ts";
import { dumpsCover, familiesOf, salariesFor } from "./pay-rows.ts";
import type { PayQuery } from "./pay-rows.ts";
import { hasPay, knownSpans } from "./pay-table.ts";
import type { RoleFamily } from "./roles.ts";
import { quantilesAt } from "./stats.ts";

/** What pay questions are asked of. */
export type PayFacts = Pick<Market, "pay" | "payQuarters">;

/** Pay of a group, whole USD per year, by the source's own conversion. */
export interface PayFigures {
  readonly tooFew: false;
  readonly n: number;
  readonly mean: number;
  /** Null below five salaries, and where it was not published. */
  readonly p10: number | null;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number | null;
  readonly basis: PayBasis;
  /** The days the figures speak for; null when every row counts, whenever it appeared. */
  readonly from: Day | null;
  readonly to: Day | null;
  /** ISO 3166 alpha-2; null is every country. */
  readonly country: string | null;
  /** What to say beside the figures. */
  readonly notes: readonly string[];
}

/** Fewer than three salaries: nothing is shown of them. */
export interface PayTooFew {
  readonly tooFew: true;
  readonly n: number;
  readonly basis: PayBasis;
  readonly notes: readonly string[];
}

export type PayAnswer = PayFigures | PayTooFew;
/** Figures computed from the imported rows, or taken from the published quarters (US, full time). */
export type PayBasis = "rows" | "published-quarters";

const SHOWN_FROM = 3;
const TAILS_FROM = 5;
const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/**
 * Reported pay of a group: the arithmetic mean and Hyndman–Fan type 7 quantiles of the rows that appeared in the period,
 * when the imported dumps cover it, and of all rows without a period. Otherwise the last published quarter in the period,
 * whose median is the usual one and whose p25, p75 and p90 are the value at rank 1 + (n − 1)·p rounded half up, not
 * interpolated. Medians of several quarters are never averaged. A misspelt quarter is a Fault.
 */
export function payStats(facts: PayFacts, query: PayQuery): PayAnswer {
  const dated = datedQuery(query);
  return payBasisOf(facts, dated) === "rows" ? fromRows(facts, dated) : fromQuarters(facts, dated);
}

/** What answers a query: the imported rows when they cover its period, else the published quarters. A misspelt quarter is a Fault. */
export function payBasisOf(facts: PayFacts, query: PayQuery): PayBasis {
  const { from, to } = datedQuery(query);
  if (!hasPay(facts.pay)) return "published-quarters";
  if (from === undefined && to === undefined) return "rows";
  return dumpsCover(facts.pay, from ?? firstDump(facts), to ?? lastDump(facts))
    ? "rows"
    : "published-quarters";
}

function datedQuery(query: PayQuery): PayQuery {
  return query.quarter === undefined ? query : { ...query, ...quarterDays(query.quarter) };
}

/** The first and last day of a quarter such as "2023Q4"; a Fault when it is none. */
export function quarterDays(quarter: string): { readonly from: Day; readonly to: Day } {
  const match = /^(\d{4})-?Q([1-4])$/i.exec(quarter);
  if (!match) throw new Fault("bad_argument", `${cite(quarter)} is no quarter.`, "Use 2023Q4.");
  const from = `${match[1]!}-${String(3 * Number(match[2]) - 2).padStart(2, "0")}-01`;
  return { from, to: endOf("quarter", from) };
}

function fromRows({ pay }: PayFacts, query: PayQuery): PayAnswer {
  const { n, sum, ...found } = salariesFor(pay, query);
  const notes = rowNotes(query);
  if (n < SHOWN_FROM) return { tooFew: true, n, basis: "rows", notes };
  const isExact = Number.isSafeInteger(sum);
  // Amounts with cents are added upwards, so that the mean is the same however they are laid out.
  const parts = isExact ? found.parts : [inOne(found.parts)];
  const [p10, p25, median, p75, p90] = quantilesAt(
    n,
    (places) => valuesAt(parts, places),
    SHARES,
  ).map(Math.round);
  return {
    tooFew: false,
    n,
    mean: Math.round((isExact ? sum : parts[0]!.reduce((all, each) => all + each, 0)) / n),
    p10: n < TAILS_FROM ? null : p10!,
    p25: p25!,
    median: median!,
    p75: p75!,
    p90: n < TAILS_FROM ? null : p90!,
    basis: "rows",
    from: query.from ?? null,
    to: query.to ?? null,
    country: query.country ?? null,
    notes,
  };
}

/** What to say beside figures of rows. */
export function rowNotes({ from, to }: PayQuery): readonly string[] {
  return from === undefined && to === undefined
    ? ["All imported rows, whenever they appeared."]
    : [];
}

function fromQuarters(facts: PayFacts, query: PayQuery): PayAnswer {
  const basis = "published-quarters";
  const none = (note: string): PayTooFew => ({ tooFew: true, n: 0, basis, notes: [note] });
  if (query.country !== undefined && query.country !== "US")
    return none("Published quarters are of the United States only.");
  if ((query.employment ?? "full-time") !== "full-time")
    return none("Published quarters are of full-time pay only.");
  const quarters = publishedQuarters(facts, query);
  const quarter = quarters.at(-1);
  if (quarter === undefined)
    return none("Neither imported rows nor a published quarter cover that period.");
  const { family, notes } = publishedFamily(query);
  if (family === undefined) return none("No title of that role names an AI field, or all do.");
  if (quarters.length > 1 && (query.from !== undefined || query.to !== undefined)) {
    notes.push(
      `Quarters cannot be pooled into one median: this is ${quarter}, the last of ${quarters.length} in the period.`,
    );
  }
  const cell = facts.payQuarters.quarters[quarter]?.[family]?.[query.level ?? "all"];
  return published(cell, quarter, notes);
}

function published(
  cell: PayAggregate | undefined,
  quarter: string,
  notes: readonly string[],
): PayAnswer {
  const basis = "published-quarters";
  if (cell === undefined || cell.n < SHOWN_FROM)
    return { tooFew: true, n: cell?.n ?? 0, basis, notes };
  return {
    tooFew: false,
    n: cell.n,
    mean: Math.round(cell.mean),
    p10: null,
    p25: Math.round(cell.p25),
    median: Math.round(cell.median),
    p75: Math.round(cell.p75),
    p90: cell.n < TAILS_FROM || cell.p90 === null ? null : Math.round(cell.p90),
    basis,
    ...quarterDays(quarter),
    country: "US",
    notes: ["Published quarter: United States, full time, quartiles by nearest rank.", ...notes],
  };
}

/** The published quarters that lie wholly in the period, oldest first. */
function publishedQuarters({ payQuarters }: PayFacts, { from, to }: PayQuery): readonly string[] {
  return Object.keys(payQuarters.quarters)
    .filter((quarter) => {
      const days = quarterDays(quarter);
      return (from === undefined || days.from >= from) && (to === undefined || days.to <= to);
    })
    .sort();
}

/** The one published family that answers a query, and what it leaves out. */
function publishedFamily(query: PayQuery): {
  readonly family: RoleFamily | undefined;
  readonly notes: string[];
} {
  const families = familiesOf(query);
  const whole = query.ai === undefined && (query.role ?? "all") === "all";
  const family = whole ? "all" : families[0];
  const notes: string[] = [];
  if (!whole && families.length > 1)
    notes.push(`Published families cannot be pooled into one median: this is ${family!} alone.`);
  if (query.titleWords)
    notes.push(
      `Published by role family: this is all of ${family ?? "none"}, not the title alone.`,
    );
  return { family, notes };
}

function firstDump({ pay }: PayFacts): Day {
  return knownSpans(pay).reduce(
    (first, { appearedAfter }) =>
      appearedAfter !== null && appearedAfter < first ? appearedAfter : first,
    "9999-12-31",
  );
}

function lastDump({ pay }: PayFacts): Day {
  return knownSpans(pay).reduce(
    (last, { appearedOn }) => (appearedOn !== null && appearedOn > last ? appearedOn : last),
    "0001-01-01",
  );
}
