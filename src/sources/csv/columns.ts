import { openTextColumn } from "./text-column.ts";
import type { TextColumn } from "./text-column.ts";

const BLOCK_BITS = 8;
/** Rows whose cells are gone through column by column together: few enough that the places of a column stay near. */
const BLOCK_ROWS = 1 << BLOCK_BITS;

/** Where cells stand in some bytes. */
export interface CellPlaces {
  readonly bytes: Uint8Array;
  /** Whether a line feed may stand in a cell. */
  readonly mayBreak: boolean;
  /** Of each cell its first byte, the one after its last, and a hash of its text, see `placeOf`. */
  readonly places: Int32Array;
  readonly rows: number;
  /** Columns. */
  readonly width: number;
}

/** Where the places of a row's cells begin: rows stand in blocks, and in each column by column, `PLACE_STEP` from one to the next. */
export function placeOf(row: number, width: number): number {
  return placesSize(row & -BLOCK_ROWS, width) + 3 * (row & (BLOCK_ROWS - 1));
}

export const PLACE_STEP = 3 * BLOCK_ROWS;

/** Numbers that the places of so many rows take, with those to come in the last block. */
export function placesSize(rows: number, width: number): number {
  return ((rows + BLOCK_ROWS - 1) >>> BLOCK_BITS) * PLACE_STEP * width;
}

/** The columns of a table that is being read. */
export interface OpenColumns {
  take(cells: CellPlaces): void;
  /** By place in the header; undefined for one that is not kept. Nothing can be taken then. */
  done(): readonly (TextColumn | undefined)[];
}

/** Columns at these places of a header, or none. */
export function openColumns(kept: readonly boolean[]): OpenColumns {
  const columns = kept.map((isKept) => (isKept ? openTextColumn() : undefined));
  return {
    take({ bytes, mayBreak, places, rows, width }) {
      for (let row = 0; row < rows; row += BLOCK_ROWS) {
        const size = 3 * Math.min(BLOCK_ROWS, rows - row);
        let from = placeOf(row, width);
        for (const column of columns) {
          column?.add({ bytes, mayBreak, places: places.subarray(from, from + size) });
          from += PLACE_STEP;
        }
      }
    },
    done: () => columns.map((column) => column?.done()),
  };
}
