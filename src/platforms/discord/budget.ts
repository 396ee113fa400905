import { clip, textLength } from "../../reply/fit.ts";
import { BUDGET } from "./limits.ts";

/**
 * How much of a message's text a piece takes, in characters. Discord has a limit in characters and one
 * in bytes; the bytes are brought to the scale of the characters, so that one sum keeps both.
 */
export function cost(text: string): number {
  const bytes = textLength(text, "utf8");
  return Math.max(text.length, Math.ceil((bytes * BUDGET.textCharacters) / BUDGET.textBytes));
}

/** The longest start of a text that still fits once it is marked, cut in sight; empty where nothing fits. */
export function clipMarked(text: string, room: number, mark: (text: string) => string): string {
  const whole = mark(text);
  if (cost(whole) <= room) return whole;
  const length = mostThatFits(
    Math.min(text.length, room),
    (max) => cost(mark(clip(text, max))) <= room,
  );
  return length === 0 ? "" : mark(clip(text, length));
}

/**
 * As many lines as fit, then what was left out ("… and 12 more"). Empty where not even that fits.
 * `join` makes one text of them, for example a code block.
 */
export function fitLines(
  lines: readonly string[],
  room: number,
  join: (lines: readonly string[]) => string,
  more: (left: number) => string,
): Fitted {
  const shown = (count: number): string =>
    join(count === lines.length ? lines : [...lines.slice(0, count), more(lines.length - count)]);
  if (cost(shown(lines.length)) <= room) return { text: shown(lines.length), isCut: false };
  const count = mostThatFits(lines.length - 1, (count) => cost(shown(count)) <= room);
  const text = shown(count);
  return { text: cost(text) <= room ? text : "", isCut: true };
}

export interface Fitted {
  readonly text: string;
  /** Something of it is not shown. */
  readonly isCut: boolean;
}

/** The largest number up to `most` that fits, found by halving; 0 when none does. */
export function mostThatFits(most: number, fits: (count: number) => boolean): number {
  let low = 0;
  let high = Math.max(0, most);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
