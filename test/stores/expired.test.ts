import { describe, expect, it } from "vitest";
import type { Change, Stored } from "../../src/stores/book.ts";
import { expired } from "../../src/stores/expired.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { outgrown } from "../../src/stores/outgrown.ts";
import { audit, post, rule, slot } from "../contracts/book-records.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);

function stored<Value>(value: Value, key = "slack:T1|x"): Stored<Value> {
  return { key, version: 3, value };
}
const none = { posts: [], slots: [], audit: [] };

describe("what is old goes", () => {
  it.each<[days: number, left: "whole" | "emptied" | "gone"]>([
    [0, "whole"],
    [29, "whole"],
    [30, "emptied"],
    [399, "emptied"],
    [400, "gone"],
    [-5, "whole"],
  ])("a post settled %s days ago is %s", (days, left) => {
    const settled = post("p", { status: "shown", settledAt: NOW - days * DAY_MS });
    const [change, ...more] = expired({ ...none, posts: [stored(settled)] }, NOW);
    expect(more).toEqual([]);
    if (left === "whole") expect(change).toBeUndefined();
    else if (left === "gone") expect(change).toMatchObject({ value: null, expect: { version: 3 } });
    else {
      expect(change).toMatchObject({ value: { postKey: "p", status: "shown" } });
      expect(JSON.stringify(change)).not.toContain("Meta");
    }
  });
  it("the counts of a digest go with its words", () => {
    const said = { people: 1, events: 1, companies: 1, unknownSize: 0, byCompany: [] };
    const days = { from: "2026-10-05", to: "2026-10-11", filter: "" };
    const told = { ...days, said, seen: { people: 1, events: 1 } };
    const settled = post("p", { status: "shown", settledAt: NOW - 30 * DAY_MS, told });
    const [change] = expired({ ...none, posts: [stored(settled)] }, NOW);
    expect(change?.value).toMatchObject({ told: { ...told, said: null } });
  });
  it("a post that is not settled stays, however old", () => {
    const held = post("p", { status: "held", createdAt: 0, settledAt: null });
    expect(expired({ ...none, posts: [stored(held)] }, NOW)).toEqual([]);
  });
  it.each([
    [399, 0],
    [400, 2],
  ])("slots and audit lines of %s days ago: %s go", (days, gone) => {
    const at = NOW - days * DAY_MS;
    const lines = [stored(audit(at)), stored(audit(NOW), "slack:T1|newest")];
    const old = { posts: [], slots: [stored(slot("p", { at }))], audit: lines };
    expect(expired(old, NOW)).toHaveLength(gone);
  });
  it("the newest audit line of a tenant stays, however old", () => {
    const lines = ["a", "b"].map((key) => stored(audit(0), key));
    expect(expired({ ...none, audit: lines }, NOW).map(({ key }) => key)).toEqual(["a"]);
  });
  it("done once, nothing more is to be done", async () => {
    const book = memoryBook();
    const changes: Change[] = [31, 401].map((days) => ({
      table: "posts",
      key: `slack:T1|p${days}`,
      value: post(`p${days}`, { status: "shown", settledAt: NOW - days * DAY_MS }),
    }));
    await book.commit(changes);
    const look = () =>
      expired(
        { posts: book.list("posts"), slots: book.list("slots"), audit: book.list("audit") },
        NOW,
      );
    expect(await book.commit(look())).toBe("done");
    expect(look()).toEqual([]);
    expect(book.list("posts").map(({ value }) => value.reply.title)).toEqual([""]);
  });
});

describe("a book that has outgrown its files", () => {
  it("says nothing below ten thousand subscriptions and 16 MB", async () => {
    const book = memoryBook();
    const changes = (count: number): Change[] =>
      Array.from({ length: count }, (_, at) => ({
        table: "rules",
        key: `slack:T1|r${at}`,
        value: rule(`r${at}`),
      }));
    await book.commit(changes(9_999));
    expect(outgrown({ ...book, snapshotBytes: 16 << 20 })).toBeNull();
    await book.commit(changes(10_000));
    expect(outgrown(book)).toContain("10,000 alerts and digests");
    expect(outgrown({ ...memoryBook(), snapshotBytes: 20 << 20 })).toContain("20 MB");
  });
});
