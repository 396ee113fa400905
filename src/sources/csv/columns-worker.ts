import { parentPort } from "node:worker_threads";
import { openColumns } from "./columns.ts";
import type { CellPlaces, OpenColumns } from "./columns.ts";
import type { TextColumn } from "./text-column.ts";

/** What the thread is told, in this order: the columns to keep, cells, and that there are no more. */
export type ToColumns =
  | { readonly kept: readonly boolean[] }
  | { readonly cells: SentCells }
  | { readonly done: true };
export type FromColumns =
  /** Cells that were taken, to be filled anew. */
  { readonly taken: SentCells } | { readonly columns: readonly (TextColumn | undefined)[] };
export interface SentCells extends CellPlaces {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly places: Int32Array<ArrayBuffer>;
}

let columns: OpenColumns | undefined;

parentPort!.on("message", (told: ToColumns) => {
  if ("kept" in told) columns = openColumns(told.kept);
  else if ("cells" in told) {
    const { cells } = told;
    columns!.take(cells);
    answer({ taken: cells }, [cells.bytes.buffer, cells.places.buffer]);
  } else {
    const done = columns!.done();
    answer({ columns: done }, done.flatMap(buffersOf));
    // Nothing more is awaited, so that the thread ends by itself.
    parentPort!.close();
  }
});

function answer(said: FromColumns, buffers: ArrayBuffer[]): void {
  parentPort!.postMessage(said, buffers);
}

function buffersOf(column: TextColumn | undefined): ArrayBuffer[] {
  if (column === undefined) return [];
  const { codes, texts, pieces } = column;
  return [codes.buffer, texts.buffer, ...pieces.map(({ buffer }) => buffer)];
}
