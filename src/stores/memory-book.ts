import { Fault } from "../fault.ts";
import type { Book, Change, Stored, TableName, Tables } from "./book.ts";
import { sealedChange } from "./sealed.ts";

type Rows = { readonly [Name in TableName]: Map<string, Stored<Tables[Name]>> };

/** The book in memory: what every other book does, to be read in a minute. It lives as long as the process. */
export function memoryBook(): Book {
  const rows: Rows = {
    rules: new Map(),
    digests: new Map(),
    watches: new Map(),
    settings: new Map(),
    marks: new Map(),
    slots: new Map(),
    posts: new Map(),
    audit: new Map(),
    buttons: new Map(),
  };
  let closed = false;

  return {
    get: (table, key) => rows[table].get(key),
    list: (table, prefix = "") =>
      [...rows[table].values()]
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    async commit(given) {
      if (closed) throw new Fault("store_readonly", "The book is closed. Nothing was changed.");
      const changes = typeof given === "function" ? given() : given;
      // Each change sees those before it; when one does not hold, those before it are taken back.
      const undo: (() => void)[] = [];
      for (const change of changes.map(sealedChange)) {
        if (!holds(change.expect, rows[change.table].get(change.key))) {
          for (const takeBack of undo.reverse()) takeBack();
          return "conflict";
        }
        undo.push(put(rows, change));
      }
      return "done";
    },
    async close() {
      closed = true;
    },
  };
}

/** A change of one table, so that the compiler knows which records that table holds. */
export type ChangeOf<Name extends TableName> = {
  readonly [Each in Name]: {
    readonly table: Each;
    readonly key: string;
    readonly value: Tables[Each] | null;
  };
}[Name];

/** Makes one change, and gives what takes it back. */
function put<Name extends TableName>(
  rows: Rows,
  { table, key, value }: ChangeOf<Name>,
): () => void {
  const own = rows[table];
  const before = own.get(key);
  if (value === null) own.delete(key);
  else own.set(key, written(key, before, value));
  return () => {
    if (before === undefined) own.delete(key);
    else own.set(key, before);
  };
}

/** Whether what a change expects of its record is so. */
export function holds(
  expect: Change["expect"],
  before: { readonly version: number } | undefined,
): boolean {
  if (expect === undefined) return true;
  if (expect === "absent") return before === undefined;
  if (expect === "present") return before !== undefined;
  return before?.version === expect.version;
}

/** A record after one more write. Deleted and written again, it begins at version 1. */
function written<Value>(
  key: string,
  before: { readonly version: number } | undefined,
  value: Value,
): Stored<Value> {
  return Object.freeze({ key, version: (before?.version ?? 0) + 1, value });
}
