import type { Bot } from "../../command/bot.ts";
import { argsOf, type Command } from "../../command/define.ts";

/**
 * What could stand at the end of a line, and the part of the line it would replace, as node:readline
 * wants it: commands first, then argument names, and values as the bot suggests them.
 */
export function completions(bot: Bot, line: string): [string[], string] {
  const typed = line.trimStart();
  const [, door = "", rest = typed] = /^(\/?pulse\s+)(.*)$/is.exec(typed) ?? [];
  const [, name, words] = /^\/?(\S+)\s+(.*)$/s.exec(rest) ?? [];
  if (name === undefined || words === undefined)
    return commandNames(bot.commands, rest, door !== "");
  const command = bot.commands.find((candidate) => candidate.name === name.toLowerCase());
  if (command === undefined) return [[], words];
  const [keyed, key, value] = /(\w[\w-]*):("?[^"]*|\S*)$/.exec(lastWord(words)) ?? [];
  if (keyed !== undefined && key !== undefined && value !== undefined) {
    const suggestions = bot.complete(command.name, key.toLowerCase(), value.replaceAll('"', ""));
    return [suggestions.map((each) => `${key}:${quoted(each.value)}`), keyed];
  }
  return wordsAfter(bot, command, words);
}

function commandNames(
  commands: readonly Command[],
  typed: string,
  behindDoor: boolean,
): [string[], string] {
  const slash = typed.startsWith("/") || (typed === "" && !behindDoor) ? "/" : "";
  const start = typed.replace(/^\//, "").toLowerCase();
  const names = commands.map(({ name }) => name).filter((name) => name.startsWith(start));
  return [names.map((name) => `${slash}${name} `), typed];
}

/**
 * Values for the argument that takes the free words where they begin as typed, beside names of other
 * arguments; then those names alone; then values that only come near.
 */
function wordsAfter(bot: Bot, command: Command, words: string): [string[], string] {
  const free = freeEnd(words);
  const last = lastWord(words);
  const bare = command.bare.at(-1);
  const values = bare === undefined ? [] : bot.complete(command.name, bare, free);
  const near = values.map(({ value }) => value);
  const begun = near.filter((value) => value.toLowerCase().startsWith(free.toLowerCase()));
  const names = argsOf(command)
    .map(({ name }) => name)
    .filter((name) => !command.bare.includes(name) && name.startsWith(last.toLowerCase()))
    .map((name) => `${name}:`);
  // Readline replaces one part of the line, so names stand beside values only where it is the same part.
  if (begun.length > 0) return [[...begun, ...(free === last ? names : [])], free];
  return names.length > 0 ? [names, last] : [near, free];
}

/** The free words at the end: what stands after the last `key:value`. */
function freeEnd(words: string): string {
  const keyed = [...words.matchAll(/[A-Za-z][\w-]*:(?:"[^"]*"|\S*)\s*/g)].at(-1);
  return keyed === undefined ? words : words.slice(keyed.index + keyed[0].length);
}

/** The last word, with the blanks that quotes keep in it. */
function lastWord(words: string): string {
  return /(?:[\w-]+:"[^"]*"?|\S*)$/.exec(words)?.[0] ?? "";
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}
