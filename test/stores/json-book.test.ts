import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import fs from "node:fs/promises";
import { describe, expect, it, test, vi } from "vitest";
import { saveBackup } from "../../src/stores/backup.ts";
import { checkedLine } from "../../src/stores/checked-line.ts";
import { openJsonBook } from "../../src/stores/json-book.ts";
import { bookContract } from "../contracts/book.ts";
import { putWatch, rule, watch } from "../contracts/book-records.ts";
import { crampedDisk } from "../reliability/store/cramped-disk.ts";
import { bookFolder } from "./book-folder.ts";
import { gatedDisk } from "./gated-disk.ts";

bookContract("json", async () => {
  const { open } = bookFolder();
  let book = await open();
  return {
    book,
    async reopen() {
      await book.close();
      book = await open();
      return book;
    },
  };
});

/** The folder as a kill would leave it: copied while the book is open. */
async function killed(names: readonly string[] = ["a", "b", "c"]) {
  const folder = bookFolder();
  const left = bookFolder();
  const book = await folder.open();
  for (const name of names) await book.commit([putWatch(watch(name))]);
  cpSync(folder.dir, left.dir, { recursive: true });
  rmSync(left.at("lock"));
  chmodSync(left.at("state"), 0o700);
  return left;
}

const JOURNAL = "journal-000001.ndjson";

describe("what a kill or a power cut leaves", () => {
  it("half a line at the end is left out and told with its length", async () => {
    const { open, at, told } = await killed();
    appendFileSync(at("state", JOURNAL), checkedLine({ seq: 4, changes: [] }).slice(0, 15));
    const book = await open();
    expect(book.list("watches")).toHaveLength(3);
    expect(told.filter((sentence) => sentence.includes("15 bytes"))).toHaveLength(1);
    await book.commit([putWatch(watch("d"))]);
    await book.close();
    expect((await open()).list("watches")).toHaveLength(4);
  });

  it("a journal cut at the end of a line is noticed", async () => {
    const { open, at, dir } = await killed();
    const journal = readFileSync(at("state", JOURNAL), "utf8");
    const [head = "", first = ""] = journal.split("\n");
    truncateSync(at("state", JOURNAL), head.length + first.length + 2);
    await expect(open()).rejects.toMatchObject({
      reason: "bad_file",
      message: expect.stringContaining(
        `${dir}/state/${JOURNAL} ends early, at byte ${head.length + first.length + 2}: 2 saved commands`,
      ),
      right: expect.stringContaining("npm run -s restore"),
    });
  });

  it("one saved command that cannot be read is told as lost, and the rest goes on", async () => {
    const { open, at, told } = await killed();
    const { size } = statSync(at("state", JOURNAL));
    truncateSync(at("state", JOURNAL), size - 5);
    const book = await open();
    expect(book.list("watches").map(({ value }) => value.name)).toEqual(["a", "b"]);
    expect(told.join()).toContain("1 saved command is lost");
  });

  it("a damaged snapshot costs nothing while the one before and its journal are whole", async () => {
    const folder = bookFolder();
    for (const name of ["a", "b"]) {
      const book = await folder.open();
      await book.commit([putWatch(watch(name))]);
      await book.close();
    }
    const newest = readdirSync(folder.at("state"))
      .filter((name) => name.startsWith("snap"))
      .sort()
      .at(-1)!;
    writeFileSync(folder.at("state", newest), "{}");
    const book = await folder.open();
    expect(book.list("watches")).toHaveLength(2);
    expect(folder.told.join()).toContain(`${newest} is damaged at byte 0`);
  });
});

