/** An axis: its ends, and the step between its lines; both ends are multiples of the step. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/**
 * The axis that covers all values in about four round steps (1, 2, 2.5 or 5 times a power of ten),
 * with a little air above the highest and below a negative lowest. It starts at zero unless `fit`
 * is asked for and the values would crowd into its upper half.
 */
export function scaleOf(
  values: readonly number[],
  { fit = false }: { readonly fit?: boolean } = {},
): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0 || (low === 0 && high === 0)) return { min: 0, max: 1, step: 1 };
  const crowded = fit && low > 0 && low > high / 2;
  const floor = crowded ? low - (high - low || high * 0.1) * 0.1 : Math.min(0, low * AIR);
  const ceiling = crowded ? high + (high - low || high * 0.1) * 0.1 : Math.max(0, high * AIR);
  const step = roundStep((ceiling - floor) / 4);
  return {
    min: Math.floor(tidy(floor / step)) * step,
    max: Math.ceil(tidy(ceiling / step)) * step,
    step,
  };
}

const AIR = 1.06;

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** Without the dust of binary fractions, which would add an empty step. */
function tidy(ratio: number): number {
  return Number(ratio.toPrecision(12));
}

/** The values the axis has lines at. */
export function ticksOf({ min, max, step }: Scale): number[] {
  const count = Math.round((max - min) / step);
  return Array.from({ length: count + 1 }, (_, at) => tidy(min + at * step));
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
