import { TextDecoder } from "node:util";
import { cite, Fault } from "../fault.ts";

/**
 * The text of some bytes: UTF-16 by its byte order mark, else in the character set that the sender or the XML declaration
 * names, else UTF-8. Every byte is vouched for: throws a Fault (`bad_file`) for what does not fit its set, and for NULs.
 */
export function decodedText(bytes: Buffer, charset?: string): string {
  const label = markedSet(bytes) ?? charset ?? declaredSet(bytes) ?? "utf-8";
  const text = decoderOf(label)(bytes);
  if (text.includes("\0"))
    throw new Fault("bad_file", "It holds NUL bytes, so it is no text.", "Fetch or save it again.");
  return text;
}

/** The beginning of a text whose last character may be cut in two; nothing of it is vouched for. */
export function beginningOf(bytes: Buffer): string {
  return new TextDecoder(markedSet(bytes) ?? "utf-8").decode(bytes);
}

function markedSet(bytes: Buffer): string | undefined {
  const mark = bytes.toString("hex", 0, 3);
  if (mark.startsWith("fffe")) return "utf-16le";
  if (mark.startsWith("feff")) return "utf-16be";
  return mark === "efbbbf" ? "utf-8" : undefined;
}

function declaredSet(bytes: Buffer): string | undefined {
  const start = bytes.toString("latin1", 0, 200).trimStart();
  return /^<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1];
}

function decoderOf(label: string): (bytes: Buffer) => string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    throw new Fault(
      "bad_file",
      `Its character set ${cite(label)} is none I know.`,
      "UTF-8 is read everywhere.",
    );
  }
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw new Fault("bad_file", `It says it is ${decoder.encoding} and is not.`, "Get it again.");
    }
  };
}
