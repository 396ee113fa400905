import { Fault } from "../fault.ts";

/** Deeper than this, no answer of a source is nested; a deeper one could not be kept or compared later. */
const DEPTH_MAX = 32;

/** The value of a JSON text. Throws a Fault (`bad_file`) for what is none, or is nested deeper than 32. */
export function jsonText(text: string): unknown {
  refuseDeepJson(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault(
      "bad_file",
      "This is not whole JSON.",
      "It was cut short or is something else; get it again.",
    );
  }
}

/** Looked at before parsing: ten million brackets cost seconds and hundreds of megabytes to parse, and nothing to count. */
export function refuseDeepJson(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    if (mark === 0x22) {
      at = endOfString(text, at);
    } else if (mark === 0x5b || mark === 0x7b) {
      depth += 1;
      if (depth > DEPTH_MAX)
        throw new Fault(
          "bad_file",
          `The JSON is nested deeper than ${DEPTH_MAX}.`,
          "No source I know answers like that.",
        );
    } else if (mark === 0x5d || mark === 0x7d) {
      depth -= 1;
    }
  }
}

/** The place of the closing quote; the text's end where there is none. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    if (mark === 0x5c) at += 1;
    else if (mark === 0x22) return at;
  }
  return text.length;
}
