import type { APIApplicationCommandInteractionDataBasicOption } from "discord.js";
import type { Command } from "../../command/define.ts";
import { oneLine, withoutControls } from "../../reply/fit.ts";
import { MORE } from "./register.ts";

type Option = Pick<APIApplicationCommandInteractionDataBasicOption, "name" | "value">;

/**
 * A filled-in slash command as the words one would type: `/layoffs company:"google inc" from:2024-01-01`.
 * An option that itself takes typed words (`/export question`) goes in as typed, and last, since a quote
 * left open in it runs to the end.
 */
export function typedText(
  name: string,
  options: readonly Option[],
  command?: Pick<Command, "bare" | "keepsUnknownKeys">,
): string {
  const takesWords = [MORE, command?.keepsUnknownKeys ? command.bare.at(-1) : undefined];
  const given = options.filter(({ value }) => value !== "");
  const asTyped = given.filter((option) => takesWords.includes(option.name));
  const keyed = given.filter((option) => !takesWords.includes(option.name));
  return [
    `/${name}`,
    ...keyed.map((option) => `${option.name}:${typedValue(option.value)}`),
    ...asTyped.map(({ value }) => oneLine(String(value))),
  ].join(" ");
}

/** What was said to us in a message, as a command: our own mention is taken out and a slash put before it. */
export function mentionedText(content: string, ourId: string): string {
  const words = withoutControls(content)
    .replaceAll(new RegExp(`<@!?${ourId}>`, "g"), " ")
    .replace(/\s+/g, " ")
    .trim();
  if (words === "") return "/help";
  return words.startsWith("/") ? words : `/${words}`;
}

/** Whether a message speaks to us by name; a mere answer to one of our messages does not. */
export function mentions(content: string, ourId: string): boolean {
  return content.includes(`<@${ourId}>`) || content.includes(`<@!${ourId}>`);
}

function typedValue(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  // The grammar has no way to write a quote inside quotes.
  const text = value.replace(/["“”]/g, "'");
  return /^[^\s']+$/.test(text) ? text : `"${text}"`;
}
