import { crc32 } from "node:zlib";
import { jsonOf } from "./sealed-part.ts";

/**
 * One line of a file that can be judged by itself: CRC-32 in hex, a blank, JSON, a line feed. `depth` is how deep sealed
 * parts may lie in it.
 */
export function checkedLine(value: unknown, depth = 0): string {
  const json = jsonOf(value, depth);
  return `${hex(crc32(json))} ${json}\n`;
}

/** The line's value, or undefined when its checksum is not its own. Takes the line without its line feed. */
export function parseCheckedLine(line: Buffer): unknown {
  if (line.length < 10 || line[8] !== 0x20) return undefined;
  const json = line.subarray(9);
  if (line.toString("latin1", 0, 8) !== hex(crc32(json))) return undefined;
  try {
    const value: unknown = JSON.parse(json.toString("utf8"));
    return value;
  } catch {
    return undefined;
  }
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, "0");
}

/** Each line of a file with where it begins; `whole` is false for an end without a line feed. */
export function* linesIn(
  bytes: Buffer,
  from = 0,
): Generator<{ readonly at: number; readonly line: Buffer; readonly whole: boolean }> {
  let at = from;
  while (at < bytes.length) {
    const end = bytes.indexOf(0x0a, at);
    const whole = end !== -1;
    yield { at, line: bytes.subarray(at, whole ? end : bytes.length), whole };
    at = whole ? end + 1 : bytes.length;
  }
}
