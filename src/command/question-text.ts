import type { Asked, Command } from "./define.ts";

/** The text of a question that parses back to the same; for buttons that repeat it with one thing changed. */
export function questionText(
  command: Pick<Command, "bare"> | undefined,
  asked: Asked,
  change: Readonly<Record<string, string | undefined>> = {},
): string {
  const words = { ...asked.words, ...change };
  const bare = command?.bare ?? [];
  const free = bare.map((name) => words[name]).filter((word) => word !== undefined && word !== "");
  const keyed = Object.entries(words)
    .filter(([name, value]) => value !== undefined && !bare.includes(name))
    .map(([name, value]) => `${name}:${quoted(value ?? "")}`);
  return [
    `/${asked.command}`,
    ...free.map((word) => (hasKey(word ?? "") ? quoted(word ?? "") : word)),
    ...keyed,
  ].join(" ");
}

/** Free words that would be read as `key:value` go in quotes, unless they have quotes of their own. */
function hasKey(word: string): boolean {
  return /(^|\s)[A-Za-z_][\w-]*:/.test(word) && !/["“”]/.test(word);
}

/** A value as it must be typed: in quotes where it would be more than one word, its own quotes marked by `\`. */
export function quoted(value: string): string {
  return /[\s"“”]/.test(value) || value === "" || hasKey(value)
    ? `"${value.replace(/["“”\\]/g, "\\$&")}"`
    : value;
}

/** What stands between two quotes, as it was before `quoted`. */
export function unquoted(inside: string): string {
  return inside.replace(/\\(["“”\\])/g, "$1");
}
