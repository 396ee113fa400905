import type { Pace } from "./sender.ts";

/** Keeps to a pace for each of many names (channels, tenants, an app): "one every so often, after a short burst". */
export interface Pacer {
  /** When the next one may go. */
  readyAt(name: string): number;
  take(name: string, now: number): void;
}

/**
 * The generic cell rate algorithm: one number a name, the instant at which its burst is whole again.
 * https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function openPacer({ everyMs, burst }: Pace): Pacer {
  const wholeAt = new Map<string, number>();
  return {
    readyAt: (name) => (wholeAt.get(name) ?? 0) - (burst - 1) * everyMs,
    take(name, now) {
      if (wholeAt.size >= NAMES_MOST) forgetWhole(now);
      wholeAt.set(name, Math.max(now, wholeAt.get(name) ?? 0) + everyMs);
    },
  };

  /** A name whose burst is whole is as good as unknown. */
  function forgetWhole(now: number): void {
    for (const [name, at] of wholeAt) if (at <= now) wholeAt.delete(name);
  }
}

const NAMES_MOST = 1_000;
