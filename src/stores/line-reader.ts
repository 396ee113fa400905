import type { FileHandle } from "node:fs/promises";

export interface FileLine {
  readonly text: string;
  /** Bytes it takes in the file, its line end included. */
  readonly bytes: number;
  /** False for the rest of a file that does not end with a line end, as when a write was cut short. */
  readonly whole: boolean;
}

const CHUNK_BYTES = 1 << 20;
const LF = 0x0a;

/** The lines of a UTF-8 file from its start, some megabyte of them at a time: one await a line would cost more than the line. */
export async function* linesOf(file: FileHandle): AsyncGenerator<readonly FileLine[]> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    const lastEnd = bytes.lastIndexOf(LF) + 1;
    rest = bytes.subarray(lastEnd);
    const lines: FileLine[] = [];
    for (let start = 0; start < lastEnd;) {
      const end = bytes.indexOf(LF, start);
      lines.push({ text: bytes.toString("utf8", start, end), bytes: end + 1 - start, whole: true });
      start = end + 1;
    }
    yield lines;
  }
  if (rest.length > 0) yield [{ text: "", bytes: rest.length, whole: false }];
}
