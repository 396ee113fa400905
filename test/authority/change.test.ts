import { describe, expect, it, vi } from "vitest";
import { auditLines, verifyAudit } from "../../src/authority/audit.ts";
import { authorise, commitPlan } from "../../src/authority/change.ts";
import type { Acting } from "../../src/authority/change.ts";
import { QUOTAS, requireRoom } from "../../src/authority/quota.ts";
import { reply } from "../../src/reply/reply.ts";
import type { Book } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { putWatch, watch } from "../contracts/book-records.ts";
import { bookFolder } from "../stores/book-folder.ts";
import { gatedDisk } from "../stores/gated-disk.ts";

const tenant = "slack:T1";
const at = (book: Book, id = "U1"): Acting => ({
  book,
  now: 1,
  caller: { id, tenant },
  place: { kind: "channel", id: "C1" },
});

/** A book whose commits land a moment after they are asked for, as on a disk. */
function slowBook(): Book {
  const book = memoryBook();
  return {
    ...book,
    commit: async (changes) => {
      await Promise.resolve();
      return book.commit(changes);
    },
  };
}

/** A plan that appends a company to one set. */
function appending(book: Book, company: string) {
  return () => {
    const before = book.get("watches", `${tenant}|w`);
    const companies = [...(before?.value.companies ?? []), company];
    return {
      changes: [
        {
          table: "watches" as const,
          key: `${tenant}|w`,
          value: { name: "w", tenant, companies, owner: "U1", changedAt: 1 },
          expect: before === undefined ? ("absent" as const) : { version: before.version },
        },
      ],
      line: { act: "watch-add", object: "@w", before: null, after: company },
      reply: () => reply("done"),
    };
  };
}

