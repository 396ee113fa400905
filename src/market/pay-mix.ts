import { PAY_LEVELS } from "./facts.ts";
import type { PayLevel } from "./facts.ts";
import { payStats } from "./pay.ts";
import type { PayFacts, PayFigures } from "./pay.ts";
import type { PayQuery } from "./pay-rows.ts";

/** A change of the mean with the mix of levels held still. */
export interface FixedMix {
  /** Percent. */
  readonly meanPct: number;
  /** The levels that have figures on both sides. */
  readonly levels: readonly PayLevel[];
}

/**
 * How much the mean changed with each level weighted as in the earlier side (a Laspeyres index over levels), so that more
 * seniors alone is no rise. Levels shown on one side only are left out; null when none is on both.
 */
export function fixedMixChange(
  facts: PayFacts,
  before: PayQuery,
  after: PayQuery,
): FixedMix | null {
  const pairs = PAY_LEVELS.flatMap((level) => {
    const [earlier, later] = [
      payStats(facts, { ...before, level }),
      payStats(facts, { ...after, level }),
    ];
    return earlier.tooFew || later.tooFew ? [] : [{ level, earlier, later }];
  });
  if (pairs.length === 0) return null;
  const weighted = (side: (pair: (typeof pairs)[number]) => PayFigures) =>
    pairs.reduce((sum, pair) => sum + pair.earlier.n * side(pair).mean, 0);
  return {
    meanPct: 100 * (weighted((pair) => pair.later) / weighted((pair) => pair.earlier) - 1),
    levels: pairs.map((pair) => pair.level),
  };
}
