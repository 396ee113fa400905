import type { Change, Stored, TableName, Tables } from "./book.ts";
import { holds, type ChangeOf } from "./memory-book.ts";
import { orderedRows, type OrderedRows } from "./ordered-rows.ts";
import { tableNames } from "./record-schemas.ts";

/** One record as a commit leaves it: at version 0, with no value, when it is gone. */
export interface Written {
  readonly change: Change;
  readonly version: number;
}

/** Every table in memory, what is durable and nothing else. */
export interface Shelf {
  get<Name extends TableName>(table: Name, key: string): Stored<Tables[Name]> | undefined;
  list<Name extends TableName>(table: Name, prefix?: string): readonly Stored<Tables[Name]>[];
  /** Gives what takes it back. */
  put(written: Iterable<Written>): () => void;
  /** Every record, table by table, in order of keys. */
  records(): Iterable<Readonly<{ table: TableName } & Stored<unknown>>>;
}

type Rows = { readonly [Name in TableName]: OrderedRows<Stored<Tables[Name]>> };

export function openShelf(): Shelf {
  const rows: Rows = {
    rules: orderedRows(),
    digests: orderedRows(),
    watches: orderedRows(),
    settings: orderedRows(),
    marks: orderedRows(),
    slots: orderedRows(),
    posts: orderedRows(),
    audit: orderedRows(),
    buttons: orderedRows(),
  };
  return {
    get: (table, key) => rows[table].get(key),
    list: (table, prefix = "") => rows[table].startingWith(prefix),
    put(written) {
      const laid = Array.from(written, ({ change, version }) => putOne(rows, change, version));
      return () => {
        for (const takeBack of laid.reverse()) takeBack();
      };
    },
    *records() {
      for (const table of tableNames)
        for (const record of rows[table].startingWith("")) yield { table, ...record };
    },
  };
}

/** Puts one record, and gives what takes it back. */
function putOne<Name extends TableName>(
  rows: Rows,
  { table, key, value }: ChangeOf<Name>,
  version: number,
): () => void {
  const own = rows[table];
  const before = own.get(key);
  if (value === null) own.delete(key);
  else own.set(Object.freeze({ key, version, value }));
  return () => (before === undefined ? own.delete(key) : own.set(before));
}

/** Lays one commit on the shelf: what it writes, or undefined when it conflicts with what is there and nothing was laid. */
export type Lay = (changes: readonly Change[]) => readonly Written[] | undefined;

/**
 * Does work that lays commits on a shelf before they are durable, each upon those before it, and takes all back at the
 * end. Nobody else sees them: the work waits for nothing.
 */
export function drafted<Value>(shelf: Shelf, work: (lay: Lay) => Value): Value {
  const laid: (() => void)[] = [];
  const takeBack = (down: number): void => {
    while (laid.length > down) laid.pop()!();
  };
  try {
    return work((changes) => {
      const before = laid.length;
      const written: Written[] = [];
      for (const change of changes) {
        const current = shelf.get(change.table, change.key);
        if (!holds(change.expect, current)) {
          takeBack(before);
          return undefined;
        }
        const version = change.value === null ? 0 : (current?.version ?? 0) + 1;
        written.push({ change, version });
        laid.push(shelf.put([{ change, version }]));
      }
      return written;
    });
  } finally {
    takeBack(0);
  }
}
