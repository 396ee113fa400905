import type { Book, Change } from "../../../src/stores/book.ts";
import { rule, watch } from "../../contracts/book-records.ts";

/** A fixed run of commands that add, change and take away pairs of records, for trying every point of it. */
export function scriptedCommands(count: number): readonly (readonly Change[])[] {
  return Array.from({ length: count }, (_, at): readonly Change[] => {
    const name = `n${at % 7}`;
    const gone = at % 5 === 4;
    return [
      {
        table: "rules",
        key: `slack:T1|${name}`,
        value: gone ? null : rule(name, { revision: at }),
      },
      {
        table: "watches",
        key: `slack:T1|${name}`,
        value: gone ? null : watch(name, { changedAt: at }),
      },
    ];
  });
}

/** The book as one text, to be compared. */
export function textOf(book: Pick<Book, "list">): string {
  return JSON.stringify([book.list("rules"), book.list("watches")]);
}
