/**
 * The p-quantile (0 ≤ p ≤ 1) of values sorted upwards: type 7 of Hyndman & Fan, "Sample Quantiles in Statistical Packages"
 * (The American Statistician 50, 1996), the default of R and NumPy; null for no values. (simple-statistics gives type 2.)
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  return quantileAt(sorted.length, (place) => sorted[place]!, p);
}

/** The same over values that are told by their place from below. */
export function quantileAt(
  n: number,
  valueAt: (place: number) => number,
  p: number,
): number | null {
  if (n === 0) return null;
  const place = (n - 1) * p;
  const below = valueAt(Math.floor(place));
  const above = place === Math.floor(place) ? below : valueAt(Math.ceil(place));
  return below + (place - Math.floor(place)) * (above - below);
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
