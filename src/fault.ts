/** The closed list of why something was refused; the same words in code, log and docs. */
export const REASONS = [
  "unknown_command",
  "missing_argument",
  "bad_argument",
  "not_found",
  "ambiguous",
  "too_long",
  "too_many",
  "not_allowed",
  "wrong_place",
  "rate_limited",
  "bad_file",
  "bad_row",
  "bad_schedule",
  "bad_zone",
  "conflict",
  "stale",
  "bad_signature",
  "too_large",
  "unsupported",
  "busy",
  "running",
  "store_readonly",
  "not_installed",
  "internal",
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * Something a person gave us that we cannot take: what is wrong, what would be right, one thing to type.
 * `wrong` and `right` are whole sentences; the offending piece is cited through `cite`.
 */
export class Fault extends Error {
  readonly reason: Reason;
  readonly right: string;
  /** Commands that would work, most likely first; the first is offered as "the one thing to type". */
  readonly tries: readonly string[];
  constructor(reason: Reason, wrong: string, right = "", tries: readonly string[] = []) {
    super(wrong);
    this.name = "Fault";
    this.reason = reason;
    this.right = right;
    this.tries = tries;
  }
}

/** A foreign piece of text made safe to repeat: at most 40 characters, control and direction marks spelled out. */
export function cite(text: string): string {
  const visible = text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (mark) => `\\u${mark.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
  const characters = Array.from(visible);
  return `‘${characters.length > 40 ? `${characters.slice(0, 39).join("")}…` : visible}’`;
}
