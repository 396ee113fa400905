import {
  clip,
  clipToWidth,
  displayWidth,
  oneLine,
  padTo,
  withoutControls,
} from "../../reply/fit.ts";
import type { Block, Meter, Words } from "../../reply/reply.ts";
import type { SlackBlock } from "./block.ts";
import { markupObject, weight } from "./block.ts";
import { bold, escaped, joined } from "./escape.ts";
import { BUDGET, LIMITS } from "./limits.ts";
import type { Piece, RichElement } from "./rich-text.ts";
import { bullets, pieces, preformatted, richText, section } from "./rich-text.ts";

/** A block of a reply as Slack blocks within a room of characters. */
export interface Dressed {
  readonly blocks: readonly SlackBlock[];
  /** Something of it is not shown, and no line in it says so. */
  readonly isMissing: boolean;
}

export type WordyBlock = Exclude<Block, { readonly kind: "chart" | "table" }>;

/** The blocks that are words and lines, shortened in sight. */
export function wordyBlock(block: WordyBlock, room: number): Dressed {
  switch (block.kind) {
    case "text":
      return rich([section(pieces(block.words, room))], block.words.length > 0);
    case "bullets":
      return bulletList(block.items, room);
    case "figures":
      return figureFields(block.items, room);
    case "meters":
      return monospaced(meterLines(block.items), room);
    case "code":
      return monospaced(codeLines(block.text), room);
  }
}

/** "… and 12 more". */
export function andMore(left: number): string {
  return `… and ${left.toLocaleString("en-US")} more`;
}

/** Lines in a fixed pitch; those without room are counted in a last line. */
export function monospaced(lines: readonly string[], room: number): Dressed {
  const { count } = countThatFits(lines, room, (line) => line.length + 1);
  const shown =
    count === lines.length ? lines : [...lines.slice(0, count), andMore(lines.length - count)];
  return rich([preformatted(shown)], true, room);
}

/** One block of rich text, or nothing where it would be empty or too long even when shortened. */
export function rich(
  elements: readonly RichElement[],
  hasWords: boolean,
  room = Number.POSITIVE_INFINITY,
): Dressed {
  const filled = elements.filter((element) => element.elements.length > 0);
  const block = richText(filled);
  if (filled.length === 0 || weight(block) > room) return { blocks: [], isMissing: hasWords };
  return { blocks: [block], isMissing: false };
}

/** How many leading items fit, keeping room for the line that counts the others. */
export function countThatFits<Item>(
  items: readonly Item[],
  room: number,
  cost: (item: Item) => number,
): { readonly count: number } {
  let used = 0;
  for (const [count, item] of items.entries()) {
    used += cost(item);
    const reserved = count === items.length - 1 ? 0 : MORE_LINE;
    if (used + reserved > room) return { count };
  }
  return { count: items.length };
}

const MORE_LINE = 30;
const LONGEST_ITEM = 600;

function bulletList(items: readonly Words[], room: number): Dressed {
  const dressed = items.map((item) => pieces(item, LONGEST_ITEM)).filter((item) => item.length > 0);
  const { count } = countThatFits(dressed, room, weight);
  const more: Piece[] =
    count === dressed.length ? [] : [{ type: "text", text: andMore(dressed.length - count) }];
  const shown = count === 0 ? [] : [bullets(dressed.slice(0, count))];
  return rich([...shown, section(more)], dressed.length > 0, room);
}

const FIGURE = 300;

/** Labels over their values, two beside each other where the window is wide. */
function figureFields(
  items: readonly { readonly label: string; readonly value: string }[],
  room: number,
): Dressed {
  const fields = items.map(({ label, value }) =>
    markupObject(
      joined(
        [bold(escaped(oneLine(label) || "–", FIGURE)), escaped(oneLine(value) || "–", FIGURE)],
        "\n",
      ),
    ),
  );
  const { count } = countThatFits(fields, room, weight);
  const more =
    count === fields.length ? [] : [markupObject(escaped(andMore(fields.length - count), FIGURE))];
  const shown = [...fields.slice(0, count), ...more];
  const blocks: SlackBlock[] = [];
  for (let at = 0; at < shown.length; at += LIMITS.fields)
    blocks.push({ type: "section", fields: shown.slice(at, at + LIMITS.fields) });
  return weight(blocks) > room ? { blocks: [], isMissing: true } : { blocks, isMissing: false };
}

const LONGEST_BAR = 15;
const WIDEST_LABEL = 24;

/** `2023  ███████████████ 12,115  4 events`: labels in one column, bars in the next. */
function meterLines(meters: readonly Meter[]): string[] {
  const labels = meters.map(({ label }) => oneLine(label));
  const width = Math.min(WIDEST_LABEL, Math.max(0, ...labels.map(displayWidth)));
  return meters.map(({ ratio, text }, at) => {
    const bar = "█".repeat(
      ratio > 0 ? Math.max(1, Math.round(Math.min(1, ratio) * LONGEST_BAR)) : 0,
    );
    const words = clipToWidth(
      withoutControls(text).replaceAll("\n", " "),
      BUDGET.codeColumns - width - LONGEST_BAR - 3,
    );
    return `${padTo(labels[at] ?? "", width)}  ${bar.padEnd(LONGEST_BAR)} ${words}`.trimEnd();
  });
}

const LONGEST_LINE = 400;

function codeLines(text: string): string[] {
  return withoutControls(text)
    .split("\n")
    .map((line) => clip(line, LONGEST_LINE));
}
