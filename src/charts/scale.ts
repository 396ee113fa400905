/** An axis: its ends, and the step between its lines; both ends are multiples of the step. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/**
 * The axis that covers all values most closely in two to six round steps (1, 2, 2.5 or 5 times a power
 * of ten), with a little air above the highest and below a negative lowest; whole values get whole
 * steps. It starts at zero unless `fit` is asked for and the values would crowd into its upper half.
 */
export function scaleOf(
  values: readonly number[],
  { fit = false }: { readonly fit?: boolean } = {},
): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0 || (low === 0 && high === 0)) return { min: 0, max: 1, step: 1 };
  // Values as good as equal have no shape to show, and steps too fine to be exact.
  const crowded = fit && low > high / 2 && high - low > high * 1e-6;
  const air = (high - low) * 0.1;
  const floor = crowded ? low - air : Math.min(0, low * 1.06);
  const ceiling = crowded ? high + air : Math.max(0, high * 1.06);
  const whole = values.every(Number.isInteger);
  const scales = roundSteps((ceiling - floor) / 4)
    .filter((step) => !whole || Number.isInteger(step))
    .map((step) => covering(floor, ceiling, step))
    .filter((scale) => stepsOf(scale) >= 2 && stepsOf(scale) <= 6);
  return scales.reduce((best, each) => (closeness(each) < closeness(best) ? each : best));
}

/** Round steps around a rough one, from a tenth of it to tenfold. */
function roundSteps(rough: number): number[] {
  const power = Math.floor(Math.log10(rough));
  const powers = [power - 1, power, power + 1].map((each) => Number(`1e${each}`));
  return powers.flatMap((ten) => [1, 2, 2.5, 5].map((factor) => tidy(factor * ten)));
}

function covering(floor: number, ceiling: number, step: number): Scale {
  const min = tidy(Math.floor(tidy(floor / step)) * step);
  const max = tidy(Math.ceil(tidy(ceiling / step)) * step);
  return { min, max, step };
}

function stepsOf({ min, max, step }: Scale): number {
  return Math.round((max - min) / step);
}

/** How much an axis covers, with a little against those far from four steps. */
function closeness(scale: Scale): number {
  return (scale.max - scale.min) * (1 + 0.04 * Math.abs(stepsOf(scale) - 4));
}

/** The values the axis has lines at. */
export function ticksOf(scale: Scale): number[] {
  // Counted in whole steps, so that zero is zero and not what adding fractions leaves of it.
  const first = Math.round(scale.min / scale.step);
  return Array.from({ length: stepsOf(scale) + 1 }, (_, at) => tidy((first + at) * scale.step));
}

/** Without the dust of binary fractions, which would add an empty step. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** Places moved apart until no two are nearer than `gap`, in their order, within [low, high]. */
export function spread(
  places: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = places.map((_, at) => at).sort((a, b) => places[a]! - places[b]! || a - b);
  const moved = [...places];
  let next = low;
  for (const at of order) {
    moved[at] = Math.max(moved[at]!, next);
    next = moved[at] + gap;
  }
  let last = high;
  for (const at of order.toReversed()) {
    moved[at] = Math.min(moved[at]!, last);
    last = moved[at] - gap;
  }
  return moved;
}
