import { robustZ } from "../market/stats.ts";
import { holds } from "./rule.ts";
import type { Test } from "./rule.ts";
import type { Measured } from "./measured.ts";

/** How far back a robust z looks: so many windows, one beside the other, and how many of them must be known. */
export const Z_WINDOWS = 52;
const Z_WINDOWS_MIN = 12;

export type Judged = Pick<Measured, "value" | "before" | "holds" | "reason">;

/** The earlier figures a test holds the newest against, as they were known then; null where there was none. */
export interface Earlier {
  /** The figure a change is measured from: the window before unless the rule says otherwise. */
  readonly base: number | null;
  /** Those of a robust z, in any order. */
  readonly trailing: readonly number[];
  /** The greatest (or least) figure before. */
  readonly record: number | null;
  /** The day, or the quarter, before. */
  readonly last: number | null;
}

/** What a test makes of a figure and the figures before it. */
export function judge(test: Test, level: number | null, earlier: Earlier): Judged {
  if (level === null) return { value: null, before: null, holds: false, reason: "too-few" };
  switch (test.kind) {
    case "compare":
      return judged(level, earlier.base, holds(test.comparison, level));
    case "change": {
      const { base } = earlier;
      if (base === null || base === 0) return without(base);
      const percent = (100 * (level - base)) / Math.abs(base);
      return judged(percent, base, holds(test.comparison, percent));
    }
    case "anomaly": {
      const { trailing } = earlier;
      const z = trailing.length < Z_WINDOWS_MIN ? null : robustZ(level, trailing);
      return z === null ? without(null) : judged(z, earlier.base, holds(test.comparison, z));
    }
    case "record": {
      const { record } = earlier;
      if (record === null) return without(null);
      return judged(level, record, test.extreme === "high" ? level > record : level < record);
    }
    case "crosses": {
      const { last } = earlier;
      if (last === null) return without(null);
      const up = last <= test.value && level > test.value;
      const down = last >= test.value && level < test.value;
      return judged(level, last, test.direction === "up" ? up : down);
    }
    case "no-data":
      // The figure is the age of the newest row, in days.
      return judged(level, null, level >= test.days);
  }
}

function judged(value: number, before: number | null, holds: boolean): Judged {
  return { value, before, holds, reason: null };
}

function without(before: number | null): Judged {
  return { value: null, before, holds: false, reason: "no-baseline" };
}
