import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openJsonBook, type JsonBook, type JsonBookOptions } from "../../src/stores/json-book.ts";

/** A data folder of a test's own, and what the operator was told there. */
export interface BookFolder {
  readonly dir: string;
  readonly told: string[];
  /** Opens the book; it is closed when the test ends. */
  readonly open: (options?: JsonBookOptions) => Promise<JsonBook>;
  /** A path in the folder. */
  readonly at: (...names: readonly string[]) => string;
}

export function bookFolder(): BookFolder {
  // In memory where there is such a place: nobody cuts the power here, and syncs of other tests are not waited for.
  const parent = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const root = mkdtempSync(join(parent, "pulse-book-"));
  const dir = join(root, "live");
  const told: string[] = [];
  const opened: JsonBook[] = [];
  onTestFinished(async () => {
    for (const book of opened) await book.close();
    rmSync(root, { recursive: true, force: true });
  });
  return {
    dir,
    told,
    async open(options = {}) {
      const book = await openJsonBook(dir, {
        onNotice: (sentence) => told.push(sentence),
        ...options,
      });
      opened.push(book);
      return book;
    },
    at: (...names) => join(dir, ...names),
  };
}
