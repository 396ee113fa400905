import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { Fault } from "../fault.ts";
import { openBlockReader, type Block, type BlockReader } from "./coded-rows.ts";
import type { Batch, FactChange, ImportRecord } from "./facts-state.ts";
import { linesOf, type FileLine } from "./line-reader.ts";

/** The first line of every facts file; another one belongs to another version. */
export const FORMAT_LINE = '{"format":"market-pulse facts","version":1}';

export interface LogRead {
  /** Bytes up to the end of the last finished import. */
  readonly goodBytes: number;
  readonly goodLines: number;
  readonly size: number;
}

/**
 * Gives every finished import in order. An unfinished one can only be the end of the file; anything else
 * that does not fit is damage, and a Fault (`bad_file`) names file, line and remedy.
 */
export async function readLog(path: string, take: (batch: Batch) => void): Promise<LogRead> {
  const file = await openExisting(path);
  if (!file) return { goodBytes: 0, goodLines: 0, size: 0 };
  const reading = new Reading(path, take);
  try {
    for await (const lines of linesOf(file)) for (const line of lines) reading.take(line);
    return reading.done();
  } finally {
    await file.close();
  }
}

class Reading {
  readonly #path: string;
  readonly #give: (batch: Batch) => void;
  #lineNumber = 0;
  #bytes = 0;
  #good = { bytes: 0, lines: 0 };
  #open:
    | {
        readonly record: ImportRecord;
        readonly changes: FactChange[];
        readonly hash: Hash;
        readonly blocks: BlockReader;
      }
    | undefined;

  constructor(path: string, give: (batch: Batch) => void) {
    this.#path = path;
    this.#give = give;
  }

  done(): LogRead {
    return { goodBytes: this.#good.bytes, goodLines: this.#good.lines, size: this.#bytes };
  }

  take({ text, bytes, whole }: FileLine): void {
    this.#bytes += bytes;
    if (!whole) return;
    this.#lineNumber += 1;
    if (this.#lineNumber === 1) {
      if (text !== FORMAT_LINE)
        throw this.#damage("is not the first line of a facts file of this version");
      this.#good = { bytes: this.#bytes, lines: 1 };
      return;
    }
    const line = parseLine(text);
    if (!line) throw this.#damage("is not a line this version writes");
    if (line.kind === "begin") {
      if (this.#open) throw this.#damage("begins an import inside another");
      const hash = createHash("sha256").update(text);
      this.#open = { record: line.record, changes: [], hash, blocks: openBlockReader() };
    } else if (!this.#open) {
      throw this.#damage("belongs to no import");
    } else if (line.kind === "end") {
      this.#finish(line.lines, line.sha256);
    } else {
      this.#open.changes.push(changeIn(line, this.#open.blocks));
      this.#open.hash.update(text);
    }
  }

  #finish(lines: number, sha256: string): void {
    const { record, changes, hash } = this.#open!;
    if (lines !== changes.length)
      throw this.#damage(`closes ${lines} lines where there are ${changes.length}`);
    if (sha256 !== hash.digest("hex"))
      throw this.#damage("closes lines whose checksum is not theirs");
    try {
      this.#give({ record, changes });
    } catch (error) {
      throw this.#damage(
        `closes an import that does not fit: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    this.#open = undefined;
    this.#good = { bytes: this.#bytes, lines: this.#lineNumber };
  }

  #damage(what: string): Fault {
    const cut =
      this.#good.lines > 0
        ? `, or keep the imports before the damage: truncate -s ${this.#good.bytes} ${this.#path}`
        : "";
    return new Fault(
      "bad_file",
      `${this.#path} is damaged: line ${this.#lineNumber} ${what}. I use nothing of it rather than a part.`,
      `Put a copy of the file back${cut}`,
    );
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return undefined;
    if (code === "ELOOP")
      throw new Fault("bad_file", `${path} is a symbolic link.`, "Put the file itself there.");
    throw new Fault(
      "bad_file",
      `${path} cannot be read (${code}).`,
      "Check who owns it; nothing was changed.",
    );
  }
}

type ChangeLine =
  | Exclude<FactChange, { readonly kind: "sightings" | "pay-rows" }>
  | ({ readonly kind: "sightings" } & Block)
  | ({ readonly kind: "pay-rows" } & Block);

/** A line of the file after its first. */
export type LogLine =
  | { readonly kind: "begin"; readonly record: ImportRecord }
  | { readonly kind: "end"; readonly lines: number; readonly sha256: string }
  | ChangeLine;

function changeIn(line: ChangeLine, blocks: BlockReader): FactChange {
  if (line.kind === "sightings") return { kind: line.kind, rows: blocks.rows(line) };
  if (line.kind === "pay-rows") return { kind: line.kind, rows: blocks.rows(line) };
  return line;
}

const KINDS = new Set([
  "begin",
  "end",
  "sightings",
  "sighting",
  "version",
  "learned",
  "withdrawn",
  "seen",
  "pay-rows",
  "pay-row",
  "pay-dump",
  "entry",
  "verdict",
]);

/**
 * Undefined for anything we never wrote. The fields of a change are not looked at one by one: the checksum vouches that
 * they are the ones written, and a million schema checks would make the start slow.
 */
function parseLine(text: string): LogLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return isLogLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

function isLogLine(line: unknown): line is LogLine {
  return (
    typeof line === "object" && line !== null && "kind" in line && KINDS.has(String(line.kind))
  );
}

/** The system's name of a file error: "ENOSPC". */
export function errorCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error
    ? String(error.code)
    : "unknown";
}
