import type { Cell, Table } from "./reply.ts";
import { cellText } from "./reply.ts";

/**
 * How a platform counts a text: Slack by code points in some fields and JavaScript's `length` in
 * others, file names and ids by bytes.
 */
export type TextUnit = "utf16" | "codepoints" | "utf8";

/** The sign of a cut: what is missing is missed in sight. */
const CUT = "…";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const bytes = new TextEncoder();

/** How long a text is in the unit a platform counts. */
export function textLength(text: string, unit: TextUnit): number {
  if (unit === "utf16") return text.length;
  if (unit === "utf8") return bytes.encode(text).length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * A text of at most `max` units, cut in sight with "…" and never inside a character as people see
 * one (an emoji family, a letter with its accents). Half of a surrogate pair becomes U+FFFD, because
 * platforms refuse broken UTF-16. Empty where not even the "…" has room.
 */
export function clip(text: string, max: number, unit: TextUnit = "utf16"): string {
  const whole = text.toWellFormed();
  if (textLength(whole, unit) <= max) return whole;
  const room = max - textLength(CUT, unit);
  return room < 0 ? "" : prefix(whole, room, (piece) => textLength(piece, unit)).trimEnd() + CUT;
}

/**
 * Foreign text without the characters that act on its surroundings: controls, direction marks, and
 * everything invisible. Line breaks stay, tabs become blanks, and a joiner stays where it joins an emoji.
 */
export function withoutControls(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ");
  return lines.replace(INVISIBLE, "");
}

// Variation selectors 15 and 16 choose between the text and emoji form of a sign and are harmless.
const INVISIBLE =
  /(?!\n|\uFE0E|\uFE0F|(?<=\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)\u200D(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The same on one line, for a title, a label or a cell. */
export function oneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, " ").trim();
}

/** How many monospaced columns a line takes: East Asian letters and emoji take two. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** A line brought to exactly `width` columns: padded with blanks, or cut in sight. */
export function padTo(text: string, width: number, align: "left" | "right" = "left"): string {
  const fitted = clipToWidth(text, width);
  const blanks = " ".repeat(Math.max(0, width - displayWidth(fitted)));
  return align === "left" ? fitted + blanks : blanks + fitted;
}

/** A line of at most `width` columns, cut in sight. */
export function clipToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return width < 1 ? "" : prefix(text, width - 1, displayWidth).trimEnd() + CUT;
}

/**
 * A table as monospaced lines of at most `width` columns (24 or more; unbounded unless told): a head,
 * at most `maxRows` rows, then what was left out. Words are cut in sight before a column goes;
 * numbers (columns aligned right) are never cut, since half a number is a wrong number.
 */
export function tableLines(
  table: Table,
  {
    width = Infinity,
    maxRows = Infinity,
  }: { readonly width?: number; readonly maxRows?: number } = {},
): string[] {
  const rows = table.rows.slice(0, maxRows).map((row) => row.map(lineOf));
  const titles = table.columns.map(({ title }) => oneLine(title));
  const natural = titles.map((title, column) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  const widths = fitColumns(
    natural,
    // Half a day is no day, so that days are kept whole like numbers.
    table.columns.map(
      ({ align }, column) => align === "left" && !rows.every((row) => DAY.test(row[column] ?? "")),
    ),
    width,
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((columnWidth, column) =>
        padTo(cells[column] ?? "", columnWidth, table.columns[column]?.align),
      )
      .join(GAP)
      .trimEnd();
  return [
    line(titles),
    ...rows.map(line),
    ...leftOut(table, titles.slice(widths.length), rows.length, width),
  ];
}

/** What a table shows less than there is, in words: "… and 12 more rows", "2 columns not shown". */
function leftOut(
  table: Table,
  droppedTitles: readonly string[],
  shown: number,
  width: number,
): string[] {
  const lines: string[] = [];
  const missing = table.rows.length - shown + table.more;
  if (missing > 0)
    lines.push(`… and ${missing.toLocaleString("en")} more ${missing === 1 ? "row" : "rows"}`);
  if (droppedTitles.length > 0) {
    const count = `${droppedTitles.length} ${droppedTitles.length === 1 ? "column" : "columns"} not shown`;
    const named = `${count}: ${droppedTitles.join(", ")}`;
    lines.push(displayWidth(named) <= width ? named : count);
  }
  return lines;
}

const GAP = "  ";
/** A column of words keeps at least this much while others can still give. */
const NARROWEST = 8;
const DAY = /^(?:\d{4}-\d{2}-\d{2}|–|)$/;

/**
 * The widths of the leading columns that fit. The widest column of words gives first (of equals the last); when
 * none can give more, the last column goes.
 */
function fitColumns(
  natural: readonly number[],
  isWords: readonly boolean[],
  width: number,
): number[] {
  for (let kept = natural.length; kept > 1; kept--) {
    const widths = natural.slice(0, kept);
    let over = sum(widths) + GAP.length * (kept - 1) - width;
    while (over > 0) {
      const widest = widestWords(widths, isWords);
      if (widest === undefined) break;
      widths[widest]! -= 1;
      over -= 1;
    }
    if (over <= 0) return widths;
  }
  return natural.slice(0, 1).map((only) => Math.min(only, width));
}

/** The column of words with most to give; the first one names the row and gives later than its like. */
function widestWords(widths: readonly number[], isWords: readonly boolean[]): number | undefined {
  let widest: number | undefined;
  const toGive = (column: number): number => widths[column]! - (column === 0 ? NARROWEST : 0);
  for (const [column, columnWidth] of widths.entries()) {
    if (!isWords[column] || columnWidth <= NARROWEST) continue;
    if (widest === undefined || toGive(column) >= toGive(widest)) widest = column;
  }
  return widest;
}

function lineOf(cell: Cell): string {
  return oneLine(cellText(cell));
}

/** The longest run of whole graphemes from the start that measures at most `room`. */
function prefix(text: string, room: number, measure: (piece: string) => number): string {
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += measure(segment);
    if (used > room) return text.slice(0, index);
  }
  return text;
}

/** Wide and full-width ranges of Unicode's East Asian Width (UAX #11). */
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|^[0-9#*]\uFE0F?\u20E3/u;
const NO_WIDTH = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;

function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
