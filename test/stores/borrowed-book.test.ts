import { expect, it } from "vitest";
import { borrowedBook } from "../../src/stores/borrowed-book.ts";
import { openJsonBook } from "../../src/stores/json-book.ts";
import { putWatch, watch } from "../contracts/book-records.ts";
import { bookFolder } from "./book-folder.ts";

it("a plan is made upon what is there when the folder is held, not upon what was read before", async () => {
  const { dir, open } = bookFolder();
  const bot = await open();
  await bot.commit([putWatch(watch("a"))]);
  const book = await borrowedBook(dir);
  await bot.commit([putWatch(watch("b"))]);
  await bot.close();
  const seen: number[] = [];
  await book.commit(() => {
    seen.push(book.list("watches").length);
    return [putWatch(watch("c"), "absent")];
  });
  expect(seen.at(-1)).toBe(2);
  expect(book.list("watches").map(({ value }) => value.name)).toEqual(["a", "b", "c"]);
  await book.close();
  expect((await openJsonBook(dir, { readOnly: true })).list("watches")).toHaveLength(3);
});

it("beside a running bot a plan with nothing to change is done, and one that changes is refused", async () => {
  const { dir, open } = bookFolder();
  const bot = await open();
  const book = await borrowedBook(dir);
  expect(await book.commit(() => [])).toBe("done");
  await expect(book.commit(() => [putWatch(watch("a"))])).rejects.toMatchObject({
    reason: "running",
  });
  expect(bot.list("watches")).toEqual([]);
  await book.close();
});
