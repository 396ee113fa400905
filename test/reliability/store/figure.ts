import type { Figure } from "../program.ts";

/** A figure from its list of violations; the first three are told. */
export function figureOf(
  about: Pick<Figure, "id" | "promise" | "injected">,
  count: number,
  violations: readonly string[],
  seen: string,
): Figure {
  const detail = violations.length === 0 ? seen : violations.slice(0, 3).join(" | ");
  return { ...about, count, violations: violations.length, detail };
}
