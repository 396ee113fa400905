/** The time, as an argument: milliseconds since 1970 UTC. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** The UTC day of an instant, YYYY-MM-DD. */
export function dayOf(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 10);
}
