import type { Book } from "./book.ts";
import { openJsonBook } from "./json-book.ts";

/**
 * The book of a folder for one question from a shell: read without the lock, beside a running bot, and locked only for
 * the moment something changes. A commit rejects with a Fault (`conflict`) that names the bot which holds the folder.
 */
export async function borrowedBook(dir: string): Promise<Book> {
  let read: Book = await openJsonBook(dir, { readOnly: true });
  return {
    get: (table, key) => read.get(table, key),
    list: (table, prefix) => read.list(table, prefix),
    async commit(changes) {
      // What changes nothing needs no lock, and is answered beside a running bot too.
      if (typeof changes === "function" && changes().length === 0) return "done";
      const writer = await openJsonBook(dir);
      try {
        // A plan sees what it changes, and that may be newer than what was read.
        read = writer;
        return await writer.commit(changes);
      } finally {
        await writer.close();
        read = await openJsonBook(dir, { readOnly: true });
      }
    },
    close: () => read.close(),
  };
}
