import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FromColumns, SentCells, ToColumns } from "./columns-worker.ts";
import { placesSize } from "./columns.ts";
import type { CellPlaces } from "./columns.ts";
import type { TextColumn } from "./text-column.ts";

/** Batches of cells on their way to the thread and back, half a megabyte each. */
const SENT_MAX = 6;

/** Columns that a thread of their own makes while the cells of the next records are found. */
export interface ColumnsInThread {
  take(cells: CellPlaces): void;
  /** Resolves when more can be taken without filling memory. Rejects when the thread has failed. */
  ready(): Promise<void>;
  /** As `OpenColumns`; rejects when the thread has failed. */
  done(): Promise<readonly (TextColumn | undefined)[]>;
  /** Ends the thread. Safe to call twice. */
  close(): Promise<void>;
}

/** Columns at these places of a header, or none. */
export function openColumnsInThread(kept: readonly boolean[]): ColumnsInThread {
  const thread = new Worker(new URL("./columns-worker.ts", import.meta.url), {
    // Its work is in a few long arrays; it makes next to no objects.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
  const made = Promise.withResolvers<readonly (TextColumn | undefined)[]>();
  // Heard by whoever waits.
  made.promise.catch(() => {});
  /** What came back and can be filled anew. */
  const free: SentCells[] = [];
  let away = 0;
  let isDone = false;
  thread
    .on("error", made.reject)
    .on("exit", () => made.reject(new Error("the thread that makes columns ended")))
    .on("message", (said: FromColumns) => {
      if ("columns" in said) {
        isDone = true;
        return made.resolve(said.columns.map(asBuffers));
      }
      free.push(said.taken);
      away -= 1;
    });
  tell({ kept });

  function tell(what: ToColumns, buffers: ArrayBuffer[] = []): void {
    thread.postMessage(what, buffers);
  }

  return {
    take({ bytes, mayBreak, places, rows, width }) {
      const used = free.pop();
      const sent = {
        bytes: filled(used?.bytes ?? new Uint8Array(0), bytes, bytes.length),
        places: filled(used?.places ?? new Int32Array(0), places, placesSize(rows, width)),
      };
      away += 1;
      tell({ cells: { ...sent, mayBreak, rows, width } }, [sent.bytes.buffer, sent.places.buffer]);
    },
    async ready() {
      if (away >= SENT_MAX) await Promise.race([once(thread, "message"), made.promise]);
    },
    done() {
      tell({ done: true });
      return made.promise;
    },
    async close() {
      // Having answered, it ends by itself: stopping a thread is where Node itself may crash (nodejs/node#56312).
      if (!isDone) await thread.terminate();
    },
  };
}

/** The first numbers of another array in this one, or in a longer one where it is too short. */
function filled<Values extends Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  into: Values,
  from: Uint8Array | Int32Array,
  length: number,
): Values;
function filled(
  into: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  from: Uint8Array | Int32Array,
  length: number,
): Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
  const enough =
    into.length >= length
      ? into
      : into instanceof Int32Array
        ? new Int32Array(length + (length >> 2))
        : new Uint8Array(length + (length >> 2));
  enough.set(from.subarray(0, length));
  return enough;
}

/** A thread gives bytes away as arrays, of which texts are read less fast. */
function asBuffers(column: TextColumn | undefined): TextColumn | undefined {
  return (
    column && {
      ...column,
      pieces: column.pieces.map((piece) =>
        Buffer.from(piece.buffer, piece.byteOffset, piece.length),
      ),
    }
  );
}
