/** What one promise's test measured. */
export interface Figure {
  readonly id: string;
  readonly promise: string;
  /** The faults that were injected, in words. */
  readonly injected: string;
  /** How many cases were tried. */
  readonly count: number;
  readonly violations: number;
  /** The first violations, or what was seen. */
  readonly detail: string;
}

/** Full is every case; quick is a sample that fits a test run. */
export type Size = "quick" | "full";

/** Collects cases and what was wrong with them. */
export function openTally() {
  let count = 0;
  const wrong: string[] = [];
  return {
    check(holds: boolean, said: () => string): void {
      count++;
      if (!holds) wrong.push(said());
    },
    figure(id: string, promise: string, injected: string, seen: string): Figure {
      const detail = wrong.length === 0 ? seen : wrong.slice(0, 5).join(" | ");
      return { id, promise, injected, count, violations: wrong.length, detail };
    },
  };
}

/** Numbers in [0, 1) from a seed (mulberry32): the same seed gives the same faults. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
