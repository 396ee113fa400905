import type { Day } from "../market/facts.ts";

/**
 * What an alert remembers from one look to the next: the part of a stored mark that deciding needs and changes. Kept
 * anywhere, in any form, between two looks, it gives the same words as if nothing had been restarted.
 */
export interface AlertState {
  readonly phase: "ok" | "pending" | "firing" | "resolved" | "no-data";
  /** The day the phase began. */
  readonly since: Day;
  /** How many times it has fired, told or not. */
  readonly episode: number;
  /** Until this instant (ISO 8601) no new episode is told; null for no cool-down. */
  readonly quietUntil: string | null;
  readonly lastValue: number | null;
  /** The value that was told in this episode, as last corrected or grown; null while it is untold. */
  readonly toldValue: number | null;
  /** More of what was told; absent while nothing was. */
  readonly told?: Told | null;
  /** The phase that the end of the data interrupted; absent while there are data. */
  readonly interrupted?: Interrupted | null;
}

export interface Told {
  /** The day the told value stands for. */
  readonly on: Day;
  /** When the episode was last spoken of, ms since 1970. */
  readonly at: number;
  /** The value is so many times the threshold, as a power of two: 1, 2, 4, 8 … */
  readonly times: number;
  /** Corrections told in this episode. */
  readonly corrections: number;
}

export interface Interrupted {
  readonly phase: "ok" | "pending" | "firing" | "resolved";
  readonly since: Day;
}

/** The state of a rule nobody has looked at yet, on a day. */
export function newState(today: Day): AlertState {
  return {
    phase: "ok",
    since: today,
    episode: 0,
    quietUntil: null,
    lastValue: null,
    toldValue: null,
    told: null,
    interrupted: null,
  };
}
