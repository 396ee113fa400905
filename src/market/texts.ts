import { memoryColumn } from "./column.ts";
import type { Column, ColumnsOf } from "./column.ts";

export const TEXTS_LAYOUT = { bytes: "u8", ends: "i32" } as const;

/** Numbered texts: UTF-8 in one run of bytes, text i ends before byte `ends[i]`. */
export type Texts = ColumnsOf<typeof TEXTS_LAYOUT>;

const decoder = new TextDecoder();

export function textAt({ bytes, ends }: Texts, index: number): string {
  return decoder.decode(bytes.slice(index === 0 ? 0 : ends.at(index - 1), ends.at(index)));
}

/** Every text, in order of their numbers. */
export function allTexts(texts: Texts): string[] {
  return Array.from({ length: texts.ends.length }, (_, index) => textAt(texts, index));
}

/**
 * An index of distinct texts: each number, plus one, stands in the slot of its text's hash or the next free one after it
 * (open addressing, half the slots stay free). To find a text costs about one look, in memory as in a file.
 */
export function slotsOf(texts: readonly string[]): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * texts.length + 1)));
  texts.forEach((text, index) => {
    let slot = hashOf(text) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = index + 1;
  });
  return slots;
}

/** The number of a text; -1 when it is not there. */
export function indexOf(
  slots: Column<Int32Array<ArrayBuffer>>,
  wanted: string,
  textOf: (index: number) => string,
): number {
  for (let slot = hashOf(wanted) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
    const index = slots.at(slot) - 1;
    if (index < 0 || textOf(index) === wanted) return index;
  }
}

/** FNV-1a over code units, its high bits folded into the low ones that choose the slot. */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  return hash ^ (hash >>> 15);
}

export function textColumns(texts: readonly string[]): Texts {
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + 3 * text.length, 0));
  const ends = new Int32Array(texts.length);
  const encoder = new TextEncoder();
  let end = 0;
  texts.forEach((text, index) => {
    end += encoder.encodeInto(text, bytes.subarray(end)).written;
    ends[index] = end;
  });
  return { bytes: memoryColumn(bytes.slice(0, end)), ends: memoryColumn(ends) };
}

/** Gives each new text the next number; number 0 is "not reported". */
export function openDictionary(): {
  codeOf(text: string | null): number;
  readonly texts: readonly string[];
} {
  const codes = new Map<string, number>([["", 0]]);
  const texts = [""];
  return {
    texts,
    codeOf(text) {
      const known = codes.get(text ?? "");
      if (known !== undefined) return known;
      codes.set(text ?? "", texts.length);
      return texts.push(text ?? "") - 1;
    },
  };
}

/** The first index whose value is at least `wanted`, in values sorted upwards. */
export function lowerBound(
  sorted: Column<Int32Array<ArrayBuffer>>,
  wanted: number,
  from = 0,
  to = sorted.length,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted.at(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
