/** What one promise came to under its faults. */
export interface Figure {
  readonly id: string;
  readonly promise: string;
  /** The faults that were injected, in words. */
  readonly injected: string;
  /** How many cases were tried; 0 when the machine does not allow the fault, and `detail` says why. */
  readonly count: number;
  readonly violations: number;
  /** The first violations, or what was seen. */
  readonly detail: string;
}

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
