import * as fc from "fast-check";
import { addDays } from "../../src/market/calendar.ts";
import { PAY_LEVELS } from "../../src/market/facts.ts";
import type { Day, PayRow } from "../../src/market/facts.ts";
import { familiesOf } from "../../src/market/pay-rows.ts";
import type { PayQuery } from "../../src/market/pay-rows.ts";
import { PAY_EMPLOYMENTS, spaced } from "../../src/market/pay-table.ts";
import { quarterDays } from "../../src/market/pay.ts";
import { ROLE_FAMILIES, roleFamily } from "../../src/market/roles.ts";
import type { RoleFamily } from "../../src/market/roles.ts";
import { quantile } from "../../src/market/stats.ts";
import { row } from "./pay-facts.ts";

/** How far a dump may stand from the end of a period, days. */
const SLACK_DAYS = 10;

/** The obvious way: every row looked at, in any order. */
export function payRowsFor(rows: readonly PayRow[], query: PayQuery): readonly PayRow[] {
  const { level, country, employment = "full-time", titleWords, from, to } = query;
  const families = new Set<RoleFamily>(familiesOf(query));
  return rows.filter(
    (each) =>
      each.employment === employment &&
      (level === undefined || each.level === level) &&
      (country === undefined || each.employerCountry === country) &&
      ((from === undefined && to === undefined) || appearedIn(each, from, to)) &&
      families.has(roleFamily(each.title)) &&
      (titleWords === undefined ||
        titleWords.some((phrase) => spaced(each.title).includes(spaced(phrase)))),
  );
}

function appearedIn(
  { appearedOn, appearedAfter }: PayRow,
  from: Day | undefined,
  to: Day | undefined,
): boolean {
  if (appearedOn === null || appearedAfter === null) return false;
  return (
    (to === undefined || appearedOn <= to) &&
    (from === undefined || (appearedOn >= from && appearedAfter >= addDays(from, -SLACK_DAYS)))
  );
}

function covered(rows: readonly PayRow[], from: Day, to: Day): boolean {
  const spans = rows
    .filter((each) => appearedIn(each, from, to))
    .map(({ appearedAfter, appearedOn }) => [appearedAfter!, appearedOn!] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  let reached = from;
  for (const [after, on] of spans) {
    if (after > addDays(reached, SLACK_DAYS)) return false;
    if (on > reached) reached = on;
  }
  return spans.length > 0 && reached >= addDays(to, -SLACK_DAYS);
}

/** What the rows alone say, by sorting what fits; null where they do not cover the period. */
export function plainStats(rows: readonly PayRow[], asked: PayQuery) {
  const query = asked.quarter === undefined ? asked : { ...asked, ...quarterDays(asked.quarter) };
  const { from, to } = query;
  const firstOf = rows.reduce(
    (day, { appearedAfter }) =>
      appearedAfter !== null && appearedAfter < day ? appearedAfter : day,
    "9999-12-31",
  );
  const lastOf = rows.reduce(
    (day, { appearedOn }) => (appearedOn !== null && appearedOn > day ? appearedOn : day),
    "0001-01-01",
  );
  const isDated = from !== undefined || to !== undefined;
  if (rows.length === 0 || (isDated && !covered(rows, from ?? firstOf, to ?? lastOf))) return null;
  const pay = Float64Array.from(payRowsFor(rows, query), ({ usdPerYear }) => usdPerYear).sort();
  const at = (share: number) => Math.round(quantile(pay, share)!);
  if (pay.length < 3) return { tooFew: true, n: pay.length };
  return {
    tooFew: false,
    n: pay.length,
    mean: Math.round(pay.reduce((sum, each) => sum + each, 0) / pay.length),
    p10: pay.length < 5 ? null : at(0.1),
    p25: at(0.25),
    median: at(0.5),
    p75: at(0.75),
    p90: pay.length < 5 ? null : at(0.9),
  };
}

/** Between which dumps rows appear: of one line of dumps, and of others beside it. */
const SPANS: readonly (readonly [after: Day | null, on: Day | null])[] = [
  [null, null],
  [null, "2023-03-31"],
  ["2023-03-31", "2023-06-30"],
  ["2023-06-30", "2023-10-05"],
  ["2023-10-05", "2023-12-31"],
  ["2023-03-31", "2023-09-30"],
  ["2023-06-25", "2023-12-31"],
];
const TITLES = ["ML Engineer", "AI Scientist", "Data Engineer", "Data Scientist", "Clerk of Data"];

const somePayRow = fc
  .record({
    title: fc.constantFrom(...TITLES),
    level: fc.constantFrom(...PAY_LEVELS),
    employment: fc.constantFrom("full-time", "full-time", ...PAY_EMPLOYMENTS),
    usdPerYear: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1e9 })),
    employerCountry: fc.constantFrom("US", "US", "DE", "IN", "BR"),
    span: fc.constantFrom(...SPANS),
  })
  .map(({ span: [appearedAfter, appearedOn], ...values }) =>
    row({ ...values, appearedOn, appearedAfter }),
  );

/** Rows of few kinds, so that groups are large, equal amounts and empty groups come up. */
export const somePayRows = fc.oneof(
  fc.array(somePayRow, { maxLength: 200 }),
  fc.array(
    somePayRow.map((each) => ({ ...each, usdPerYear: each.usdPerYear / 8 + 0.1 })),
    { maxLength: 60 },
  ),
);

export const somePayQuery: fc.Arbitrary<PayQuery> = fc.record(
  {
    role: fc.constantFrom(...ROLE_FAMILIES),
    titleWords: fc.constantFrom(["data"], ["ml engineer", "scientist"], ["nobody"]),
    level: fc.constantFrom(...PAY_LEVELS),
    country: fc.constantFrom("US", "DE", "ZZ"),
    ai: fc.boolean(),
    from: fc.constantFrom("2023-01-01", "2023-04-01", "2023-07-01"),
    to: fc.constantFrom("2023-06-30", "2023-09-30", "2023-12-31"),
    employment: fc.constantFrom(...PAY_EMPLOYMENTS),
  },
  { requiredKeys: [] },
);
