import { altText } from "../../charts/alt-text.ts";
import type { Chart } from "../../charts/chart.ts";
import { clip, oneLine } from "../../reply/fit.ts";
import { plainText } from "../../reply/plain.ts";
import type { Block, Reply } from "../../reply/reply.ts";
import type { ContextBlock, ImageBlock, SlackBlock } from "./block.ts";
import { context, markupObject, plainObject, weight } from "./block.ts";
import type { Dressed } from "./blocks.ts";
import { andMore, countThatFits, wordyBlock } from "./blocks.ts";
import { nativeChart } from "./chart.ts";
import { controls } from "./controls.ts";
import type { Markup } from "./escape.ts";
import { escaped, plainLine, plainLines } from "./escape.ts";
import { BUDGET, LIMITS } from "./limits.ts";
import { boldPiece, richText, section } from "./rich-text.ts";
import { dataTable, tableText } from "./table.ts";

/** A reply as Slack takes it. */
export interface SlackMessage {
  /** The plain-text twin, for notifications and screen readers. */
  readonly text: Markup;
  readonly blocks: readonly SlackBlock[];
  /** Charts to draw and upload into the image block of that id, which has no `slack_file` yet. */
  readonly pictures: readonly { readonly chart: Chart; readonly blockId: string }[];
}

export interface SlackOptions {
  readonly surface: "message" | "home";
  /** Gives a short key for a command too long for a button. */
  readonly keep: (command: string) => string;
  /**
   * `native`: Slack's own charts and tables where they fit, pictures for other charts (the default).
   * `upload`: every chart a picture, every table text, for when Slack refuses its own newer blocks.
   * `none`: no picture at all; charts are said in words.
   */
  readonly picture?: "native" | "upload" | "none";
}

/**
 * A reply as one Slack message (or the app's own tab) inside every limit, shortened in sight. Pure:
 * the same reply gives the same message.
 */
export function renderSlack(reply: Reply, options: SlackOptions): SlackMessage {
  const head = heading(reply);
  const { blocks: buttons, left } = controls(reply, options.keep);
  const notes = smallPrint([...reply.notes, ...left]);
  const fixed = [head, ...notes, ...buttons];
  const body = bodyOf(
    reply.blocks,
    { characters: BUDGET.characters - weight(fixed), blocks: BUDGET.blocks - fixed.length },
    { ...options, said: reply.notes },
  );
  return {
    text: escaped(plainText(reply, { actions: "none" }) || "…", BUDGET.text),
    blocks: [head, ...body.blocks, ...notes, ...buttons],
    pictures: body.pictures,
  };
}

const LONGEST_TITLE = 2_000;

/** A headline; what could not be answered is told apart by its sign and by not shouting. */
function heading({ title, reason }: Reply): SlackBlock {
  const line = oneLine(title) || "…";
  if (reason !== undefined)
    return { type: "section", text: markupObject(escaped(`⚠️ ${line}`, LONGEST_TITLE)) };
  if (line.length <= LIMITS.header)
    return { type: "header", text: plainObject(plainLine(line, LIMITS.header)) };
  return richText([section([boldPiece(clip(line, LONGEST_TITLE))])]);
}

const LONGEST_NOTE = 500;

function smallPrint(notes: readonly string[]): readonly ContextBlock[] {
  const lines = notes
    .map((note) => clip(oneLine(note), LONGEST_NOTE))
    .filter((line) => line !== "");
  if (lines.length === 0) return [];
  const { count } = countThatFits(lines, BUDGET.notes, (line) => line.length + 1);
  const shown =
    count === lines.length
      ? lines
      : [...lines.slice(0, count), `${andMore(lines.length - count)} notes`];
  return [context(plainLines(shown.join("\n"), BUDGET.notes))];
}

interface Room {
  readonly characters: number;
  readonly blocks: number;
}

/** What every later block may count on while an earlier one is long. */
const FAIR_SHARE = 300;
/** Kept for the line that says how many parts are missing. */
const PARTS_LINE = 60;

interface Dressing extends SlackOptions {
  /** The small print below: what stands there is not said twice. */
  readonly said: readonly string[];
}

function bodyOf(
  blocks: readonly Block[],
  room: Room,
  options: Dressing,
): { readonly blocks: readonly SlackBlock[]; readonly pictures: SlackMessage["pictures"] } {
  const shown: SlackBlock[] = [];
  const pictures: SlackMessage["pictures"][number][] = [];
  let left = room.characters - PARTS_LINE;
  let missing = 0;
  for (const [at, block] of blocks.entries()) {
    const reserved = Math.min(
      FAIR_SHARE * (blocks.length - at - 1),
      Math.max(0, left - FAIR_SHARE),
    );
    const dressed = dress(block, left - reserved, shown, pictures.length, options);
    const merged = merge(shown, dressed.blocks);
    if (merged.length > room.blocks - 1) {
      missing += blocks.length - at;
      break;
    }
    if (dressed.isMissing) missing += 1;
    if (block.kind === "chart") pictures.push(...picturesIn(block.chart, dressed.blocks));
    left -= weight(dressed.blocks);
    shown.splice(0, shown.length, ...merged);
  }
  const line =
    missing === 0
      ? []
      : [
          context(
            plainLine(
              `${andMore(missing)} ${missing === 1 ? "part" : "parts"} of this answer`,
              PARTS_LINE,
            ),
          ),
        ];
  return { blocks: [...shown, ...line], pictures };
}

function dress(
  block: Block,
  room: number,
  before: readonly SlackBlock[],
  pictures: number,
  options: Dressing,
): Dressed {
  const isNative = (options.picture ?? "native") === "native";
  if (block.kind === "chart") return dressChart(block.chart, room, before, pictures, options);
  if (block.kind !== "table") return wordyBlock(block, room);
  const tables = before.filter(({ type }) => type === "data_table");
  const tableRoom = Math.min(room, BUDGET.tableCharacters - weight(tables));
  return (
    (isNative && tables.length < BUDGET.dataTables ? dataTable(block, tableRoom) : undefined) ??
    tableText(block, room)
  );
}

function dressChart(
  chart: Chart,
  room: number,
  before: readonly SlackBlock[],
  pictures: number,
  { surface, picture = "native", said }: Dressing,
): Dressed {
  const words = altText(chart);
  if (surface === "home" || picture === "none") return wordyBlock({ kind: "text", words }, room);
  const charts = before.filter(({ type }) => type === "data_visualization").length;
  const native =
    picture === "native" && charts < LIMITS.charts ? nativeChart(chart, said) : undefined;
  if (native !== undefined && weight(native) <= room) return { blocks: native, isMissing: false };
  const image: ImageBlock = {
    type: "image",
    block_id: `picture-${pictures + 1}`,
    alt_text: plainLine(words, Math.min(LIMITS.imageAlt, LIMITS.uploadAlt)),
  };
  return weight(image) <= room
    ? { blocks: [image], isMissing: false }
    : wordyBlock({ kind: "text", words }, room);
}

function picturesIn(chart: Chart, blocks: readonly SlackBlock[]): SlackMessage["pictures"] {
  return blocks.flatMap((block) =>
    block.type === "image" ? [{ chart, blockId: block.block_id }] : [],
  );
}

/** Neighbouring rich texts share one block: a message has few. */
function merge(shown: readonly SlackBlock[], more: readonly SlackBlock[]): readonly SlackBlock[] {
  const [first, ...rest] = more;
  const last = shown.at(-1);
  if (first?.type !== "rich_text" || last?.type !== "rich_text") return [...shown, ...more];
  return [...shown.slice(0, -1), richText([...last.elements, ...first.elements]), ...rest];
}
