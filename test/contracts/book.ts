import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/fault.ts";
import { keyOf, type Book, type Change, type TableName } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { tableNames } from "../../src/stores/record-schemas.ts";
import { audit, post, putWatch, rule, slot, watch } from "./book-records.ts";

/** A book under test: opened on nothing, and opened again on what it left. */
export interface OpenedBook {
  readonly book: Book;
  /** Closes it and opens it again; undefined for a book that does not outlive its process. */
  readonly reopen?: () => Promise<Book>;
}

/** What every book does, whatever it is made of. */
export function bookContract(name: string, open: () => Promise<OpenedBook>): void {
  describe(`${name}: the promises of a book`, () => {
    it("gives back what was written, at version 1", async () => {
      const { book } = await open();
      expect(await book.commit([putWatch(watch("ai"))])).toBe("done");
      expect(book.get("watches", "slack:T1|ai")).toEqual({
        key: "slack:T1|ai",
        version: 1,
        value: watch("ai"),
      });
      expect(book.get("watches", "slack:T1|constructor")).toBeUndefined();
      expect(book.get("watches", "__proto__")).toBeUndefined();
      await book.close();
    });

    it("keeps every kind of record as it was given", async () => {
      const opened = await open();
      let { book } = opened;
      const changes: Change[] = [
        { table: "rules", key: "slack:T1|r1", value: rule("r1") },
        { table: "watches", key: "slack:T1|ai", value: watch("ai") },
        { table: "posts", key: "slack:T1|p1", value: post("p1") },
        { table: "slots", key: "slack:T1|d1|2026-W10", value: slot("2026-W10") },
        { table: "audit", key: "slack:T1|1|1", value: audit(1) },
      ];
      await book.commit(changes);
      if (opened.reopen !== undefined) book = await opened.reopen();
      for (const { table, key, value } of changes)
        expect(book.get(table, key)?.value).toEqual(value);
      await book.close();
    });

    it("counts the writes of a record, and begins at 1 after it was deleted", async () => {
      const { book } = await open();
      const key = "slack:T1|ai";
      for (let turn = 1; turn <= 3; turn++) await book.commit([putWatch(watch("ai"))]);
      expect(book.get("watches", key)?.version).toBe(3);
      await book.commit([{ table: "watches", key, value: null }]);
      expect(book.get("watches", key)).toBeUndefined();
      await book.commit([putWatch(watch("ai"))]);
      expect(book.get("watches", key)?.version).toBe(1);
      await book.close();
    });

    it("makes all changes of a commit or none", async () => {
      const { book } = await open();
      await book.commit([putWatch(watch("old"))]);
      const outcome = await book.commit([
        putWatch(watch("new")),
        putWatch(watch("old", { owner: "U2" })),
        { table: "watches", key: "slack:T1|old", value: null },
        putWatch(watch("other"), "present"),
      ]);
      expect(outcome).toBe("conflict");
      expect(book.list("watches").map(({ key, version }) => [key, version])).toEqual([
        ["slack:T1|old", 1],
      ]);
      expect(book.get("watches", "slack:T1|old")?.value.owner).toBe("U1");
      await book.close();
    });

    it.each<{ expect: NonNullable<Change["expect"]>; before: number; outcome: string }>([
      { expect: "absent", before: 0, outcome: "done" },
      { expect: "absent", before: 1, outcome: "conflict" },
      { expect: "present", before: 0, outcome: "conflict" },
      { expect: "present", before: 2, outcome: "done" },
      { expect: { version: 2 }, before: 2, outcome: "done" },
      { expect: { version: 1 }, before: 2, outcome: "conflict" },
      { expect: { version: 1 }, before: 0, outcome: "conflict" },
    ])("expecting $expect of a record written $before times is $outcome", async (row) => {
      const { book } = await open();
      for (let turn = 0; turn < row.before; turn++) await book.commit([putWatch(watch("ai"))]);
      expect(await book.commit([putWatch(watch("ai"), row.expect)])).toBe(row.outcome);
      await book.close();
    });

    it("lets a change see those before it in the same commit", async () => {
      const { book } = await open();
      const key = "slack:T1|ai";
      expect(
        await book.commit([
          putWatch(watch("ai"), "absent"),
          putWatch(watch("ai", { owner: "U2" }), { version: 1 }),
          { table: "watches", key, value: null, expect: "present" },
          putWatch(watch("ai", { owner: "U3" }), "absent"),
        ]),
      ).toBe("done");
      expect(book.get("watches", key)).toMatchObject({ version: 1, value: { owner: "U3" } });
      await book.close();
    });

    it("lists by prefix in order of keys, one tenant never showing in another's", async () => {
      const { book } = await open();
      const names = ["b", "a", "B", "ä", "aa", "𝒜", "z"];
      for (const tenant of ["slack:T1", "slack:T10"])
        await book.commit(names.map((name) => putWatch(watch(name, { tenant }))));
      expect(book.list("watches", keyOf("slack:T1", "")).map(({ value }) => value.name)).toEqual(
        [...names].sort(),
      );
      expect(book.list("watches", "slack:T1|a").map(({ value }) => value.name)).toEqual([
        "a",
        "aa",
      ]);
      expect(book.list("watches")).toHaveLength(14);
      expect(book.list("rules")).toEqual([]);
      expect(book.list("watches", "slack:T2")).toEqual([]);
      await book.close();
    });

    it("makes a plan upon what was given before it, and lets others pass one that breaks", async () => {
      const { book } = await open();
      const key = "slack:T1|ai";
      const append = (owner: string) => () => {
        const before = book.get("watches", key);
        const companies = [...(before?.value.companies ?? []), owner];
        return [
          putWatch(
            watch("ai", { companies }),
            before === undefined ? "absent" : { version: before.version },
          ),
        ];
      };
      const outcomes = await Promise.allSettled([
        book.commit(append("a")),
        book.commit([putWatch(watch("other"))]),
        book.commit(() => {
          throw new Error(`no room beside ${book.list("watches").length}`);
        }),
        book.commit(() => [...append("lost")(), putWatch(watch("other"), "absent")]),
        book.commit(append("b")),
        book.commit(() => []),
      ]);
      expect(outcomes).toEqual([
        { status: "fulfilled", value: "done" },
        { status: "fulfilled", value: "done" },
        { status: "rejected", reason: new Error("no room beside 2") },
        { status: "fulfilled", value: "conflict" },
        { status: "fulfilled", value: "done" },
        { status: "fulfilled", value: "done" },
      ]);
      expect(book.get("watches", key)).toMatchObject({
        version: 2,
        value: { companies: ["a", "b"] },
      });
      await book.close();
    });

    it("refuses a plan that cannot be kept, and nothing else", async () => {
      const { book } = await open();
      const [unfit, fit] = await Promise.allSettled([
        book.commit(() => [{ ...putWatch(watch("ai")), key: "slack:T2|ai" }]),
        book.commit(() => [putWatch(watch("ai"))]),
      ]);
      expect(unfit).toMatchObject({ status: "rejected", reason: { reason: "internal" } });
      expect(fit).toEqual({ status: "fulfilled", value: "done" });
      await book.close();
    });

    it("of commits at once that expect the same, one is done", async () => {
      const { book } = await open();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          book.commit([putWatch(watch("ai", { owner: `U${at}` }), "absent")]),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
      expect(book.get("watches", "slack:T1|ai")?.version).toBe(1);
      await book.close();
    });

    it("keeps commits given at once in their order", async () => {
      const { book } = await open();
      const writes = Array.from({ length: 50 }, (_, at) =>
        book.commit([putWatch(watch("ai", { changedAt: at }))]),
      );
      await Promise.all(writes);
      expect(book.get("watches", "slack:T1|ai")).toMatchObject({
        version: 50,
        value: { changedAt: 49 },
      });
      await book.close();
    });

    it("keeps what it holds from being changed by who gave it or who reads it", async () => {
      const { book } = await open();
      const companies = ["Google"];
      await book.commit([putWatch(watch("ai", { companies }))]);
      companies.push("Meta");
      const held = book.get("watches", "slack:T1|ai")!;
      expect(held.value.companies).toEqual(["Google"]);
      expect(() => Object.assign(held, { version: 9 })).toThrow(TypeError);
      expect(() => Object.assign(held.value, { owner: "U9" })).toThrow(TypeError);
      expect(() => Object.assign(held.value.companies, { 0: "X" })).toThrow(TypeError);
      await book.close();
    });

    it("refuses what could not be read back, and changes nothing", async () => {
      const { book } = await open();
      let deep: object = {};
      for (let depth = 0; depth < 40; depth++) deep = { deep };
      const unfit: object[] = [
        { ...putWatch(watch("ai")), key: "slack:T2|ai" },
        { ...putWatch(watch("ai")), key: "" },
        { table: "watches", key: "slack:T1|ai", value: { ...watch("ai"), more: 1 } },
        { table: "watches", key: "slack:T1|ai", value: { ...watch("ai"), changedAt: "now" } },
        { table: "nothing", key: "slack:T1|ai", value: watch("ai") },
        {
          table: "posts",
          key: "slack:T1|p",
          value: { ...post("p"), reply: { ...post("p").reply, figures: { deep } } },
        },
        {
          table: "posts",
          key: "slack:T1|p",
          value: {
            ...post("p"),
            reply: { ...post("p").reply, figures: JSON.parse('{"__proto__":1}') },
          },
        },
      ];
      for (const change of unfit) {
        const changes = [putWatch(watch("before")), asChange(change)];
        await expect(book.commit(changes)).rejects.toThrow(Fault);
        await expect(book.commit(changes)).rejects.toMatchObject({ reason: "internal" });
      }
      expect(tableNames.flatMap((table) => book.list(table))).toEqual([]);
      await book.close();
    });

    it("puts odd text and numbers into what can be kept", async () => {
      const { book } = await open();
      const odd = {
        ...post("odd"),
        reply: { ...post("odd").reply, title: "a\uD800b", figures: { none: Number.NaN, zero: -0 } },
      };
      await book.commit([{ table: "posts", key: "slack:T1|odd", value: odd }]);
      const { title, figures } = book.get("posts", "slack:T1|odd")!.value.reply;
      expect(title).toBe("a\uFFFDb");
      expect(figures).toStrictEqual({ none: null, zero: 0 });
      await book.close();
    });

    it("takes an empty commit, and none after it is closed", async () => {
      const { book } = await open();
      expect(await book.commit([])).toBe("done");
      await book.close();
      await expect(book.commit([putWatch(watch("ai"))])).rejects.toThrow(/closed/);
      await book.close();
    });

    it("goes through any run of commits as the book in memory does", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          const opened = await open();
          const model = memoryBook();
          let { book } = opened;
          for (const { kind, commits } of steps) {
            if (kind === "reopen" && opened.reopen !== undefined) book = await opened.reopen();
            const outcomes = await Promise.all(
              commits.map((changes, at) => book.commit(at % 2 === 0 ? changes : () => changes)),
            );
            const wanted = [];
            for (const changes of commits) wanted.push(await model.commit(changes));
            expect(outcomes).toEqual(wanted);
            expect(contentsOf(book)).toEqual(contentsOf(model));
          }
          if (opened.reopen !== undefined) book = await opened.reopen();
          expect(contentsOf(book)).toEqual(contentsOf(model));
          await book.close();
        }),
        { numRuns: 40, interruptAfterTimeLimit: 5_000, markInterruptAsFailure: false },
      );
    });
  });
}

