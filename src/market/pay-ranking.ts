import { PAY_LEVELS } from "./facts.ts";
import type { Day } from "./facts.ts";
import { payMedians } from "./pay-groups.ts";
import type { PayGroupName, PayKey } from "./pay-groups.ts";
import { familiesOf } from "./pay-rows.ts";
import type { PayQuery } from "./pay-rows.ts";
import { BELIEVED_FROM } from "./pay-series.ts";
import { payBasisOf, payStats, rowNotes } from "./pay.ts";
import type { PayBasis, PayFacts } from "./pay.ts";

/** A group fewer salaries than this speak for may stand first by chance. */
export const RANKED_FROM = BELIEVED_FROM;

export interface RankedPay extends PayGroupName {
  readonly n: number;
  /** USD per year. */
  readonly median: number;
}

export interface PayRanking {
  readonly basis: PayBasis;
  /** Highest median first; of equal ones, the one of most salaries. */
  readonly ranked: readonly RankedPay[];
  /** Groups of too few salaries, and how many these are together. */
  readonly leftOut: { readonly groups: number; readonly salaries: number };
  /** The days it speaks for; null when every row counts. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly notes: readonly string[];
}

/**
 * The groups that fit by their median reported pay: every group at once from the imported rows where they cover the period,
 * otherwise one after another from the last published quarter in it, which is of the United States alone.
 */
export function payRanking(
  facts: PayFacts,
  query: Omit<PayQuery, "quarter">,
  by: readonly PayKey[],
): PayRanking {
  if (payBasisOf(facts, query) === "published-quarters") return ofQuarters(facts, query, by);
  const { n, median, nameOf } = payMedians(facts.pay, query, by);
  const groups = Array.from(n, (each, at) => ({ at, n: each, median: median[at]! }));
  const { ranked, leftOut } = ranking(groups);
  return {
    basis: "rows",
    ranked: ranked.map(({ at, ...figures }) => ({ ...nameOf(at), ...figures })),
    leftOut,
    from: query.from ?? null,
    to: query.to ?? null,
    notes: rowNotes(query),
  };
}

function ofQuarters(facts: PayFacts, query: PayQuery, by: readonly PayKey[]): PayRanking {
  const levels =
    by.includes("level") && query.level === undefined ? PAY_LEVELS : [query.level ?? null];
  const roles = by.includes("role") ? familiesOf(query) : [null];
  const names = roles.flatMap((role) =>
    levels.map((level) => ({ role, level, country: by.includes("country") ? "US" : null })),
  );
  const answers = names.map((name) => ({
    name,
    answer: payStats(facts, {
      ...query,
      role: name.role ?? query.role,
      level: name.level ?? undefined,
    }),
  }));
  const shown = answers.flatMap(({ name, answer }) =>
    answer.tooFew ? [] : [{ name, answer, n: answer.n, median: answer.median }],
  );
  const hidden = answers.filter(({ answer }) => answer.tooFew && answer.n > 0);
  const { ranked, leftOut } = ranking(shown);
  const any = shown[0]?.answer;
  return {
    basis: "published-quarters",
    ranked: ranked.map(({ name, n, median }) => ({ ...name, n, median })),
    leftOut: {
      groups: leftOut.groups + hidden.length,
      salaries: leftOut.salaries + hidden.reduce((sum, { answer }) => sum + answer.n, 0),
    },
    from: any?.from ?? null,
    to: any?.to ?? null,
    notes: [...new Set(answers.flatMap(({ answer }) => answer.notes))],
  };
}

function ranking<Group extends { readonly n: number; readonly median: number }>(
  groups: readonly Group[],
) {
  const few = groups.filter(({ n }) => n < RANKED_FROM);
  return {
    ranked: groups
      .filter(({ n }) => n >= RANKED_FROM)
      .sort((a, b) => b.median - a.median || b.n - a.n),
    leftOut: { groups: few.length, salaries: few.reduce((sum, { n }) => sum + n, 0) },
  };
}
