import { round } from "../reply/words.ts";

/** How a figure is meant, from the words around it. */
export type Bound =
  | "at least"
  | "at most"
  | "nearly"
  | "just over"
  | "about"
  | "exactly"
  | "bare"
  | "between"
  | "decade";

export type Verdict = "supported" | "just short" | "just over" | "not supported" | "cannot check";

/** What a measured figure must lie in for a claim to hold, both ends included; null is open. */
export interface Accepted {
  readonly low: number | null;
  readonly high: number | null;
}

/** How far off, relative to the claimed figure, is still just short or just over. */
const NEAR_MISS = 0.05;
const ROUNDING = 1e-9;
/** More decimals than these are shown of no figure. */
const DECIMALS_MOST = 4;

/**
 * The figures a claim of `value` accepts: over and at least from it up, at most up to it, nearly 95–100 %, just over
 * 100–105 %, about ±10 %, a bare figure ±1 % or half of its last written digit where `half` says that is more.
 */
export function accepted(
  bound: Exclude<Bound, "between" | "decade">,
  value: number,
  half = 0,
): Accepted {
  const within = (share: number): Accepted => ({
    low: value * (1 - share),
    high: value * (1 + share),
  });
  switch (bound) {
    case "at least":
      return { low: value, high: null };
    case "at most":
      return { low: null, high: value };
    case "nearly":
      return { low: 0.95 * value, high: value };
    case "just over":
      return { low: value, high: 1.05 * value };
    case "about":
      return within(0.1);
    case "exactly":
      return { low: value, high: value };
    case "bare":
      return half > 0.01 * value ? { low: value - half, high: value + half } : within(0.01);
  }
}

/** Whether a measured figure is what was claimed; missed by at most 5 % of the claimed figure is just short or just over. */
export function verdictOn(
  measured: number,
  value: number,
  { low, high }: Accepted,
): Exclude<Verdict, "cannot check"> {
  const room = ROUNDING * Math.max(1, Math.abs(value));
  const near = NEAR_MISS * Math.abs(value) + room;
  if (low !== null && measured < low - room)
    return low - measured <= near ? "just short" : "not supported";
  if (high !== null && measured > high + room)
    return measured - high <= near ? "just over" : "not supported";
  return "supported";
}

/**
 * The fewest decimals, from the usual ones on, that show a figure on the right side of what is accepted: 19.7 % is not shown
 * as 20 % where 20 % is claimed and missed.
 */
export function decimalsToTell(measured: number, accepts: Accepted, usual: number): number {
  const isIn = isAccepted(measured, accepts);
  const bounds = roundedTo(accepts, DECIMALS_MOST);
  return decimalsFrom(usual, (decimals) => isAccepted(round(measured, decimals), bounds) === isIn);
}

/** The fewest decimals of what is accepted that leave a figure, as it is shown, inside or outside of it. */
export function decimalsOfRange(
  shown: number,
  isIn: boolean,
  accepts: Accepted,
  usual: number,
): number {
  return decimalsFrom(
    usual,
    (decimals) => isAccepted(shown, roundedTo(accepts, decimals)) === isIn,
  );
}

/** The usual ones where none tells. */
function decimalsFrom(usual: number, tells: (decimals: number) => boolean): number {
  for (let decimals = usual; decimals <= DECIMALS_MOST; decimals++)
    if (tells(decimals)) return decimals;
  return usual;
}

function isAccepted(measured: number, accepts: Accepted): boolean {
  return verdictOn(measured, measured, accepts) === "supported";
}

function roundedTo({ low, high }: Accepted, decimals: number): Accepted {
  return {
    low: low === null ? null : round(low, decimals),
    high: high === null ? null : round(high, decimals),
  };
}
