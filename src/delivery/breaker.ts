/** Stops asking a platform that does not answer, and asks now and then whether it is back. */
export interface Breaker {
  /** When it may be asked; while it is half open, one at a time. */
  readyAt(inFlight: number): number;
  /** It answered, whatever it said. */
  answered(now: number): void;
  /** It did not answer, or said that it is broken. */
  failed(now: number): void;
  /** When it last came back; 0 when it never was away. */
  readonly backSince: number;
}

const FAILURES_MOST = 5;
const WITHIN_MS = 60_000;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 10 * 60_000;

/** Opens after 5 failures within a minute; asks again after 30 s, then twice as long each time, up to 10 minutes. */
export function openBreaker(): Breaker {
  let failures: readonly number[] = [];
  let restMs = 0;
  let openUntil = 0;
  let backSince = 0;

  return {
    readyAt: (inFlight) => (restMs > 0 && inFlight > 0 ? Infinity : openUntil),
    answered(now) {
      if (restMs > 0) backSince = now;
      failures = [];
      restMs = 0;
      openUntil = 0;
    },
    failed(now) {
      // Those that were under way when it opened say nothing new.
      if (now < openUntil) return;
      failures = [...failures.filter((at) => at > now - WITHIN_MS), now];
      if (restMs === 0 && failures.length < FAILURES_MOST) return;
      restMs = restMs === 0 ? FIRST_REST_MS : Math.min(LONGEST_REST_MS, restMs * 2);
      openUntil = now + restMs;
    },
    get backSince() {
      return backSince;
    },
  };
}
