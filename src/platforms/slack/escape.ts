import { z } from "zod";
import { clip, oneLine, withoutControls } from "../../reply/fit.ts";
import { LIMITS } from "./limits.ts";

const plain = z.string().brand<"PlainText">();
const markup = z.string().brand<"Markup">();

/** Text for a field that shows every character as it is: cleaned of invisible characters and cut to the field. */
export type PlainText = z.infer<typeof plain>;

/** Text for a field that reads Slack's marks: foreign words in it are escaped, so they cannot ping or link. */
export type Markup = z.infer<typeof markup>;

/** Foreign text on one line for a literal field, cut in sight; "–" where nothing is left, since Slack refuses empty text. */
export function plainLine(text: string, max: number): PlainText {
  return plain.parse(clip(oneLine(text), max) || "–");
}

/** The same with its line breaks. */
export function plainLines(text: string, max: number): PlainText {
  return plain.parse(clip(withoutControls(text).replace(/\s+$/, ""), max) || "–");
}

/**
 * Foreign text escaped for mrkdwn, cut in sight so that the escaped form is at most `max` long.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escaped(text: string, max: number): Markup {
  const clean = withoutControls(text);
  let room = max;
  let cut = escape(clip(clean, room));
  while (cut.length > max) {
    room -= Math.max(1, Math.ceil((cut.length - max) / 5));
    cut = escape(clip(clean, room));
  }
  return markup.parse(cut);
}

/** Escaped text in bold. */
export function bold(text: Markup): Markup {
  return markup.parse(`*${text}*`);
}

/** Pieces of markup under each other or beside each other. */
export function joined(parts: readonly Markup[], separator: "\n" | " "): Markup {
  return markup.parse(parts.join(separator));
}

/** An address we may show as a link: http or https, with the characters Slack reads in links encoded. */
export function webAddress(address: string): string | undefined {
  const url = URL.parse(address.trim());
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "") return undefined;
  const safe = url.href.replace(/[|<>]/g, (sign) => encodeURIComponent(sign));
  return safe.length <= LIMITS.buttonUrl ? safe : undefined;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
