import { Fault } from "../fault.ts";
import type { Reason } from "../fault.ts";

/** How much of a long rule is shown around the fault. */
const SHOWN_BEFORE = 44;
const SHOWN_AFTER = 24;

/**
 * A Fault that points: what is wrong, and under it the line of the rule with carets below the place. `right` says what
 * would be right, `tries` a whole rule that works.
 */
export function pointedFault(
  text: string,
  from: number,
  to: number,
  wrong: string,
  more: {
    readonly right?: string;
    readonly tries?: readonly string[];
    readonly reason?: Reason;
  } = {},
): Fault {
  return new Fault(
    more.reason ?? "bad_argument",
    `${wrong}\n${pointed(text, from, to)}`,
    more.right,
    more.tries,
  );
}

/** The sentence of a pointed fault, and the lines that point; `place` is null for a fault that points at nothing. */
export function faultParts({ message }: Fault): {
  readonly wrong: string;
  readonly place: string | null;
} {
  const end = message.indexOf("\n");
  return end < 0
    ? { wrong: message, place: null }
    : { wrong: message.slice(0, end), place: message.slice(end + 1) };
}

function pointed(text: string, from: number, to: number): string {
  const cutLeft = from > SHOWN_BEFORE ? from - SHOWN_BEFORE : 0;
  const cutRight = Math.min(text.length, Math.max(to, from + 1) + SHOWN_AFTER);
  const before = `${cutLeft > 0 ? "…" : ""}${plain(text.slice(cutLeft, from))}`;
  const meant = plain(text.slice(from, Math.min(to, cutRight)));
  const after = `${plain(text.slice(Math.min(to, cutRight), cutRight))}${cutRight < text.length ? "…" : ""}`;
  const carets = "^".repeat(Math.max(1, Math.min(placesOf(meant), 24)));
  return `${before}${meant}${after}\n${" ".repeat(placesOf(before))}${carets}`;
}

/** One line in which every character takes one place: line breaks, control and direction marks become blanks. */
function plain(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}

function placesOf(text: string): number {
  return Array.from(text).length;
}
