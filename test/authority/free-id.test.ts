import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { freeId } from "../../src/authority/free-id.ts";
import { postKeys } from "../../src/delivery/post-key.ts";
import type { Book, Change } from "../../src/stores/book.ts";
import { expired } from "../../src/stores/expired.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { digestOf, postOf, ruleOf } from "./records.ts";

const tenant = "slack:T1";
const DAY_MS = 86_400_000;
const target = { platform: "slack", tenant, kind: "channel", id: "C1" } as const;

/** The id that a digest or rule has where nobody was before it, worked out apart. */
function firstId(letter: "d" | "r", step = 0): string {
  const number = Number.parseInt(createHash("sha256").update("a|b").digest("hex").slice(0, 4), 16);
  return letter + (((number + step) % 65_536) + 65_536).toString(16).slice(1);
}

const digest = (id: string): Change => ({
  table: "digests",
  key: `${tenant}|${id}`,
  value: digestOf({ id, tenant, owner: "U1" }),
});
const rule = (id: string): Change => ({
  table: "rules",
  key: `${tenant}|${id}`,
  value: ruleOf({ id, tenant, owner: "U1" }),
});
const line = (object: string, number = 1, act = "digest-delete"): Change => ({
  table: "audit",
  key: `${tenant}|${String(number).padStart(12, "0")}`,
  value: {
    at: 1,
    tenant,
    actor: "U1",
    act,
    object,
    before: null,
    after: null,
    outcome: "done",
    previous: "",
  },
});
const slot = (id: string): Change => ({
  table: "slots",
  key: `${tenant}|${id}|2026-W10`,
  value: {
    digest: id,
    tenant,
    period: "2026-W10",
    dueAt: 1,
    status: "posted",
    reason: null,
    at: 1,
  },
});
const post = (postKey: string): Change => ({
  table: "posts",
  key: `${tenant}|${postKey}`,
  value: postOf({ postKey, tenant, target }),
});

async function bookWith(...changes: readonly Change[]): Promise<Book> {
  const book = memoryBook();
  await book.commit(changes);
  return book;
}

/** What is old enough goes, so many days after everything was written. */
async function tidied(book: Book, days: number): Promise<void> {
  const [posts, slots, audit] = [book.list("posts"), book.list("slots"), book.list("audit")];
  await book.commit(expired({ posts, slots, audit }, days * DAY_MS));
}

const idOf = (book: Book, kind: "alert" | "digest") => freeId(book, tenant, kind, ["a", "b"]);

describe("a new id", () => {
  it("is a letter and four hexadecimal digits of what makes it", async () => {
    const book = await bookWith();
    expect(idOf(book, "digest")).toBe(firstId("d"));
    expect(idOf(book, "alert")).toBe(firstId("r"));
    expect(freeId(book, tenant, "digest", ["b", "a"])).not.toBe(firstId("d"));
  });
  it("is another one where that is in use, and another tenant's or kind's use does not matter", async () => {
    const used = await bookWith(digest(firstId("d")), rule(firstId("r")), rule(firstId("r", 1)));
    expect(idOf(used, "digest")).toBe(firstId("d", 1));
    expect(idOf(used, "alert")).toBe(firstId("r", 2));
    expect(freeId(used, "slack:T12", "digest", ["a", "b"])).toBe(firstId("d"));
  });
  it.each<[string, "alert" | "digest", (id: string) => Change]>([
    ["a line of the log", "digest", (id) => line(id)],
    ["a line of the log", "alert", (id) => line(id)],
    ["a period of a digest", "digest", slot],
    ["a digest's message", "digest", (id) => post(postKeys.digest(id, 1, "2026-W10"))],
    ["an alert's message", "alert", (id) => post(postKeys.alert(id, "google", 1, "opened"))],
  ])("is none that %s (%s) still names, until that has expired", async (_what, kind, naming) => {
    const letter = kind === "digest" ? "d" : "r";
    const book = await bookWith(naming(firstId(letter)), line("@watch", 9, "watch-new"));
    expect(idOf(book, kind)).toBe(firstId(letter, 1));
    await tidied(book, 399);
    expect(idOf(book, kind)).toBe(firstId(letter, 1));
    await tidied(book, 401);
    expect(idOf(book, kind)).toBe(firstId(letter));
  });
  it("is one that is not in use where the log names every one there can be", async () => {
    const all = Array.from({ length: 65_536 }, (_, number) =>
      line(firstId("d", number), number + 1),
    );
    const book = await bookWith(...all, digest(firstId("d")), digest(firstId("d", 1)));
    expect(idOf(book, "digest")).toBe(firstId("d", 2));
  });
});
