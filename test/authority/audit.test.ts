import { constantFrom, integer, property, assert as holds } from "fast-check";
import { describe, expect, it } from "vitest";
import { auditChange, auditLines, rewrittenAudit, verifyAudit } from "../../src/authority/audit.ts";
import { expired } from "../../src/stores/expired.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Book, Stored } from "../../src/stores/book.ts";
import type { Audit } from "../../src/stores/records.ts";

const entry = {
  at: 1_000,
  tenant: "slack:T1",
  actor: "U1",
  act: "watch-add",
  object: "@bigtech",
  before: null,
  after: "google",
  outcome: "done",
} as const;

async function bookOf(lines: number): Promise<Book> {
  const book = memoryBook();
  for (let at = 1; at <= lines; at++) await book.commit([auditChange(book, { ...entry, at })]);
  return book;
}

describe("the log of changes", () => {
  it("is whole as it was written, and starts at one", async () => {
    const book = await bookOf(12);
    expect(verifyAudit(auditLines(book, "slack:T1"))).toEqual({
      intact: true,
      lines: 12,
      first: 1,
    });
    expect(verifyAudit([])).toEqual({ intact: true, lines: 0, first: 1 });
  });
  it("is each tenant's own, even where one key begins like another", async () => {
    const book = await bookOf(2);
    await book.commit([auditChange(book, { ...entry, tenant: "slack:T12" })]);
    expect(auditLines(book, "slack:T1")).toHaveLength(2);
    expect(auditLines(book, "slack:T12")).toHaveLength(1);
  });
  it("never forks: of two changes at once the second conflicts", async () => {
    const book = await bookOf(1);
    const [one, other] = [auditChange(book, entry), auditChange(book, { ...entry, actor: "U2" })];
    expect(await book.commit([one])).toBe("done");
    expect(await book.commit([other])).toBe("conflict");
  });
  it("is in order of writing when the clock goes back", async () => {
    const book = await bookOf(3);
    await book.commit([auditChange(book, { ...entry, at: -5 })]);
    expect(auditLines(book, "slack:T1").at(-1)?.value.at).toBe(-5);
    expect(verifyAudit(auditLines(book, "slack:T1")).intact).toBe(true);
  });
  it("does not cut an id in half", async () => {
    const book = memoryBook();
    const after = Array.from({ length: 60 }, (_, index) => `U${1000 + index}`).join(",");
    await book.commit([auditChange(book, { ...entry, after })]);
    const kept = auditLines(book, "slack:T1")[0]!.value.after!;
    expect(kept.length).toBeLessThanOrEqual(200);
    for (const id of kept.replace("…", "").split(",").filter(Boolean)) expect(after).toContain(id);
    expect(kept).toMatch(/U\d{4},…$/);
  });
});

describe("old lines", () => {
  const DAY_MS = 86_400_000;
  /** What is old enough to go on a day. */
  const old = (book: Book, day: number) =>
    expired({ posts: [], slots: [], audit: book.list("audit") }, day * DAY_MS);
  it("go after 400 days, and what stays is whole", async () => {
    const book = memoryBook();
    for (let day = 0; day < 10; day++)
      await book.commit([auditChange(book, { ...entry, at: day * DAY_MS })]);
    expect(old(book, 399)).toEqual([]);
    await book.commit(old(book, 404));
    expect(verifyAudit(auditLines(book, "slack:T1"))).toEqual({ intact: true, lines: 5, first: 6 });
  });
  it("leave the newest behind, so that numbers never begin anew", async () => {
    const book = await bookOf(3);
    await book.commit(old(book, 10_000));
    await book.commit([auditChange(book, entry)]);
    expect(verifyAudit(auditLines(book, "slack:T1"))).toEqual({ intact: true, lines: 2, first: 3 });
  });
});

describe("a log that was touched", () => {
  const damages: Readonly<
    Record<string, (lines: Stored<Audit>[], at: number) => readonly Stored<Audit>[]>
  > = {
    "taken out": (lines, at) => lines.toSpliced(at, 1),
    "moved up": (lines, at) => lines.toSpliced(at, 2, lines[at + 1]!, lines[at]!),
    "another actor": (lines, at) => said(lines, at, { actor: "U9" }),
    "another outcome": (lines, at) => said(lines, at, { outcome: "refused" }),
    "another value": (lines, at) => said(lines, at, { after: "meta" }),
    "another time": (lines, at) => said(lines, at, { at: 7_777 }),
  };
  function said(lines: Stored<Audit>[], at: number, part: Partial<Audit>) {
    return lines.map((line, index) =>
      index === at ? { ...line, value: { ...line.value, ...part } } : line,
    );
  }
  it("is found out wherever a line is followed by another", async () => {
    const lines = [...auditLines(await bookOf(20), "slack:T1")];
    holds(
      property(constantFrom(...Object.keys(damages)), integer({ min: 1, max: 18 }), (name, at) => {
        expect(verifyAudit(damages[name]!(lines, at)).intact).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
  it("tells how far back it reaches once old lines were tidied away", async () => {
    const lines = auditLines(await bookOf(20), "slack:T1").slice(8);
    expect(verifyAudit(lines)).toEqual({ intact: true, lines: 12, first: 9 });
  });
});

it("said anew without a person the log is whole again, and says so in a last line", async () => {
  const book = await bookOf(5);
  const note = { ...entry, act: "privacy-me", actor: "forgotten-1" };
  expect(
    await book.commit(rewrittenAudit(book, (line) => ({ ...line, actor: "forgotten-1" }), note)),
  ).toBe("done");
  const lines = auditLines(book, "slack:T1");
  expect(verifyAudit(lines)).toEqual({ intact: true, lines: 6, first: 1 });
  expect(new Set(lines.map(({ value }) => value.actor))).toEqual(new Set(["forgotten-1"]));
  expect(lines.at(-1)?.value.act).toBe("privacy-me");
});
