import { openTextColumn } from "./text-column.ts";
import type { CellPlaces, TextColumn } from "./text-column.ts";

/** Rows whose cells are gone through column by column together: few enough that their places stay near. */
const TOGETHER = 512;

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
      for (let from = 0; from < rows; from += TOGETHER) {
        const to = Math.min(rows, from + TOGETHER);
        const some = {
          bytes,
          mayBreak,
          places: places.subarray(from * width, to * width),
          rows: to - from,
          width,
        };
        for (const [place, column] of columns.entries()) column?.add(some, place);
      }
    },
    done: () => columns.map((column) => column?.done()),
  };
}
