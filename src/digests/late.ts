import { daySpan, list, plural } from "../reply/words.ts";
import type { DaySpan } from "./telling.ts";

/** A slot that was not shown, by its period ("2026-W10") and the word for why. */
export interface MissedSlot {
  readonly period: string;
  readonly reason: string | null;
}

const MINUTE = 60_000;
/** Below this nobody calls it late. */
const LATE_FROM = 10 * MINUTE;
const MOST_NAMED = 5;

const WHY: ReadonlyMap<string | null, string> = new Map([
  ["too-late", "its time was over before I could"],
  ["folded", "this one covers its days"],
  ["blocked", "posting here was not possible"],
  ["too-soon", "it came too soon after a change of schedule"],
]);

/** "Late by 2 h", and which digests were missed, why, and that this one speaks of their days. */
export function lateNotes(
  lateBy: number,
  missed: readonly MissedSlot[],
  window: DaySpan,
): readonly string[] {
  const late = lateBy >= LATE_FROM ? [`Late by ${duration(lateBy)}.`] : [];
  if (missed.length === 0) return late;
  const reasons = new Set(missed.map(({ reason }) => WHY.get(reason) ?? "it could not be posted"));
  const named = missed.slice(-MOST_NAMED).map(({ period }) => period);
  const more = missed.length - named.length;
  const names = list([...(more > 0 ? [plural(more, "earlier one")] : []), ...named]);
  return [
    ...late,
    `Not posted: ${names} (${list([...reasons])}). This one covers ${daySpan(window.from, window.to)}.`,
  ];
}

/** "2 h", "2 h 10 min", "45 min". */
function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
