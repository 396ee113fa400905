import type { Fault } from "../../delivery/unreliable.ts";

/** What a bad day does to requests: 5 % lost answers, 3 % 502, 10 % applied up to 0.3 s late, 1 % up to 45 s. */
export const BAD_DAY = "5 % lost answers, 3 % 502, 10 % applied up to 0.3 s late, 1 % up to 45 s";

/** The fault for one request, from a number of 0 to 1. */
export function badDay(roll: number): Fault | undefined {
  if (roll < 0.05) return "lose";
  if (roll < 0.065) return "broken";
  if (roll < 0.08) return "broken-done";
  if (roll < 0.18) return { late: 1 + Math.floor(((roll - 0.08) / 0.1) * 300) };
  if (roll < 0.19) return { late: 1_000 + Math.floor(((roll - 0.18) / 0.01) * 44_000) };
  return undefined;
}
