import { readSync } from "node:fs";
import { piece, zeros } from "../market/column.ts";
import type { Column, Kind, Shapes } from "../market/column.ts";

/** Values read at once where one is asked for: its neighbours are asked for next. */
const BLOCK = 512;
/**
 * A column asked for this often is read whole; one that would stall the bot for longer than some milliseconds is kept block by
 * block as it is read.
 */
const READS_MAX = 48;
const WHOLE_BYTES_MAX = 1 << 25;

/** An open file. Columns hold it, so that it can be closed once none of them is left. */
export interface ColumnFile {
  readonly fd: number;
}

/** Numbers resting in an open file; only what is asked for is read. Throws when the file is shorter than it was. */
export function fileColumn<K extends Kind>(
  file: ColumnFile,
  kind: K,
  offset: number,
  length: number,
): Column<Shapes[K]> {
  let held: Shapes[K] | undefined;
  let heldFrom = 0;
  let reads = 0;
  let kept: Shapes[K] | undefined;
  /** Which blocks of `kept` were read. */
  let present = new Uint8Array();

  /** Sees to it that the values from `from` up to `to` are among those held. */
  function hold(from: number, to: number): Shapes[K] {
    if (kept !== undefined) return keep(kept, from, to);
    if (held !== undefined && from >= heldFrom && to <= heldFrom + held.length) return held;
    const often = ++reads > READS_MAX && held !== undefined;
    if (often && length * held!.BYTES_PER_ELEMENT > WHOLE_BYTES_MAX) {
      // Memory that nothing was written to costs nothing yet.
      kept = zeros(kind, length);
      present = new Uint8Array(Math.ceil(length / BLOCK));
      held = undefined;
      heldFrom = 0;
      return keep(kept, from, to);
    }
    heldFrom = often ? 0 : from - (from % BLOCK);
    return (held = read(
      heldFrom,
      often ? length : Math.min(length, Math.max(to, heldFrom + BLOCK)),
    ));
  }

  /** Reads what is missing of the blocks from `from` up to `to` into their places. */
  function keep(into: Shapes[K], from: number, to: number): Shapes[K] {
    const last = Math.ceil(to / BLOCK);
    for (let block = Math.floor(from / BLOCK); block < last; block++) {
      if (present[block] === 1) continue;
      const first = block;
      while (block < last && present[block] === 0) block++;
      into.set(read(first * BLOCK, Math.min(length, block * BLOCK)), first * BLOCK);
      present.fill(1, first, block);
    }
    return into;
  }

  function read(from: number, to: number): Shapes[K] {
    const values = zeros(kind, to - from);
    const bytes = new Uint8Array(values.buffer);
    for (let done = 0; done < bytes.length;) {
      const place = offset + from * values.BYTES_PER_ELEMENT + done;
      const got = readSync(file.fd, bytes, done, bytes.length - done, place);
      if (got === 0) throw new Error("the snapshot ended early");
      done += got;
    }
    return values;
  }

  return {
    length,
    all: () => hold(0, length),
    slice(from, to) {
      const values = hold(from, to);
      return piece(values, from - heldFrom, to - heldFrom);
    },
    at: (index) => hold(index, index + 1)[index - heldFrom]!,
  };
}
