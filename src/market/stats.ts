/**
 * The p-quantile (0 ≤ p ≤ 1) of values sorted upwards: type 7 of Hyndman & Fan, "Sample Quantiles in Statistical Packages"
 * (The American Statistician 50, 1996), the default of R and NumPy; null for no values. (simple-statistics gives type 2.)
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null;
  return quantilesAt(sorted.length, (places) => places.map((place) => sorted[place]!), [p])[0]!;
}

/** The same for several p, upwards, of n > 0 values that are told by their places from below, all at once. */
export function quantilesAt(
  n: number,
  valuesAt: (places: readonly number[]) => readonly number[],
  ps: readonly number[],
): readonly number[] {
  const places: number[] = [];
  for (const p of ps) places.push(Math.floor((n - 1) * p), Math.ceil((n - 1) * p));
  const values = valuesAt(places);
  return ps.map((p, at) => {
    const [below, above] = [values[2 * at]!, values[2 * at + 1]!];
    return below + ((n - 1) * p - places[2 * at]!) * (above - below);
  });
}

/** The middle value, or the mean of the middle two; null for no values. */
export function median(values: ArrayLike<number>): number | null {
  return quantile(new Float64Array(values).sort(), 0.5);
}

/** Median absolute deviation from the median, unscaled; null for no values. */
export function mad(values: ArrayLike<number>): number | null {
  const middle = median(values);
  return middle === null
    ? null
    : median(Float64Array.from(values, (value) => Math.abs(value - middle)));
}

/** Makes the MAD of normal data estimate its standard deviation: 1 / Φ⁻¹(3/4), as in R's `mad`. */
const NORMAL_MAD = 1.4826;

/**
 * How unusual a value is beside earlier ones: (value − median) / (1.4826 × MAD), the modified z-score of Iglewicz & Hoaglin,
 * "How to Detect and Handle Outliers" (1993). Null when the earlier ones have no spread (MAD 0) or there are none.
 */
export function robustZ(value: number, earlier: ArrayLike<number>): number | null {
  const sorted = new Float64Array(earlier).sort();
  const middle = quantile(sorted, 0.5);
  const spread = middle === null ? null : median(sorted.map((each) => Math.abs(each - middle)));
  return middle === null || spread === null || spread === 0
    ? null
    : (value - middle) / (NORMAL_MAD * spread);
}
