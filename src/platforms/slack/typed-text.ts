import { withoutControls } from "../../reply/fit.ts";

/**
 * What a person typed, out of what Slack makes of it: `&lt;` for `<`, `<https://a.b|a.b>` for `a.b`,
 * `<#C1|news>` for `#news`. The words are foreign again afterwards and are escaped when shown.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function typedText(text: string): string {
  const words = text.replace(/<([^<>]*)>/g, (whole, inside: string) => reference(inside) ?? whole);
  return withoutControls(
    words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  )
    .replace(/\s+/g, " ")
    .trim();
}

/** The command behind `/pulse …`, a mention or a direct message: free words name it, nothing is the pulse itself. */
export function commandText(words: string): string {
  if (words === "") return "/pulse";
  if (words.startsWith("/")) return words;
  // `/pulse asof:2024-03-15` asks the pulse; `/pulse layoffs google` asks /layoffs.
  return /^[A-Za-z_][\w-]*:/.test(words) ? `/pulse ${words}` : `/${words}`;
}

/** A message without our own name in it. */
export function withoutMention(text: string, botUserId: string): string {
  return text.replace(new RegExp(`<@${botUserId}(\\|[^<>]*)?>`, "g"), " ");
}

function reference(inside: string): string | undefined {
  const [target = "", label] = inside.split("|", 2);
  if (target.startsWith("#")) return label === undefined ? undefined : `#${label}`;
  if (target.startsWith("@") || target.startsWith("!"))
    return label === undefined ? undefined : `@${label.replace(/^@/, "")}`;
  return /^(https?|mailto|tel):/.test(target) ? (label ?? target) : undefined;
}
