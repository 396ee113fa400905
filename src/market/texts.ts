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

/** The number of a text among texts sorted by code unit (JavaScript's `<`); -1 when it is not there. */
export function sortedIndexOf(texts: Texts, wanted: string): number {
  let low = 0;
  let high = texts.ends.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const text = textAt(texts, middle);
    if (text === wanted) return middle;
    if (text < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
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
