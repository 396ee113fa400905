import type { Command } from "./define.ts";
import { argsOf } from "./define.ts";

/** `/layoffs [company] [period:2023Q4] [from:2024-01-01] …`: one line a person can copy from. */
export function usageLine(command: Command, longest = Number.POSITIVE_INFINITY): string {
  return cutAtWord(`/${command.name} ${usageHint(command)}`.trim(), longest);
}

/** The same without the command's own name, as Slack shows it beside the command. */
export function usageHint(command: Command, longest = Number.POSITIVE_INFINITY): string {
  const words = argsOf(command).map(({ name, meta, required }) => {
    const shown = command.bare.includes(name)
      ? name
      : `${name}:${meta.example ?? meta.choices?.[0] ?? (meta.type === "boolean" ? "yes" : (meta.min ?? "…"))}`;
    return required ? shown : `[${shown}]`;
  });
  return cutAtWord(words.join(" "), longest);
}

function cutAtWord(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, text.lastIndexOf(" ", longest - 2))} …`;
}
