import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { pick } from "./chance.ts";

/** One way a file gets ruined. `others` are files of the same kind, older ones and copies of before. */
interface Damage {
  readonly name: string;
  readonly apply: (bytes: Buffer, next: () => number, others: readonly Buffer[]) => Buffer | null;
}

export const DAMAGES: readonly Damage[] = [
  { name: "cut at", apply: (bytes, next) => bytes.subarray(0, pick(next, bytes.length)) },
  {
    name: "cut at the end of a line",
    apply(bytes, next) {
      const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
      return bytes.subarray(0, (ends[pick(next, ends.length)] ?? 0) + 1);
    },
  },
  {
    name: "a bit flipped",
    apply(bytes, next) {
      const flipped = Buffer.from(bytes);
      const at = pick(next, bytes.length);
      flipped[at] = flipped[at]! ^ (1 << pick(next, 8));
      return flipped;
    },
  },
  {
    name: "a line taken out",
    apply(bytes, next) {
      const lines = bytes.toString("utf8").split("\n");
      lines.splice(pick(next, lines.length), 1);
      return Buffer.from(lines.join("\n"));
    },
  },
  {
    name: "zeros for the end",
    apply(bytes, next) {
      const zeroed = Buffer.from(bytes);
      return zeroed.fill(0, pick(next, bytes.length));
    },
  },
  {
    name: "zeros after the end",
    apply: (bytes, next) => Buffer.concat([bytes, Buffer.alloc(1 + pick(next, 5_000))]),
  },
  {
    name: "an older file in its place",
    apply: (bytes, next, others) => others[pick(next, others.length)] ?? bytes,
  },
  { name: "empty", apply: () => Buffer.alloc(0) },
  { name: "null", apply: () => Buffer.from("null\n") },
  { name: "{}", apply: () => Buffer.from("{}\n") },
  { name: "a byte order mark", apply: (bytes) => Buffer.concat([Buffer.from("\uFEFF"), bytes]) },
  {
    name: "CRLF",
    apply: (bytes) => Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r\n"), "latin1"),
  },
  { name: "UTF-16", apply: (bytes) => Buffer.from(bytes.toString("utf8"), "utf16le") },
  { name: "doubled", apply: (bytes) => Buffer.concat([bytes, bytes]) },
  { name: "gone", apply: () => null },
];

export function ruin(
  path: string,
  damage: Damage,
  next: () => number,
  others: readonly Buffer[],
): void {
  const after = damage.apply(readFileSync(path), next, others);
  if (after === null) rmSync(path);
  else writeFileSync(path, after);
}
