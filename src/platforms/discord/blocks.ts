import {
  clip,
  clipToWidth,
  displayWidth,
  oneLine,
  padTo,
  tableLines,
  withoutControls,
} from "../../reply/fit.ts";
import type { Block, Inline, Meter, Table, Words } from "../../reply/reply.ts";
import { cellText } from "../../reply/reply.ts";
import type { Fitted } from "./budget.ts";
import { clipMarked, cost, fitLines, mostThatFits } from "./budget.ts";
import { BUDGET } from "./limits.ts";
import { bold, codeBlock, escapeMarkdown, link, markdown, markedPart } from "./markdown.ts";

export type TextBlock = Exclude<Block, { readonly kind: "chart" }>;

/** One block as Discord markdown that costs at most `room`, shortened in sight; empty where there is no room at all. */
export function blockText(block: TextBlock, room: number): Fitted {
  switch (block.kind) {
    case "text":
      return wordsText(block.words, room);
    case "bullets":
      return fitLines(block.items.map(bullet), room, asLines, andMore);
    case "figures":
      return fitLines(block.items.map(figure), room, sideBySide, andMore);
    case "meters":
      return fitLines(meterLines(block.items), room, codeBlock, andMore);
    case "code":
      return fitLines(codeLines(block.text), room, codeBlock, andMore);
    case "table":
      return tableText(block, room);
    default:
      return block satisfies never;
  }
}

/** "… and 12 more". */
export function andMore(left: number): string {
  return `… and ${left.toLocaleString("en-US")} more`;
}

const LONGEST_ITEM = 600;
const LONGEST_LINE = 400;
const ONE_LINE = 120;

function asLines(lines: readonly string[]): string {
  return lines.join("\n");
}

function figure({ label, value }: { readonly label: string; readonly value: string }): string {
  return `${escapeMarkdown(oneLine(label))} ${bold(value)}`;
}

/** Short things in one line, long ones below each other. */
function sideBySide(items: readonly string[]): string {
  const line = items.join(" · ");
  return line.length <= ONE_LINE ? line : items.join("\n");
}

/** Words part by part, so that the part that no longer fits is cut inside its own marks. */
function wordsText(words: Words, room: number): Fitted {
  let text = "";
  for (const part of typeof words === "string" ? [words] : words) {
    const left = room - cost(text);
    if (cost(markedPart(part)) > left) return { text: text + cutPart(part, left), isCut: true };
    text += markedPart(part);
  }
  return { text, isCut: false };
}

function cutPart(part: Inline, room: number): string {
  if (typeof part === "string") return clipMarked(part, room, escapeMarkdown);
  if ("bold" in part) return clipMarked(part.bold, room, bold);
  if ("code" in part) return clipMarked(part.code, room, (text) => markedPart({ code: text }));
  return clipMarked(part.text, room, (text) => link(text, part.link));
}

function bullet(words: Words): string {
  const whole = markdown(words);
  // A second line of an item would leave the list.
  const text = cost(whole) <= LONGEST_ITEM ? whole : wordsText(words, LONGEST_ITEM).text;
  return `- ${text.replaceAll("\n", " ")}`;
}

function codeLines(text: string): string[] {
  return withoutControls(text)
    .split("\n")
    .map((line) => clip(line, LONGEST_LINE));
}

const LONGEST_BAR = 12;
const SHORTEST_BAR = 4;
const WIDEST_LABEL = 18;

/** `2023  ████████████ 12,115  4 events`: labels, bars and the words behind them each in a column; bars give way to words. */
function meterLines(meters: readonly Meter[]): string[] {
  const labels = meters.map(({ label }) => oneLine(label));
  const texts = rightFigures(meters.map(({ text }) => oneLine(text)));
  const labelWidth = Math.min(WIDEST_LABEL, widest(labels));
  const free = BUDGET.codeColumns - labelWidth - 3;
  const barWidth = Math.min(LONGEST_BAR, Math.max(SHORTEST_BAR, free - widest(texts)));
  return meters.map(({ ratio }, row) => {
    const label = padTo(labels[row] ?? "", labelWidth);
    return `${label}  ${bar(ratio, barWidth)} ${clipToWidth(texts[row] ?? "", free - barWidth)}`.trimEnd();
  });
}

/** Whatever is more than nothing shows at least one block. */
function bar(ratio: number, width: number): string {
  const blocks = Math.min(width, Math.max(ratio > 0 ? 1 : 0, Math.round(ratio * width)));
  return "█".repeat(blocks).padEnd(width);
}

/** Texts that all begin with a figure, with those figures in one column. */
function rightFigures(texts: readonly string[]): readonly string[] {
  const figures = texts.map((text) => /^[\d.,]+(?=\s|$)|^\?(?=\s|$)/.exec(text)?.[0] ?? "");
  if (figures.includes("")) return texts;
  const width = widest(figures);
  return texts.map((text, row) => " ".repeat(width - (figures[row] ?? "").length) + text);
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
}

/** More rows than this are a wall in a chat; they are in the file beside it. */
const ROWS = 30;
const LINKS = 10;
const LINK_LABEL = 40;

/** A table as a code block under its caption, and below it the links its cells carry, which a code block cannot. */
function tableText(table: Table, room: number): Fitted {
  const caption = bold(clip(oneLine(table.caption), 200));
  const body = (rows: number): string =>
    [caption, codeBlock(tableLines(table, { width: BUDGET.codeColumns, maxRows: rows }))]
      .filter((line) => line !== "")
      .join("\n");
  const shown = mostThatFits(Math.min(ROWS, table.rows.length), (rows) => cost(body(rows)) <= room);
  const text = body(shown);
  if (cost(text) > room) return { text: "", isCut: true };
  const links = linkLine(table, room - cost(text) - 1);
  // A table too wide for its block says so in one line more than it would have without an edge.
  const hidesColumns =
    tableLines(table, { width: BUDGET.codeColumns, maxRows: shown }).length >
    tableLines(table, { maxRows: shown }).length;
  return {
    text: links.text === "" ? text : `${text}\n${links.text}`,
    isCut: shown < table.rows.length || hidesColumns || links.isCut,
  };
}

function linkLine(table: Table, room: number): Fitted {
  const links = table.rows.flatMap((row) =>
    row.flatMap((cell, column) =>
      typeof cell === "string" || cell.link === undefined
        ? []
        : [link(linkLabel(row, column), cell.link)],
    ),
  );
  const distinct = [...new Set(links)];
  if (distinct.length === 0) return { text: "", isCut: false };
  const join = (shown: readonly string[]): string => `-# ${shown.join(" · ")}`;
  const first = distinct.slice(0, LINKS);
  const left = distinct.length - first.length;
  const fitted = fitLines(
    first,
    room - (left > 0 ? 40 : 0),
    join,
    (cut) => `${andMore(cut + left)} links`,
  );
  if (fitted.isCut || left === 0) return fitted;
  return { text: `${fitted.text} · ${andMore(left)} links`, isCut: true };
}

/** The words of a link told apart by the row they are from: "3 nytimes.com". */
function linkLabel(row: Table["rows"][number], column: number): string {
  const own = cellText(row[column] ?? "");
  const rowName = clip(oneLine(cellText(row[0] ?? "")), LINK_LABEL / 2);
  return clip(oneLine(column === 0 ? own : `${rowName} ${own}`), LINK_LABEL);
}