describe("a change", () => {
  it("made by four at once is made four times, with four lines in one chain", async () => {
    const book = slowBook();
    await Promise.all(
      ["a", "b", "c", "d"].map((name) => commitPlan(at(book), appending(book, name))),
    );
    expect(book.get("watches", `${tenant}|w`)?.value.companies.toSorted()).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
    expect(verifyAudit(auditLines(book, tenant))).toEqual({ intact: true, lines: 4, first: 1 });
  });
  it("made by a hundred at once is made a hundred times, however long a commit takes", async () => {
    const book = slowBook();
    const names = Array.from({ length: 100 }, (_, at) => `n${at}`);
    const elsewhere: Acting = { ...at(book), caller: { id: "U1", tenant: "slack:T2" } };
    const said = await Promise.all([
      ...names.map((name) => commitPlan(at(book), appending(book, name))),
      commitPlan(elsewhere, () => reply("another tenant's")),
    ]);
    expect(said).toHaveLength(101);
    expect(new Set(book.get("watches", `${tenant}|w`)?.value.companies)).toEqual(new Set(names));
    expect(verifyAudit(auditLines(book, tenant))).toMatchObject({ intact: true, lines: 100 });
  });
  it("that breaks holds up nobody who waits behind it", async () => {
    const book = slowBook();
    const breaking = () => {
      throw new Error("broken plan");
    };
    const said = await Promise.allSettled([
      commitPlan(at(book), appending(book, "a")),
      commitPlan(at(book), breaking),
      commitPlan(at(book), appending(book, "b")),
    ]);
    expect(said.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(book.get("watches", `${tenant}|w`)?.value.companies).toEqual(["a", "b"]);
  });
  it("made by two hundred of one workspace at once waits for few syncs, and is told only after its own", async () => {
    const gated = gatedDisk();
    const book = await bookFolder().open({ disk: gated.disk });
    const before = gated.syncs();
    gated.shut();
    let told = 0;
    const names = Array.from({ length: 200 }, (_, at) => `n${at}`);
    const saves = names.map(async (name) => {
      await commitPlan(at(book), appending(book, name));
      told++;
    });
    await vi.waitUntil(() => gated.syncs() > before);
    expect(told).toBe(0);
    expect(auditLines(book, tenant)).toEqual([]);
    gated.open();
    await Promise.all(saves);
    expect(gated.syncs() - before).toBeLessThanOrEqual(2);
    expect(book.get("watches", `${tenant}|w`)?.value.companies).toEqual(names);
    expect(verifyAudit(auditLines(book, tenant))).toEqual({ intact: true, lines: 200, first: 1 });
  });
  it("of many at once takes the room there is and no more", async () => {
    const gated = gatedDisk();
    const book = await bookFolder().open({ disk: gated.disk });
    const held = QUOTAS.watchesPerTenant - 3;
    for (let at = 0; at < held; at++) await book.commit([putWatch(watch(`held${at}`))]);
    gated.shut();
    const saves = Array.from({ length: 20 }, (_, number) =>
      commitPlan(at(book), () => {
        requireRoom(book, tenant, { kind: "watch" });
        return {
          changes: [putWatch(watch(`new${number}`), "absent")],
          line: { act: "watch-add", object: `@new${number}`, before: null, after: null },
          reply: () => reply("done"),
        };
      }),
    );
    gated.open();
    const said = await Promise.allSettled(saves);
    expect(said.slice(0, 3).map(({ status }) => status)).toEqual(Array(3).fill("fulfilled"));
    for (const refused of said.slice(3))
      expect(refused).toMatchObject({ status: "rejected", reason: { reason: "too_many" } });
    expect(book.list("watches")).toHaveLength(QUOTAS.watchesPerTenant);
    expect(auditLines(book, tenant)).toHaveLength(3);
  });
  it("of two hundred at once on a disk that fails is told by nobody, and leaves nothing", async () => {
    const gated = gatedDisk();
    const book = await bookFolder().open({ disk: gated.disk });
    gated.failing = true;
    const saves = Array.from({ length: 200 }, (_, number) =>
      commitPlan(at(book), appending(book, `n${number}`)),
    );
    for (const one of await Promise.allSettled(saves))
      expect(one).toMatchObject({ status: "rejected", reason: { reason: "store_readonly" } });
    expect(auditLines(book, tenant)).toEqual([]);
    gated.failing = false;
    await commitPlan(at(book), appending(book, "a"));
    expect(verifyAudit(auditLines(book, tenant))).toEqual({ intact: true, lines: 1, first: 1 });
  });
  it("that builds on what somebody changed meanwhile is refused and leaves nothing", async () => {
    const book = slowBook();
    const stale = appending(book, "a")();
    const [first, second] = await Promise.allSettled([
      commitPlan(at(book), appending(book, "b")),
      commitPlan(at(book), () => stale),
    ]);
    expect(first.status).toBe("fulfilled");
    expect(second).toMatchObject({ status: "rejected", reason: { reason: "conflict" } });
    expect(auditLines(book, tenant)).toHaveLength(1);
  });
  it("with nothing to change writes no line", async () => {
    const book = memoryBook();
    expect((await commitPlan(at(book), () => reply("already so"))).title).toBe("already so");
    expect(auditLines(book, tenant)).toEqual([]);
  });
});

describe("a refusal", () => {
  it("is written among those who save at the same moment", async () => {
    const book = await bookFolder().open();
    await Promise.allSettled([
      commitPlan(at(book), appending(book, "a")),
      ...["U1", "U2", "U2"].map((id) => authorise(at(book, id), "delete-all", "x")),
      commitPlan(at(book), appending(book, "b")),
    ]);
    expect(verifyAudit(auditLines(book, tenant))).toMatchObject({ intact: true });
    expect(
      auditLines(book, tenant)
        .map(({ value }) => `${value.actor} ${value.outcome}`)
        .toSorted(),
    ).toEqual(["U1 done", "U1 done", "U1 refused", "U2 refused"]);
  });
  it("is written once however often it is tried in a row", async () => {
    const book = memoryBook();
    for (let attempt = 0; attempt < 30; attempt++)
      await expect(authorise(at(book), "delete-all", "privacy workspace")).rejects.toMatchObject({
        reason: "not_allowed",
      });
    await expect(
      authorise(at(book, "U2"), "delete-all", "privacy workspace"),
    ).rejects.toMatchObject({ reason: "not_allowed" });
    expect(auditLines(book, tenant).map(({ value }) => [value.actor, value.outcome])).toEqual([
      ["U1", "refused"],
      ["U2", "refused"],
    ]);
  });
  it("stands where the log cannot be written", async () => {
    const book: Book = {
      ...memoryBook(),
      commit: async () => {
        throw new Error("disk full");
      },
    };
    await expect(authorise(at(book), "delete-all", "x")).rejects.toMatchObject({
      reason: "not_allowed",
    });
  });
  it("leaves what is allowed unwritten", async () => {
    const book = memoryBook();
    await authorise(at(book), "edit-watch", "@w");
    expect(auditLines(book, tenant)).toEqual([]);
  });
});