/** Untyped on purpose: what a caller without a compiler might give. */
function asChange(value: unknown): Change {
  const changes: Change[] = [];
  Reflect.set(changes, 0, value);
  return changes[0]!;
}

/** Everything in a book, by table, in order. */
export function contentsOf(book: Pick<Book, "list">): unknown {
  return tableNames.map((table: TableName) => [table, book.list(table)]);
}

const expectation = fc.constantFrom<Change["expect"][]>(
  undefined,
  undefined,
  "absent",
  "present",
  { version: 1 },
  { version: 2 },
);

const change: fc.Arbitrary<Change> = fc
  .record({
    name: fc.constantFrom("a", "b", "ab", "ä", "__proto__", "a\uD800"),
    table: fc.constantFrom("watches" as const, "rules" as const),
    gone: fc.boolean(),
    owner: fc.string({ unit: "binary", maxLength: 5 }),
    expect: expectation,
  })
  .map(({ name, table, gone, owner, expect: expected }): Change => {
    const key = keyOf("slack:T1", name);
    const more = expected === undefined ? {} : { expect: expected };
    if (table === "watches")
      return { table, key, value: gone ? null : watch(name, { owner }), ...more };
    return { table, key, value: gone ? null : rule(name, { owner }), ...more };
  });

const step = fc.record({
  kind: fc.constantFrom("commit", "commit", "commit", "reopen"),
  commits: fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 4 }),
});
