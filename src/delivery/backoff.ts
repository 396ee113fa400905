import type { Wait } from "./sender.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const FIRST_MS = 2 * SECOND;
const LONGEST_MS = 5 * MINUTE;
/** Waited when a platform says "too often" and not until when. */
const UNSAID_MS = 30 * SECOND;
/** A platform that asks for more than this is asked again after it. */
const LONGEST_ASKED_MS = HOUR;

/** A number from 0 (included) to 1 (not). */
export type Chance = () => number;

/**
 * Milliseconds before the next try: anything from nothing to 2 s · 2ⁿ, at most 5 minutes. The full jitter keeps many
 * posts that failed together from coming back together.
 */
export function backoffMs(attempts: number, chance: Chance): number {
  return Math.round(chance() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20)));
}

/** Milliseconds to wait: what the platform asked for and up to a tenth more, else the back-off. */
export function waitMs({ reason, retryAfterMs }: Wait, attempts: number, chance: Chance): number {
  const asked = retryAfterMs !== null && retryAfterMs > 0 ? retryAfterMs : undefined;
  if (asked === undefined && reason === "unreachable") return backoffMs(attempts, chance);
  const least = Math.min(LONGEST_ASKED_MS, asked ?? UNSAID_MS);
  return Math.ceil(least * (1 + chance() / 10));
}
