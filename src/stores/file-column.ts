import { readSync } from "node:fs";
import { piece, zeros } from "../market/column.ts";
import type { Column, Kind, Shapes } from "../market/column.ts";

/** Values read at once where one is asked for: its neighbours are asked for next. */
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
  let held: Shapes[K] | undefined;
  let heldFrom = 0;
  let reads = 0;

  /** Sees to it that the values from `from` up to `to` are among those held. */
  function hold(from: number, to: number): Shapes[K] {
    if (held !== undefined && from >= heldFrom && to <= heldFrom + held.length) return held;
    const whole =
      ++reads > READS_MAX &&
      held !== undefined &&
      length * held.BYTES_PER_ELEMENT <= WHOLE_BYTES_MAX;
    heldFrom = whole ? 0 : from - (from % BLOCK);
    return (held = read(
      heldFrom,
      whole ? length : Math.min(length, Math.max(to, heldFrom + BLOCK)),
    ));
  }

  function read(from: number, to: number): Shapes[K] {
    const values = zeros(kind, to - from);
    const bytes = new Uint8Array(values.buffer);
    for (let done = 0; done < bytes.length;) {
      const place = offset + from * values.BYTES_PER_ELEMENT + done;
      const got = readSync(fd, bytes, done, bytes.length - done, place);
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
