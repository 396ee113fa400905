import type { Cell, Table } from "./reply.ts";
import { cellText } from "./reply.ts";

/**
 * A table as RFC 4180 CSV with `# …` lines on top that say where it is from. Numbers are bare; a link whose words are
 * part of its address (a host) becomes the address.
 */
export function csvOf(table: Table, remarks: readonly string[]): string {
  const lines = [
    ...remarks.map((remark) => `# ${remark.replace(/\s+/g, " ")}`),
    table.columns.map((column) => field(column.title)).join(","),
    ...table.rows.map((row) => row.map((cell) => field(exact(cell))).join(",")),
    ...(table.more > 0 ? [`# and ${table.more} more rows not in this file`] : []),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

function exact(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (cell.value !== undefined) return String(cell.value);
  return cell.link?.includes(cell.text) ? cell.link : cellText(cell);
}

/** Quoted where needed, also where it would begin a line like a remark; a leading = + - @ tab or return is defused, since spreadsheets would run it as a formula. */
function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /^#|[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
