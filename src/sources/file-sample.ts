import { Fault } from "../fault.ts";
import { columnName } from "./csv/reader.ts";
import { csvColumns } from "./csv/text.ts";
import { jsonText } from "./json-text.ts";
import type { FileSample } from "./source.ts";

/** Characters of a file's beginning that sources look at. */
export const HEAD_CHARS = 8_192;

/** Whether a text begins as JSON does. */
export function looksJson(head: string): boolean {
  return /^\s*[[{]/.test(head.replace("\uFEFF", ""));
}

/**
 * What sources look at to recognise a file. `start` is its beginning; `whole`, its whole text, is only needed where that is
 * JSON. Throws a Fault (`bad_file`) for JSON that cannot be read.
 */
export function fileSample(name: string, start: string, whole?: string): FileSample {
  const head = start.replace("\uFEFF", "").slice(0, HEAD_CHARS);
  return {
    name,
    head,
    header: looksJson(head) || head.trimStart().startsWith("<") ? [] : headerOf(head),
    json: looksJson(head) && whole !== undefined ? jsonText(whole) : undefined,
  };
}

function headerOf(head: string): readonly string[] {
  try {
    return csvColumns(head.split(/[\r\n]/, 1)[0] ?? "", () => new Set()).header;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return [];
  }
}

/** Whether a header has all of these columns, by their plain names (`columnName`). */
export function hasColumns(header: readonly string[], needed: readonly string[]): boolean {
  const names = new Set(header.map(columnName));
  return needed.every((name) => names.has(name));
}
