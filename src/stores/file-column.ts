import { readSync } from "node:fs";
import { piece, zeros } from "../market/column.ts";
import type { Column, Kind, Shapes } from "../market/column.ts";

/** Values read at once for the sake of one; neighbours are asked for next. */
const BLOCK = 512;
/** A column asked for this often is read whole, unless that would stall the bot for longer than some milliseconds. */
const READS_MAX = 48;
const WHOLE_BYTES_MAX = 1 << 25;

/** Numbers resting in an open file; only what is asked for is read. Throws when the file is shorter than it was. */
export function fileColumn<K extends Kind>(
  fd: number,
  kind: K,
  offset: number,
  length: number,
): Column<Shapes[K]> {
  const width = zeros(kind, 0).BYTES_PER_ELEMENT;
  let whole: Shapes[K] | undefined;
  let block: Shapes[K] = zeros(kind, 0);
  let blockFrom = 0;
  let reads = 0;

  function read(from: number, to: number): Shapes[K] {
    const values = zeros(kind, to - from);
    const bytes = new Uint8Array(values.buffer);
    for (let done = 0; done < bytes.length;) {
      const got = readSync(fd, bytes, done, bytes.length - done, offset + from * width + done);
      if (got === 0) throw new Error("the snapshot ended early");
      done += got;
    }
    return values;
  }

  function all(): Shapes[K] {
    return (whole ??= read(0, length));
  }

  function kept(): Shapes[K] | undefined {
    if (whole === undefined && ++reads > READS_MAX && length * width <= WHOLE_BYTES_MAX)
      return all();
    return whole;
  }

  return {
    length,
    all,
    slice(from, to) {
      const known = kept();
      return known === undefined ? read(from, to) : piece(known, from, to);
    },
    at(index) {
      if (whole !== undefined) return whole[index]!;
      if (index < blockFrom || index >= blockFrom + block.length) {
        const known = kept();
        if (known !== undefined) return known[index]!;
        blockFrom = index - (index % BLOCK);
        block = read(blockFrom, Math.min(length, blockFrom + BLOCK));
      }
      return block[index - blockFrom]!;
    },
  };
}
