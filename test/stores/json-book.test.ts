import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openJsonBook } from "../../src/stores/json-book.ts";
import { bookContract } from "../contracts/book.ts";

function emptyFolder(): string {
  const root = mkdtempSync(join(tmpdir(), "pulse-book-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return join(root, "live");
}

bookContract("json", async () => {
  const dir = emptyFolder();
  let book = await openJsonBook(dir);
  return {
    book,
    async reopen() {
      await book.close();
      book = await openJsonBook(dir);
      return book;
    },
  };
});
