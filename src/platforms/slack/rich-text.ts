import type { types } from "@slack/bolt";
import { clip, withoutControls } from "../../reply/fit.ts";
import type { Inline, Words } from "../../reply/reply.ts";
import { webAddress } from "./escape.ts";

/**
 * Rich text shows its words literally: nothing in them is read as a mark, a mention or a link, which
 * makes it the safest home for foreign words. Slack refuses empty pieces, so there are none.
 */
export type Piece = types.RichTextText | types.RichTextLink;
export type RichElement = types.RichTextBlock["elements"][number];

/** Marked words as pieces of at most `room` characters together, cut in sight; a link that is no web address is words. */
export function pieces(words: Words, room: number): Piece[] {
  const shown: Piece[] = [];
  let left = room;
  for (const part of typeof words === "string" ? [words] : words) {
    const text = withoutControls(wordsOf(part));
    const cut = clip(text, left);
    if (cut !== "") shown.push(piece(part, cut, left - cut.length));
    left -= cut === "" ? 0 : lengthOf(shown.at(-1));
    if (cut !== text) break;
  }
  return shown;
}

export function section(elements: readonly Piece[]): RichElement {
  return { type: "rich_text_section", elements: [...elements] };
}

export function bullets(items: readonly (readonly Piece[])[]): RichElement {
  return {
    type: "rich_text_list",
    style: "bullet",
    elements: items.map((item) => ({ type: "rich_text_section", elements: [...item] })),
  };
}

export function preformatted(lines: readonly string[]): RichElement {
  return {
    type: "rich_text_preformatted",
    elements: [{ type: "text", text: lines.join("\n") || " " }],
  };
}

export function boldPiece(text: string): Piece {
  return { type: "text", text, style: { bold: true } };
}

export function richText(elements: readonly RichElement[]): types.RichTextBlock {
  return { type: "rich_text", elements: [...elements] };
}

function wordsOf(part: Inline): string {
  if (typeof part === "string") return part;
  if ("bold" in part) return part.bold;
  if ("code" in part) return part.code;
  return part.text;
}

/** A link whose address has no room is shown as words: those matter more. */
function piece(part: Inline, text: string, addressRoom: number): Piece {
  if (typeof part === "string") return { type: "text", text };
  if ("bold" in part) return boldPiece(text);
  if ("code" in part) return { type: "text", text, style: { code: true } };
  const url = webAddress(part.link);
  return url === undefined || url.length > addressRoom
    ? { type: "text", text }
    : { type: "link", url, text };
}

function lengthOf(shown: Piece | undefined): number {
  return (shown?.text ?? "").length + (shown?.type === "link" ? shown.url.length : 0);
}
