import { clip, oneLine, tableLines } from "../../reply/fit.ts";
import type { Cell, Table } from "../../reply/reply.ts";
import { cellText } from "../../reply/reply.ts";
import type { DataCell, DataTableBlock } from "./block.ts";
import { context, weight } from "./block.ts";
import type { Dressed } from "./blocks.ts";
import { andMore, countThatFits, monospaced, rich } from "./blocks.ts";
import { plainLine, webAddress } from "./escape.ts";
import { BUDGET, LIMITS } from "./limits.ts";
import type { Piece } from "./rich-text.ts";
import { boldPiece, pieces, richText, section } from "./rich-text.ts";

const CAPTION = 200;
const CELL = 200;
/** Rows on the first page; Slack's own 5 hides half of most answers. */
const PAGE = 10;

/** Slack's own table, which sorts and pages: as many rows as fit, the others counted. Undefined when it does not fit at all. */
export function dataTable(table: Table, room: number): Dressed | undefined {
  if (
    table.columns.length === 0 ||
    table.columns.length > LIMITS.dataTableColumns ||
    table.rows.length === 0
  )
    return undefined;
  const head: DataCell[] = table.columns.map(({ title }) => ({
    type: "raw_text",
    text: plainLine(title, CELL),
  }));
  const rows = table.rows
    .slice(0, LIMITS.dataTableRows)
    .map((row) => head.map((_, column) => dataCell(row[column] ?? "")));
  const block = (shown: readonly (readonly DataCell[])[]): DataTableBlock => ({
    type: "data_table",
    caption: plainLine(table.caption, CAPTION),
    rows: [head, ...shown],
    page_size: PAGE,
  });
  const { count } = countThatFits(rows, room - weight(block([])) - MORE_LINE, weight);
  if (count === 0) return undefined;
  const more = table.rows.length - count + table.more;
  return {
    blocks: [
      block(rows.slice(0, count)),
      ...(more === 0 ? [] : [context(plainLine(moreRows(more), CAPTION))]),
    ],
    isMissing: false,
  };
}

/** The same as monospaced lines under the caption, with the links its cells carry below. */
export function tableText(table: Table, room: number): Dressed {
  const caption =
    oneLine(table.caption) === ""
      ? []
      : [section([boldPiece(clip(oneLine(table.caption), CAPTION))])];
  if (table.rows.length === 0) {
    const none: Piece = {
      type: "text",
      text: table.more === 0 ? "No rows." : moreRows(table.more),
    };
    return rich([...caption, section([none])], true, room);
  }
  const widest = (rows: number): readonly string[] =>
    tableLines(table, { width: BUDGET.codeColumns, maxRows: rows });
  const all = widest(table.rows.length);
  // A row is about as long as the head; the loop below takes back what the estimate gave too much.
  let rows = Math.min(table.rows.length, Math.floor(room / Math.max(1, (all[0] ?? "").length)));
  const spare = (): number => room - weight(caption) - widest(rows).join("\n").length - 1;
  while (rows > 0 && spare() < 0) rows -= Math.max(1, Math.floor(rows / 10));
  if (rows <= 0) return { blocks: [], isMissing: true };
  const text = monospaced(widest(rows), Number.POSITIVE_INFINITY).blocks.flatMap((block) =>
    block.type === "rich_text" ? block.elements : [],
  );
  return rich(
    [...caption, ...text, section(linkLine(table, rows, Math.min(LINKS, spare())))],
    true,
    room,
  );
}

const MORE_LINE = 60;
const LINKS = 1_500;

function moreRows(more: number): string {
  return `${andMore(more)} ${more === 1 ? "row" : "rows"}`;
}

function dataCell(cell: Cell): DataCell {
  const text = plainLine(cellText(cell), CELL);
  if (typeof cell === "string") return { type: "raw_text", text };
  if (cell.value !== undefined && Number.isFinite(cell.value))
    return { type: "raw_number", value: cell.value, text };
  const url = cell.link === undefined ? undefined : webAddress(cell.link);
  return url === undefined
    ? { type: "raw_text", text }
    : richText([section([{ type: "link", url, text }])]);
}

/** Fixed pitch cannot carry links between its columns, so they stand below, each address once. */
function linkLine(table: Table, rows: number, room: number): Piece[] {
  const links = new Map<string, string>();
  for (const cell of table.rows.slice(0, rows).flat()) {
    const url =
      typeof cell === "string" || cell.link === undefined ? undefined : webAddress(cell.link);
    if (url !== undefined && !links.has(url))
      links.set(url, clip(oneLine(cellText(cell)), 40) || "link");
  }
  const parts = [...links].map(([link, text]) => pieces([{ link, text }, " "], link.length + 50));
  const { count } = countThatFits(parts, room, weight);
  return parts.slice(0, count).flat();
}