describe("an empty book is never taken for a lost one", () => {
  it.each<[string, readonly string[]]>([
    ["an instance file", ["state"]],
    ["a mark of what was saved", ["state", "instance.json"]],
    ["a journal", ["state/snapshot-000001.ndjson", "instance.json", "book.seq"]],
  ])("with nothing left but %s, it does not open", async (_, gone) => {
    const { open, at, dir } = await killed();
    for (const name of gone) rmSync(at(name), { recursive: true });
    await expect(open()).rejects.toMatchObject({
      reason: "bad_file",
      message: expect.stringContaining(dir),
    });
    await expect(open({ readOnly: true })).rejects.toMatchObject({ reason: "bad_file" });
  });
  it("with nothing left but a backup, it does not open", async () => {
    const { open, at, dir } = await killed();
    const { path } = await saveBackup(dir, { now: Date.UTC(2026, 2, 8, 9) });
    for (const name of readdirSync(dir))
      if (name !== "backups") rmSync(at(name), { recursive: true });
    const refused = {
      message: expect.stringContaining("the backup 2026-03-08T09-00-00Z is there"),
    };
    await expect(open()).rejects.toMatchObject(refused);
    renameSync(path, at("backups", "before the move"));
    rmSync(at("state"), { recursive: true });
    await expect(open()).rejects.toMatchObject({ reason: "bad_file" });
  });
  it("reading where nothing is makes nothing", async () => {
    const { open, dir } = bookFolder();
    expect((await open({ readOnly: true })).list("rules")).toEqual([]);
    expect(existsSync(dir)).toBe(false);
  });
});

describe("files that are not this folder's, or not this version's", () => {
  it("another bot's state is refused", async () => {
    const { open, at } = await killed();
    const other = await killed();
    rmSync(at("state"), { recursive: true });
    cpSync(other.at("state"), at("state"), { recursive: true });
    await expect(open()).rejects.toMatchObject({ message: expect.stringContaining("another bot") });
  });
  it("a state of this folder from before is refused, whole as it is", async () => {
    const folder = bookFolder();
    const book = await folder.open();
    await book.commit([putWatch(watch("a"))]);
    cpSync(folder.at("state"), folder.at("old"), { recursive: true });
    for (const name of ["b", "c", "d"]) await book.commit([putWatch(watch(name))]);
    await book.close();
    rmSync(folder.at("state"), { recursive: true });
    renameSync(folder.at("old"), folder.at("state"));
    await expect(folder.open()).rejects.toMatchObject({
      message: expect.stringContaining("3 saved commands after it cannot be read"),
    });
  });
  it("a newer version's file is refused and stays as it is", async () => {
    const { open, at } = await killed();
    const newer = checkedLine({ format: "market-pulse book", v: 2, other: true });
    writeFileSync(at("state", "snapshot-000009.ndjson"), newer, { mode: 0o600 });
    await expect(open()).rejects.toMatchObject({ reason: "unsupported" });
    expect(readFileSync(at("state", "snapshot-000009.ndjson"), "utf8")).toBe(newer);
  });
  it("records that do not fit are listed, ten at most", async () => {
    const { open, at } = await killed([]);
    const changes = Array.from({ length: 12 }, (_, index) => ({
      table: "watches",
      key: `slack:T1|w${index}`,
      version: 1,
      value: { ...watch("x"), companies: "Google" },
    }));
    appendFileSync(at("state", JOURNAL), checkedLine({ seq: 1, changes }));
    await expect(open()).rejects.toMatchObject({
      message: expect.stringMatching(
        /^12 records .*\n {2}watches ‘slack:T1\|w0’: value\.companies.*and 2 more$/s,
      ),
      right: expect.stringContaining("--set-aside"),
    });
  });
});

describe("the folder itself", () => {
  it("is the bot's alone: modes are repaired and told", async () => {
    const { open, at, told } = await killed();
    chmodSync(at("state"), 0o755);
    chmodSync(at("state", JOURNAL), 0o666);
    chmodSync(at("instance.json"), 0o644);
    await open();
    expect(statSync(at("state")).mode & 0o777).toBe(0o700);
    expect(statSync(at("state", JOURNAL)).mode & 0o777).toBe(0o600);
    expect(statSync(at("instance.json")).mode & 0o777).toBe(0o600);
    expect(told.filter((sentence) => sentence.startsWith("Others could read"))).toHaveLength(1);
  });
  it.each(["state", `state/${JOURNAL}`, "instance.json", "book.seq"])(
    "a symbolic link for %s is refused",
    async (name) => {
      const { open, at } = await killed();
      renameSync(at(name), at("elsewhere"));
      symlinkSync(at("elsewhere"), at(name));
      await expect(open()).rejects.toMatchObject({
        message: expect.stringContaining("symbolic link"),
      });
    },
  );
  it("a file in its place is refused with what to mount", async () => {
    const { open, dir } = bookFolder();
    writeFileSync(dir, "");
    await expect(open()).rejects.toMatchObject({
      reason: "store_readonly",
      right: "Mount the folder, not a file in it.",
    });
  });
  it("where names cannot be changed, as with a mounted file, it does not open", async () => {
    const { open } = bookFolder();
    const busy = () => Promise.reject(Object.assign(new Error("EBUSY"), { code: "EBUSY" }));
    await expect(open({ disk: { ...fs, rename: busy } })).rejects.toMatchObject({
      reason: "store_readonly",
      message: expect.stringContaining("a single mounted file"),
    });
  });
});

