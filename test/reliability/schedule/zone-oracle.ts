/** A zone's clock as Intl tells it, which is not what the code under test reckons with. */
export interface ZoneClock {
  /** The wall time at an instant, as milliseconds of a UTC that reads the same. */
  wallAt(instantMs: number): number;
  /** Every change of offset between two instants. */
  transitions(fromMs: number, toMs: number): readonly Transition[];
}

export interface Transition {
  /** The first instant of the new offset. */
  readonly at: number;
  readonly offsetBefore: number;
  readonly offsetAfter: number;
}

const STEP = 7 * 86_400_000;
const MINUTE = 60_000;

export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  const wallAt = (instantMs: number) =>
    Date.parse(`${format.format(instantMs).replace(" ", "T")}Z`);
  const offsetAt = (instantMs: number) => wallAt(instantMs) - instantMs;
  return {
    wallAt,
    transitions(fromMs, toMs) {
      const found: Transition[] = [];
      for (let at = fromMs; at < toMs; at += STEP) {
        let [low, high] = [at, at + STEP];
        const offsetBefore = offsetAt(low);
        const offsetAfter = offsetAt(high);
        if (offsetBefore === offsetAfter) continue;
        while (high - low > MINUTE) {
          const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
          if (offsetAt(middle) === offsetBefore) low = middle;
          else high = middle;
        }
        found.push({ at: high, offsetBefore, offsetAfter });
      }
      return found;
    },
  };
}
