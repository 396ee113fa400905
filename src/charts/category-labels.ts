import { clipped, textWidth, wrapped } from "./lettering.ts";
import { SIZE } from "./theme.ts";

export interface CategoryLabels {
  /** The label of each shown category; the others have none. */
  readonly texts: readonly (string | undefined)[];
  /** Degrees of slant. */
  readonly rotate: number;
  /** How much room they need under the plot. */
  readonly height: number;
}

/**
 * The labels under the plot, `band` apart. Periods are thinned evenly so that the newest keeps its
 * label; names are all kept: on several lines where there is room, else slanted.
 */
export function categoryLabels(categories: readonly string[], band: number): CategoryLabels {
  const widest = Math.max(0, ...categories.map((category) => textWidth(category, SIZE.label)));
  if (widest + 8 <= band) return { texts: categories, rotate: 0, height: 30 };
  if (arePeriods(categories)) {
    const step = Math.ceil((Math.min(widest, 150) + 20) / band);
    const last = categories.length - 1;
    const texts = categories.map((category, at) =>
      (last - at) % step === 0 ? clipped(category, SIZE.label, 150) : undefined,
    );
    return { texts, rotate: 0, height: 30 };
  }
  if (band >= 56) {
    const lines = categories.map((category) => wrapped(category, SIZE.label, band - 10, 3));
    const most = Math.max(...lines.map((each) => each.length));
    return { texts: lines.map((each) => each.join("\n")), rotate: 0, height: 15 + 15 * most };
  }
  const texts = categories.map((category) => clipped(category, SIZE.label, 120));
  return { texts, rotate: 40, height: 24 + Math.min(widest, 120) * 0.64 };
}

/** Periods carry a figure each ("Mar 2024", "W12"), and whoever sees two knows the one between. */
export function arePeriods(categories: readonly string[]): boolean {
  return categories.every((category) => /\d/.test(category));
}