describe("while it is open", () => {
  it("a hundred commits at once share few syncs, and alone each has its own", async () => {
    const folder = bookFolder();
    const counted = gatedDisk();
    const book = await folder.open({ disk: counted.disk });
    const before = counted.syncs();
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => book.commit([putWatch(watch(`w${at}`))])),
    );
    expect(counted.syncs() - before).toBeLessThanOrEqual(2);
    for (let at = 0; at < 3; at++) await book.commit([putWatch(watch("w"))]);
    expect(counted.syncs() - before).toBeGreaterThanOrEqual(4);
  });
  it("a plan made while others are saved sees nothing of them in the book before they are on disk", async () => {
    const gated = gatedDisk();
    const book = await bookFolder().open({ disk: gated.disk });
    const first = book.commit([putWatch(watch("first"))]);
    gated.shut();
    const seen: string[][] = [];
    const names = () => book.list("watches").map(({ value }) => value.name);
    const planned = ["b", "c"].map((name) =>
      book.commit(() => {
        seen.push(names());
        return [putWatch(watch(name), "absent")];
      }),
    );
    await vi.waitUntil(() => gated.syncs() > 1);
    expect(names()).toEqual([]);
    gated.open();
    expect(await Promise.all([first, ...planned])).toEqual(["done", "done", "done"]);
    expect(seen).toEqual([["first"], ["b", "first"]]);
    expect(names()).toEqual(["b", "c", "first"]);
  });
  it("of a batch the disk refuses nothing stays, and what was judged by it is refused too", async () => {
    const gated = gatedDisk();
    const book = await bookFolder().open({ disk: gated.disk });
    await book.commit([putWatch(watch("old"))]);
    gated.failing = true;
    const old = book.get("watches", "slack:T1|old");
    const outcomes = await Promise.allSettled([
      book.commit([{ table: "watches", key: "slack:T1|old", value: null }]),
      book.commit(() => [putWatch(watch("new"), "absent")]),
      book.commit(() => []),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(book.list("watches")).toEqual([old]);
    gated.failing = false;
    expect(await book.commit(() => [putWatch(watch("new"), "absent")])).toBe("done");
  });
  it("a long journal is folded into a snapshot, and two generations before it stay", async () => {
    const { open, at } = bookFolder();
    const book = await open({ foldAtBytes: 2_000 });
    for (let turn = 0; turn < 60; turn++)
      await book.commit([putWatch(watch("a", { changedAt: turn }))]);
    await book.close();
    const names = readdirSync(at("state"));
    expect(names.filter((name) => name.startsWith("snapshot"))).toHaveLength(3);
    expect(names.filter((name) => name.startsWith("journal"))).toHaveLength(3);
    expect((await open()).get("watches", "slack:T1|a")).toMatchObject({
      version: 60,
      value: { changedAt: 59 },
    });
  });
  it("a start after a clean stop writes nothing anew", async () => {
    const { open, at } = bookFolder();
    const book = await open();
    await book.commit([putWatch(watch("a"))]);
    await book.close();
    const names = readdirSync(at("state"));
    await (await open()).close();
    expect(readdirSync(at("state"))).toEqual(names);
  });
  it.each([
    ["taken away", (path: string) => rmSync(path)],
    ["edited", (path: string) => appendFileSync(path, "hello\n")],
  ])("a journal %s by somebody else costs nothing and is told", async (_, harm) => {
    const { open, at, told } = bookFolder();
    const book = await open();
    await book.commit([putWatch(watch("a"))]);
    harm(at("state", JOURNAL));
    await book.commit([putWatch(watch("b"))]);
    expect(told.join()).toContain(`${JOURNAL} was changed or taken away`);
    const beside = await openJsonBook(at(), { readOnly: true });
    expect(beside.list("watches")).toHaveLength(2);
  });
  it("after a failed sync the same file is never written again", async () => {
    const { open, at, told } = bookFolder();
    const gated = gatedDisk();
    const book = await open({ disk: gated.disk });
    await book.commit([putWatch(watch("a"))]);
    gated.failing = true;
    await expect(book.commit([putWatch(watch("b"))])).rejects.toMatchObject({
      reason: "store_readonly",
      message: expect.stringContaining("EIO"),
    });
    expect(book.list("watches")).toHaveLength(1);
    gated.failing = false;
    const size = statSync(at("state", JOURNAL)).size;
    await book.commit([putWatch(watch("c"))]);
    expect(statSync(at("state", JOURNAL)).size).toBe(size);
    expect(existsSync(at("state", "journal-000002.ndjson"))).toBe(true);
    await book.close();
    expect((await open()).list("watches").map(({ value }) => value.name)).toEqual(["a", "c"]);
    expect(told).toEqual([expect.stringContaining("Saving fails"), "Saving works again."]);
  });
  it("with a full disk it opens by its reserve, reads, refuses to save, and saves when there is room", async () => {
    const folder = await killed();
    const cramped = crampedDisk(0);
    const book = await folder.open({ disk: cramped.disk });
    expect(folder.told).toEqual([expect.stringContaining("Saving may fail soon")]);
    expect(book.list("watches")).toHaveLength(3);
    cramped.room = 0;
    await expect(book.commit([putWatch(watch("d"))])).rejects.toMatchObject({
      reason: "store_readonly",
    });
    cramped.room = 2 << 20;
    await vi.waitFor(async () => {
      expect(await book.commit([putWatch(watch("d"))])).toBe("done");
      expect(folder.told).toHaveLength(3);
    }, 3_000);
    expect(statSync(folder.at("reserve")).size).toBe(1 << 20);
    await book.close();
    expect(folder.told).toEqual([
      expect.stringContaining("Saving may fail soon"),
      expect.stringContaining("Saving fails"),
      "Saving works again.",
    ]);
  });
  it("many starts on a full disk are served by one reserve, and what fits meanwhile is kept", async () => {
    const folder = await killed();
    let names = 0;
    for (let start = 0; start < 5; start++) {
      const cramped = crampedDisk(0);
      const book = await folder.open({ disk: cramped.disk });
      const more = () => book.commit([putWatch(watch(`more-${names}`))]);
      while (
        await more().then(
          () => true,
          () => false,
        )
      )
        names++;
      expect(book.list("watches")).toHaveLength(3 + names);
      await book.close();
      rmSync(folder.at("lock"), { force: true });
    }
    expect(names).toBeGreaterThan(50);
    expect((await folder.open()).list("watches")).toHaveLength(3 + names);
  });
  it("with a full disk and no reserve a start is refused with what to do", async () => {
    const folder = await killed();
    rmSync(folder.at("reserve"));
    await expect(folder.open({ disk: crampedDisk(0).disk })).rejects.toMatchObject({
      reason: "store_readonly",
      message: expect.stringContaining("the disk is full"),
      right: "Free some space, then start again.",
    });
  });
  it("is read beside by others, who cannot write", async () => {
    const { open } = bookFolder();
    const book = await open();
    await book.commit([{ table: "rules", key: "slack:T1|r", value: rule("r") }]);
    const beside = await open({ readOnly: true });
    expect(beside.list("rules")).toEqual(book.list("rules"));
    await expect(beside.commit([putWatch(watch("a"))])).rejects.toMatchObject({
      reason: "store_readonly",
    });
  });
});

test("beside a book that is being written without end, reading always finds a whole state", async () => {
  const { open, told } = bookFolder();
  const book = await open({ foldAtBytes: 3_000 });
  let turn = 0;
  const stop = new AbortController();
  const writing = (async () => {
    while (!stop.signal.aborted) {
      turn++;
      await book.commit([
        putWatch(watch("a", { changedAt: turn })),
        putWatch(watch("b", { changedAt: turn })),
      ]);
    }
  })();
  for (let round = 0; round < 40; round++) {
    const before = turn;
    const beside = await open({ readOnly: true });
    const [a, b] = beside.list("watches").map(({ value }) => value.changedAt);
    expect(a).toBe(b);
    expect(a ?? 0).toBeGreaterThanOrEqual(before - 1);
  }
  stop.abort();
  await writing;
  expect(told).toEqual([]);
});
