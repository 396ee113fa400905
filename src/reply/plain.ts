import { altText } from "../charts/alt-text.ts";
import { displayWidth, oneLine, padTo, tableLines, withoutControls } from "./fit.ts";
import type { Block, Meter, Reply, Table } from "./reply.ts";
import { bareText } from "./reply.ts";

export interface PlainOptions {
  /** Columns a table may take; what does not fit is cut or counted in sight. No limit unless told. */
  readonly width?: number;
  /** Buttons as `[Rows] [Chart]`, as the commands they stand for, or not at all. */
  readonly actions?: "brackets" | "commands" | "none";
}

/**
 * The plain-text twin of a reply, for notifications, terminals and screen readers. Without `width`
 * no word is lost; a link keeps its words and a chart is said in numbers. Foreign controls and
 * direction marks are taken out.
 */
export function plainText(
  reply: Reply,
  { width, actions = "brackets" }: PlainOptions = {},
): string {
  return [
    oneLine(reply.title),
    ...reply.blocks.flatMap((block) =>
      blockLines(block, width).map((line) => `${INDENT}${line}`.trimEnd()),
    ),
    ...reply.files.map(({ name }) => `Attached: ${oneLine(name)}`),
    ...reply.notes.map(oneLine),
    ...actionLines(reply, actions),
  ].join("\n");
}

const INDENT = "  ";

function blockLines(block: Block, width: number | undefined): string[] {
  switch (block.kind) {
    case "text":
      return linesOf(bareText(block.words));
    case "bullets":
      return block.items.flatMap((item) =>
        linesOf(bareText(item)).map((line, at) => (at === 0 ? `• ${line}` : `  ${line}`)),
      );
    case "figures":
      return figureLines(block.items);
    case "meters":
      return meterLines(block.items);
    case "table":
      return tableWithCaption(block, width);
    case "chart":
      return linesOf(altText(block.chart));
    case "code":
      return withoutControls(block.text).split("\n");
    default:
      return block satisfies never;
  }
}

function tableWithCaption(table: Table, width: number | undefined): string[] {
  const lines =
    width === undefined ? tableLines(table) : tableLines(table, { width: width - INDENT.length });
  const caption = oneLine(table.caption);
  return caption === "" ? lines : [caption, ...lines];
}

function figureLines(
  items: readonly { readonly label: string; readonly value: string }[],
): string[] {
  const labels = items.map(({ label }) => oneLine(label));
  const widest = Math.max(0, ...labels.map(displayWidth));
  return items.map(({ value }, at) => `${padTo(labels[at]!, widest)}  ${oneLine(value)}`);
}

/** The longest bar, in characters. */
const BAR = 15;

/** Bars with their labels aligned, and the figures behind them aligned right where each begins with one. */
function meterLines(items: readonly Meter[]): string[] {
  const labels = items.map(({ label }) => oneLine(label));
  const widest = Math.max(0, ...labels.map(displayWidth));
  const texts = alignedFigures(
    items.map(({ text }) => withoutControls(text).replaceAll("\n", " ")),
  );
  return items.map(
    ({ ratio }, at) => `${padTo(labels[at]!, widest)}  ${padTo(bar(ratio), BAR)} ${texts[at]!}`,
  );
}

/** A bar of 0 to 15 blocks; whatever is more than nothing shows at least one. */
function bar(ratio: number): string {
  if (!(ratio > 0)) return "";
  return "█".repeat(Math.max(1, Math.round(Math.min(1, ratio) * BAR)));
}

function alignedFigures(texts: readonly string[]): readonly string[] {
  const figures = texts.map((text) => /^\S*\d\S*/.exec(text)?.[0] ?? "");
  if (figures.includes("")) return texts;
  const widest = Math.max(0, ...figures.map(displayWidth));
  return texts.map(
    (text, at) => padTo(figures[at]!, widest, "right") + text.slice(figures[at]!.length),
  );
}

function actionLines(reply: Reply, style: "brackets" | "commands" | "none"): string[] {
  if (style === "none") return [];
  if (style === "commands") {
    return [
      ...reply.actions.map(
        (action) =>
          `${oneLine(action.label)}: ${oneLine("run" in action ? action.run : action.url)}`,
      ),
      ...reply.choices.flatMap(({ placeholder, options }) => [
        `${oneLine(placeholder)}:`,
        ...options.map((option) => `${INDENT}${optionWords(option)}: ${oneLine(option.run)}`),
      ]),
    ];
  }
  const buttons = reply.actions.map(({ label }) => `[${oneLine(label)}]`).join(" ");
  const menus = reply.choices.map(
    ({ placeholder, options }) =>
      `${oneLine(placeholder)}: ${options.map((option) => `[${optionWords(option)}]`).join(" ")}`,
  );
  return buttons === "" ? menus : [buttons, ...menus];
}

function optionWords({ label, detail }: Reply["choices"][number]["options"][number]): string {
  return detail === undefined ? oneLine(label) : `${oneLine(label)} (${oneLine(detail)})`;
}

function linesOf(text: string): string[] {
  return withoutControls(text).split("\n");
}
