import { oneLine } from "../reply/fit.ts";
import { quoted, unquoted } from "./question-text.ts";

/**
 * The command a filled-in form stands for: each word of `run` with `{name}` in it takes that field's value,
 * quoted so that it stays one word, and is left out where the value is empty.
 */
export function filledCommand(run: string, values: Readonly<Record<string, string>>): string {
  return run
    .split(" ")
    .flatMap((word) => {
      const name = /\{(\w+)\}/.exec(word)?.[1];
      if (name === undefined) return [word];
      const value = oneLine(Object.hasOwn(values, name) ? (values[name] ?? "") : "").trim();
      return value === "" ? [] : [word.replace(`{${name}}`, () => quoted(value))];
    })
    .join(" ");
}

/** The `key:value` words of a text by key, as `filledCommand` writes them; undefined where anything else stands between. */
export function keyedWords(text: string): Readonly<Record<string, string>> | undefined {
  const words = [...text.matchAll(/\s*([a-z_]+):(?:"((?:\\.|[^"\\])*)"|([^\s"]\S*))(?=\s|$)/gs)];
  if (words.map(([whole]) => whole).join("") !== text.trimEnd()) return undefined;
  return Object.fromEntries(
    words.map(([, key = "", inQuotes, plain = ""]): [string, string] => [
      key,
      inQuotes === undefined ? plain : unquoted(inQuotes),
    ]),
  );
}
