import { Temporal } from "temporal-polyfill";
import type { Options } from "./rule.ts";

/**
 * The instant (ms since 1970) at which the quiet hours that `now` lies in are over; null when it lies in none. Wall-clock
 * times of the rule's own zone: a time that a change of clocks skips is the first one after it.
 */
export function quietUntil(quiet: NonNullable<Options["quiet"]>, now: number): number | null {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(quiet.zone);
  const from = Temporal.PlainTime.from(quiet.from);
  const to = Temporal.PlainTime.from(quiet.to);
  // Quiet hours that began yesterday may still last: both evenings are looked at.
  for (const back of [1, 0]) {
    const evening = here.toPlainDate().subtract({ days: back });
    const morning = Temporal.PlainTime.compare(to, from) > 0 ? evening : evening.add({ days: 1 });
    const starts = evening.toZonedDateTime({ timeZone: quiet.zone, plainTime: from });
    const ends = morning.toZonedDateTime({ timeZone: quiet.zone, plainTime: to });
    if (starts.epochMilliseconds <= now && now < ends.epochMilliseconds)
      return ends.epochMilliseconds;
  }
  return null;
}
