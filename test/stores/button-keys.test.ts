import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bookKeys, memoryKeys } from "../../src/stores/button-keys.ts";
import { openJsonBook } from "../../src/stores/json-book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";

const long = `/layoffs ${"a".repeat(200)}`;
const never = (error: unknown) => {
  throw error;
};

describe("commands under short keys", () => {
  it("survive a restart, and the same command keeps its key", async () => {
    const dir = mkdtempSync(join(tmpdir(), "pulse-buttons-"));
    const first = await openJsonBook(dir);
    const keys = bookKeys(first, () => 1, never);
    const key = keys.keep(long);
    expect(keys.keep(long)).toBe(key);
    expect(key).toMatch(/^[\w-]{16}$/);
    await first.close();
    const second = await openJsonBook(dir);
    expect(bookKeys(second, () => 2, never).recall(key)).toBe(long);
    expect(bookKeys(second, () => 2, never).recall("constructor")).toBeUndefined();
    await second.close();
  });
  it("forget the oldest past their number", () => {
    const keys = memoryKeys();
    const first = keys.keep("/first");
    for (let index = 0; index < 5_000; index++) keys.keep(`/other ${index}`);
    expect(keys.recall(first)).toBeUndefined();
  });
  it("are known at once, and a book that refuses to write is told of and stops nobody", async () => {
    const told: unknown[] = [];
    const book = memoryBook();
    const keys = bookKeys(
      {
        ...book,
        commit: async () => {
          throw new Error("full");
        },
      },
      () => 1,
      (error) => told.push(error),
    );
    expect(keys.recall(keys.keep(long))).toBe(long);
    await new Promise((done) => setImmediate(done));
    expect(told).toHaveLength(1);
  });
});
