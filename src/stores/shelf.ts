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
  put(written: Iterable<Written>): void;
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
      for (const { change, version } of written) putOne(rows, change, version);
    },
    *records() {
      for (const table of tableNames)
        for (const record of rows[table].startingWith("")) yield { table, ...record };
    },
  };
}

function putOne<Name extends TableName>(
  rows: Rows,
  { table, key, value }: ChangeOf<Name>,
  version: number,
): void {
  if (value === null) rows[table].delete(key);
  else rows[table].set(Object.freeze({ key, version, value }));
}

/** Changes laid over a shelf that are not yet durable, and that nobody else sees. */
export interface Draft {
  /** What the commit writes, or undefined when it conflicts with what is there. */
  take(changes: readonly Change[]): readonly Written[] | undefined;
}

export function draftOver(shelf: Shelf): Draft {
  /** Version by place; 0 for a record that is gone. */
  const laid = new Map<string, number>();
  return {
    take(changes) {
      const own = new Map<string, number>();
      const written: Written[] = [];
      for (const change of changes) {
        const place = `${change.table} ${change.key}`;
        const current =
          own.get(place) ?? laid.get(place) ?? shelf.get(change.table, change.key)?.version ?? 0;
        if (!holds(change.expect, current === 0 ? undefined : { version: current }))
          return undefined;
        const version = change.value === null ? 0 : current + 1;
        own.set(place, version);
        written.push({ change, version });
      }
      for (const [place, version] of own) laid.set(place, version);
      return written;
    },
  };
}
