import type { Figure, Form } from "../program.ts";

export { chance as seeded } from "../store/chance.ts";

/** Full is every case; quick is a sample that fits a test run. */
export type Size = Form;

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
