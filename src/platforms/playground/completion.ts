import type { Bot } from "../../command/bot.ts";
import { argsOf } from "../../command/define.ts";

const OFFERS_MAX = 25;

/**
 * Whole commands that go on from what is typed so far: command names, then values of the word under the
 * cursor, then the names of arguments. At most 25.
 */
export function completions(bot: Bot, typed: string): readonly string[] {
  const [, name, blank, rest = ""] = /^\s*\/?(\S*)(\s*)([\s\S]*)$/.exec(typed) ?? [];
  if (!blank) return commandNames(bot, name ?? "");
  const command = bot.commands.find((one) => one.name === name);
  if (!command) return [];

  const [, before = "", word = ""] = /^(.*\s)?(\S*)$/s.exec(rest) ?? [];
  const start = `/${command.name} ${before}`;
  const colon = word.indexOf(":");
  if (colon > 0) {
    const option = word.slice(0, colon);
    const values = bot.complete(command.name, option, word.slice(colon + 1).replace(/^"/, ""));
    return unique(values.map((one) => `${start}${option}:${quoted(one.value)}`));
  }
  // Free words may hold blanks ("open ai"), so that all of them up to here are what is being typed.
  const free = rest
    .split(/\s+/)
    .filter((one) => !one.includes(":"))
    .join(" ");
  const bare = command.bare[0];
  const values =
    bare !== undefined && free !== "" && !rest.includes(":")
      ? bot.complete(command.name, bare, free)
      : [];
  const keys = argsOf(command).filter(
    (arg) =>
      !command.bare.includes(arg.name) &&
      arg.name.startsWith(word) &&
      !rest.includes(`${arg.name}:`),
  );
  return unique([
    ...values.map((one) => `/${command.name} ${one.value}`),
    ...keys.map((key) => `${start}${key.name}:`),
  ]);
}

function commandNames(bot: Bot, typed: string): readonly string[] {
  return unique(
    bot.commands
      .filter((command) => command.name.startsWith(typed))
      .map((command) => `/${command.name} `),
  );
}

function unique(offers: readonly string[]): readonly string[] {
  return [...new Set(offers)].slice(0, OFFERS_MAX);
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}
