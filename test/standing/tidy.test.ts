import { expect, it } from "vitest";
import type { Log } from "../../src/log.ts";
import { silentLog } from "../../src/log.ts";
import { tidy } from "../../src/standing/tidy.ts";
import type { Change } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { post, rule } from "../contracts/book-records.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const old: Change = {
  table: "posts",
  key: "slack:T1|p",
  value: post("p", { status: "shown", settledAt: NOW - 401 * DAY_MS }),
};

it("clears away what is old once a day", async () => {
  const book = memoryBook();
  await book.commit([old]);
  const today = await tidy({ book, now: NOW, log: silentLog }, "");
  expect(book.list("posts")).toEqual([]);
  await book.commit([old]);
  expect(await tidy({ book, now: NOW + 3_600_000, log: silentLog }, today)).toBe(today);
  expect(book.list("posts")).toHaveLength(1);
  await tidy({ book, now: NOW + DAY_MS, log: silentLog }, today);
  expect(book.list("posts")).toEqual([]);
});

it("is not done for the day when the book refused it", async () => {
  const book = memoryBook();
  await book.commit([old]);
  const busy = { ...book, commit: () => Promise.resolve("conflict" as const) };
  expect(await tidy({ book: busy, now: NOW, log: silentLog }, "2026-11-21")).toBe("2026-11-21");
});

it("tells the operator of a book that files are not made for", async () => {
  const book = memoryBook();
  await book.commit(
    Array.from({ length: 10_000 }, (_, at) => ({
      table: "rules" as const,
      key: `slack:T1|r${at}`,
      value: rule(`r${at}`),
    })),
  );
  const said: string[] = [];
  const warn: Log["warn"] = (_: object, sentence?: string) => void said.push(sentence ?? "");
  const log: Log = { ...silentLog, warn };
  await tidy({ book, now: NOW, log }, "");
  expect(said).toEqual([expect.stringContaining("10,000 alerts and digests")]);
});
