import { oneLine, withoutControls } from "../../reply/fit.ts";
import type { Inline, Words } from "../../reply/reply.ts";

/**
 * Foreign text that Discord shows as it is: no mark, mention, emoji, timestamp, list, heading or link
 * in it comes alive. Line breaks stay.
 * What Discord reads as markup: https://support.discord.com/hc/en-us/articles/210298617
 */
export function escapeMarkdown(text: string): string {
  return (
    withoutControls(text)
      .replace(/[\\*_~`|<[\]]/g, "\\$&")
      .replace(/@(?=everyone|here)/g, "\\@")
      // `https://…` becomes a link by itself, `:tada:` an emoji.
      .replace(/:(?=\/\/|[\w+-]+:)/g, "\\:")
      // At the start of a line these begin a quote, a heading, small print or a list.
      .replace(/^(\s*)([>#-])/gm, "$1\\$2")
      .replace(/^(\s*\d+)\.(?=\s)/gm, "$1\\.")
  );
}

/** Marked words as Discord markdown. */
export function markdown(words: Words): string {
  return typeof words === "string" ? escapeMarkdown(words) : words.map(markedPart).join("");
}

/** One marked part as Discord markdown. */
export function markedPart(part: Inline): string {
  if (typeof part === "string") return escapeMarkdown(part);
  if ("bold" in part) return bold(part.bold);
  if ("code" in part) return inlineCode(part.code);
  return link(part.text, part.link);
}

/** Words in bold; nothing stays nothing, since four stars would show. */
export function bold(text: string): string {
  return around(text, (line) => `**${escapeMarkdown(line)}**`);
}

/** A command or value in its own type; a backtick inside would end it and is shown by its look-alike. */
export function inlineCode(text: string): string {
  return around(text, (line) => `\`${line.replaceAll("`", "ˋ")}\``);
}

/** Marks the words and leaves the blanks around them outside, where Discord wants them. */
function around(text: string, mark: (line: string) => string): string {
  const line = oneLine(text);
  if (line === "") return text === "" ? "" : " ";
  return `${/^\s/.test(text) ? " " : ""}${mark(line)}${/\s$/.test(text) ? " " : ""}`;
}

/** A link without a preview, or just its words when the address is none of ours to open. */
export function link(text: string, address: string): string {
  const words = oneLine(text);
  const url = webAddress(address);
  if (url === undefined) return escapeMarkdown(words);
  return `[${escapeMarkdown(words === "" ? new URL(url).hostname : words)}](<${url}>)`;
}

/** An http(s) address made safe to put between angle brackets; undefined for anything else. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  return url.href.replaceAll("<", "%3C").replaceAll(">", "%3E");
}

/** Lines whose blanks matter. Three backticks inside would end the block and are shown by their look-alikes. */
export function codeBlock(lines: readonly string[]): string {
  const text = withoutControls(lines.join("\n")).replace(/`{3,}/g, (run) => "ˋ".repeat(run.length));
  return `\`\`\`\n${text}\n\`\`\``;
}
