import { next, periodLabel } from "./calendar.ts";
import type { Day, PayLevel } from "./facts.ts";
import { payStats, quarterDays } from "./pay.ts";
import type { PayAnswer, PayFacts } from "./pay.ts";
import type { PayQuery } from "./pay-rows.ts";
import { knownSpans } from "./pay-table.ts";

export interface PayPoint {
  /** "2023Q4". */
  readonly quarter: string;
  /** Rows where the imported dumps cover the quarter, otherwise the published aggregate; `basis` says which. */
  readonly answer: PayAnswer;
}

/** Below this a side says too little for a change to be believed. */
export const BELIEVED_FROM = 10;

/** Pay quarter by quarter, oldest first, over the quarters the period touches; without a period over all that are known. */
export function payByQuarter(
  facts: PayFacts,
  query: Omit<PayQuery, "quarter">,
): readonly PayPoint[] {
  const { from, to, ...group } = query;
  return quartersBetween(facts, from, to).map((quarter) => ({
    quarter,
    answer: payStats(facts, { ...group, quarter }),
  }));
}

export interface PayChange {
  /** Percent: 12 is twelve percent more. */
  readonly meanPct: number;
  readonly medianPct: number;
  /** The larger n over the smaller. */
  readonly nRatio: number;
  /** True when one side is twice the other or has fewer than ten salaries: then the mix may have changed, not the pay. */
  readonly compositionBreak: boolean;
}

/** What changed from one answer to a later one, unrounded; null when either has too few salaries. */
export function payChange(before: PayAnswer, after: PayAnswer): PayChange | null {
  if (before.tooFew || after.tooFew) return null;
  const nRatio = Math.max(before.n, after.n) / Math.min(before.n, after.n);
  return {
    meanPct: 100 * (after.mean / before.mean - 1),
    medianPct: 100 * (after.median / before.median - 1),
    nRatio,
    compositionBreak: nRatio >= 2 || Math.min(before.n, after.n) < BELIEVED_FROM,
  };
}

export interface PremiumPoint {
  readonly quarter: string;
  /** AI engineers, and engineers whose title names no AI field, at the same level. */
  readonly ai: PayAnswer;
  readonly other: PayAnswer;
  /** How much more the AI median is, percent; null when either side has too few salaries. */
  readonly pct: number | null;
  /** Approximate 95 % interval of `pct`; null below ten salaries on a side. */
  readonly interval: { readonly lowPct: number; readonly highPct: number } | null;
}

/**
 * What AI engineers are paid above other engineers at the same level, by quarter: the ratio of the two medians.
 * The interval takes a median's standard error as 1.25·IQR / (1.35·√n) (McGill, Tukey & Larsen, "Variations of Box
 * Plots", The American Statistician 32, 1978), carried to the logarithm of the ratio; it is rough for skewed pay.
 */
export function aiPremium(
  facts: PayFacts,
  query: {
    readonly level?: PayLevel | undefined;
    readonly country?: string | undefined;
    readonly from?: Day | undefined;
    readonly to?: Day | undefined;
  },
): readonly PremiumPoint[] {
  const others = payByQuarter(facts, { ...query, role: "engineer" });
  return payByQuarter(facts, { ...query, role: "ai-engineer" }).map(
    ({ quarter, answer: ai }, index) => {
      const other = others[index]!.answer;
      return {
        quarter,
        ai,
        other,
        pct: ai.tooFew || other.tooFew ? null : 100 * (ai.median / other.median - 1),
        interval: premiumInterval(ai, other),
      };
    },
  );
}

function premiumInterval(ai: PayAnswer, other: PayAnswer): PremiumPoint["interval"] {
  if (ai.tooFew || other.tooFew || Math.min(ai.n, other.n) < BELIEVED_FROM) return null;
  const relativeError = ({ p25, p75, median, n }: typeof ai): number =>
    (1.25 * (p75 - p25)) / (1.35 * Math.sqrt(n) * median);
  const reach = 1.96 * Math.hypot(relativeError(ai), relativeError(other));
  const ratio = ai.median / other.median;
  return {
    lowPct: 100 * (ratio * Math.exp(-reach) - 1),
    highPct: 100 * (ratio * Math.exp(reach) - 1),
  };
}

/** The known quarters that the period touches, and those between them. */
function quartersBetween(
  facts: PayFacts,
  from: Day = "",
  to: Day = "9999-12-31",
): readonly string[] {
  const touched = knownQuarters(facts)
    .map(quarterDays)
    .filter((days) => days.to >= from && days.from <= to);
  const [first, last] = [touched[0], touched.at(-1)];
  if (!first || !last) return [];
  const quarters: string[] = [];
  for (let start = first.from; start <= last.from; start = next("quarter", start))
    quarters.push(periodLabel("quarter", start));
  return quarters;
}

/** Quarters that were published or in which a dump of ours brought rows, oldest first. */
function knownQuarters({ pay, payQuarters }: PayFacts): readonly string[] {
  const imported = knownSpans(pay).flatMap(({ appearedOn }) =>
    appearedOn === null ? [] : [periodLabel("quarter", appearedOn)],
  );
  return [...new Set([...Object.keys(payQuarters.quarters), ...imported])].sort();
}
