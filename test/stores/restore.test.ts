import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  appendFileSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PostStatus } from "../../src/stores/records.ts";
import { keptBackups, saveBackup } from "../../src/stores/backup.ts";
import { checkedLine } from "../../src/stores/checked-line.ts";
import { examine } from "../../src/stores/doctor.ts";
import { openJsonBook } from "../../src/stores/json-book.ts";
import { restoreBook } from "../../src/stores/restore.ts";
import { contentsOf } from "../contracts/book.ts";
import { post, putWatch, watch } from "../contracts/book-records.ts";
import { bookFolder } from "./book-folder.ts";

const NOW = Date.UTC(2026, 10, 22, 9);

describe("a backup", () => {
  it("made beside the running bot is a whole folder of the same moment", async () => {
    const { dir, open, at } = bookFolder();
    const book = await open();
    writeFileSync(at("facts.ndjson"), '{"format":"market-pulse facts","version":1}\n');
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
    const { path, records } = await saveBackup(dir, { now: NOW });
    stop.abort();
    await writing;
    expect(path).toBe(at("backups", "2026-11-22T09-00-00Z"));
    expect(records).toBe(2);
    const copy = await openJsonBook(path, { readOnly: true });
    const [a, b] = copy.list("watches").map(({ value }) => value.changedAt);
    expect(a).toBe(b);
    expect(statSync(join(path, "facts.ndjson")).mode & 0o777).toBe(0o600);
    expect((await examine(path)).filter(({ state }) => state === "bad")).toEqual([]);
  });
  it("never overwrites, and needs something to copy", async () => {
    const { dir, open, at } = bookFolder();
    await expect(saveBackup(dir, { now: NOW })).rejects.toMatchObject({ reason: "not_found" });
    await (await open()).commit([putWatch(watch("a"))]);
    mkdirSync(at("mine"));
    writeFileSync(at("mine", "x"), "");
    await expect(saveBackup(dir, { now: NOW, to: at("mine") })).rejects.toMatchObject({
      reason: "conflict",
    });
  });
  it("is kept by the hour for a day, by the day for two weeks, and the newest three always", () => {
    const stamp = (hours: number) =>
      new Date(NOW - hours * 3_600_000).toISOString().slice(0, 19).replaceAll(":", "-") + "Z";
    const hourly = Array.from({ length: 24 * 30 * 4 }, (_, at) => stamp(at / 4));
    const kept = keptBackups(hourly, NOW);
    const within = (from: number, to: number) =>
      kept.filter((name) => name <= stamp(from) && name > stamp(to)).length;
    expect(within(0, 24)).toBeGreaterThanOrEqual(24);
    expect(within(0, 24)).toBeLessThanOrEqual(27);
    expect(within(24, 24 * 14)).toBeGreaterThanOrEqual(13);
    expect(within(24, 24 * 14)).toBeLessThanOrEqual(14);
    expect(within(24 * 14, 24 * 31)).toBe(0);
    const old = [stamp(24 * 100), stamp(24 * 200), stamp(24 * 300), stamp(24 * 400)];
    expect(keptBackups(old, NOW)).toEqual(old.slice(0, 3));
  });
});

describe("a restore", () => {
  it("puts the copy back, holds what was on its way, and keeps what was there", async () => {
    const { dir, open, at, told } = bookFolder();
    const statuses: PostStatus[] = ["planned", "sending", "looking", "waiting", "shown", "dead"];
    let book = await open();
    const posts = statuses.map((status) =>
      post(status, { status, lease: { token: "t", until: 1 } }),
    );
    await book.commit(
      posts.map((value) => ({ table: "posts", key: `slack:T1|${value.postKey}`, value })),
    );
    await saveBackup(dir, { now: NOW });
    await book.commit([putWatch(watch("later"))]);
    await book.close();
    const done = await restoreBook(dir, { from: "latest", now: NOW + 5_000 });
    expect(done).toMatchObject({ held: 4, records: 6 });
    expect(
      readdirSync(done.replaced).filter((name) => name.startsWith("journal")).length,
    ).toBeGreaterThan(0);
    book = await open();
    expect(book.list("watches")).toEqual([]);
    const left = Object.fromEntries(
      book
        .list("posts")
        .map(({ value: { postKey, status, reason, lease } }) => [
          postKey,
          [status, reason, lease?.token],
        ]),
    );
    const held = ["held", "restored", undefined];
    expect(left).toEqual({
      planned: held,
      sending: held,
      looking: held,
      waiting: held,
      shown: ["shown", null, "t"],
      dead: ["dead", null, "t"],
    });
    await book.commit([putWatch(watch("after"))]);
    await book.close();
    expect((await open()).list("watches")).toHaveLength(1);
    expect(told).toEqual([]);
    expect(readFileSync(at("instance.json"), "utf8")).toContain('"epoch":2');
  });

  it("is refused while the bot runs", async () => {
    const { dir, open } = bookFolder();
    await (await open()).commit([putWatch(watch("a"))]);
    await saveBackup(dir, { now: NOW });
    await expect(restoreBook(dir, { from: "latest", now: NOW })).rejects.toMatchObject({
      reason: "running",
    });
  });

  it("brings a lost state back from its backup, with its facts", async () => {
    const { dir, open, at } = bookFolder();
    const facts = '{"format":"market-pulse facts","version":1}\n';
    const book = await open();
    await book.commit([putWatch(watch("a"))]);
    writeFileSync(at("facts.ndjson"), facts);
    await saveBackup(dir, { now: NOW });
    const before = contentsOf(book);
    await book.close();
    rmSync(at("state"), { recursive: true });
    rmSync(at("facts.ndjson"));
    await expect(open()).rejects.toMatchObject({ reason: "bad_file" });
    await restoreBook(dir, { from: "2026-11-22T09-00-00Z", now: NOW });
    expect(contentsOf(await open())).toEqual(before);
    expect(readFileSync(at("facts.ndjson"), "utf8")).toBe(facts);
  });

  it("of the present state keeps what can be read, and says what is lost", async () => {
    const { dir, open, at } = bookFolder();
    const book = await open();
    for (const name of ["a", "b", "c", "d"]) await book.commit([putWatch(watch(name))]);
    const journal = at("state", "journal-000001.ndjson");
    const kept = readFileSync(journal);
    await book.close();
    for (const name of ["snapshot-000002.ndjson", "journal-000002.ndjson"])
      writeFileSync(at("state", name), "{}");
    writeFileSync(journal, kept.subarray(0, kept.length - 300));
    await expect(open()).rejects.toMatchObject({ reason: "bad_file" });
    const told: string[] = [];
    await restoreBook(dir, {
      from: "present",
      now: NOW,
      onNotice: (sentence) => told.push(sentence),
    });
    expect(told.join()).toMatch(/saved commands? (is|are) lost/);
    const left = (await open()).list("watches").map(({ value }) => value.name);
    expect(left.length).toBeGreaterThan(0);
    expect(left).toEqual(["a", "b", "c", "d"].slice(0, left.length));
  });

  it("sets records aside that do not fit, on request, in a file", async () => {
    const { dir, open, at } = bookFolder();
    const book = await open();
    await book.commit([putWatch(watch("good"))]);
    await book.close();
    const odd = { table: "watches", key: "slack:T1|odd", version: 1, value: { odd: true } };
    appendFileSync(at("state", "journal-000002.ndjson"), checkedLine({ seq: 2, changes: [odd] }));
    await expect(open()).rejects.toMatchObject({ reason: "bad_file" });
    await expect(restoreBook(dir, { from: "present", now: NOW })).rejects.toMatchObject({
      reason: "bad_file",
    });
    const { setAside, replaced } = await restoreBook(dir, {
      from: "present",
      now: NOW,
      setAside: true,
    });
    expect(setAside).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(replaced, "set-aside.json"), "utf8"))).toMatchObject([
      { key: "slack:T1|odd", value: { odd: true } },
    ]);
    expect((await open()).list("watches").map(({ value }) => value.name)).toEqual(["good"]);
  });

  it("refuses another bot's copy where there is a state, and takes it into an empty folder", async () => {
    const one = bookFolder();
    const other = bookFolder();
    const empty = bookFolder();
    for (const { open } of [one, other]) {
      const book = await open();
      await book.commit([putWatch(watch("a"))]);
      await book.close();
    }
    await expect(restoreBook(one.dir, { from: other.dir, now: NOW })).rejects.toMatchObject({
      message: expect.stringContaining("another bot's copy"),
    });
    expect(existsSync(one.at(`replaced-2026-11-22T09-00-00Z`))).toBe(false);
    await restoreBook(empty.dir, { from: other.dir, now: NOW });
    expect((await empty.open()).list("watches")).toHaveLength(1);
  });

  it("of nothing is refused", async () => {
    const { dir } = bookFolder();
    await expect(restoreBook(dir, { from: "latest", now: NOW })).rejects.toMatchObject({
      reason: "not_found",
    });
    await expect(restoreBook(dir, { from: "/nowhere", now: NOW })).rejects.toMatchObject({
      reason: "not_found",
    });
  });
});

describe("a folder with imported facts in which the bot was never started", () => {
  const FACTS = '{"format":"market-pulse facts","version":1}\n';
  function importedFolder() {
    const folder = bookFolder();
    mkdirSync(folder.dir);
    writeFileSync(folder.at("facts.ndjson"), FACTS);
    return folder;
  }
  const readNow = (dir: string) => openJsonBook(dir, { readOnly: true });

  it("is backed up, asked, started, put back and asked again", async () => {
    const { dir, open, at, told } = importedFolder();
    expect(await saveBackup(dir, { now: NOW })).toMatchObject({ records: 0 });
    expect((await readNow(dir)).list("watches")).toEqual([]);
    expect((await examine(dir)).filter(({ state }) => state === "bad")).toEqual([]);
    await saveBackup(dir, { now: NOW + 60_000 });
    expect(await restoreBook(dir, { from: "latest", now: NOW })).toMatchObject({
      records: 0,
      facts: true,
    });
    expect((await readNow(dir)).list("watches")).toEqual([]);
    let book = await open();
    await book.commit([putWatch(watch("a"))]);
    await book.close();
    rmSync(at("facts.ndjson"));
    await restoreBook(dir, { from: "latest", now: NOW + 120_000 });
    expect(readFileSync(at("facts.ndjson"), "utf8")).toBe(FACTS);
    book = await open();
    expect(book.list("watches")).toHaveLength(1);
    expect(told).toEqual([]);
  });
  it("gives a copy that is put into a new folder, which then opens", async () => {
    const { dir } = importedFolder();
    const { path } = await saveBackup(dir, { now: NOW });
    const other = bookFolder();
    await restoreBook(other.dir, { from: path, now: NOW });
    expect((await readNow(other.dir)).list("watches")).toEqual([]);
    await (await other.open()).commit([putWatch(watch("a"))]);
    expect(readFileSync(other.at("facts.ndjson"), "utf8")).toBe(FACTS);
  });
  it("opens beside a backup in which nothing was ever saved, a file of somebody's, and an unfinished backup", async () => {
    const { dir, open, at } = importedFolder();
    await (await open()).close();
    await saveBackup(dir, { now: NOW });
    for (const name of ["state", "instance.json", "book.seq"])
      rmSync(at(name), { recursive: true });
    writeFileSync(at("backups", "notes.txt"), "");
    mkdirSync(at("backups", "2026-11-22T09-30-00Z.tmp", "state"), { recursive: true });
    expect((await readNow(dir)).list("watches")).toEqual([]);
  });
  it.each([
    ["whole", () => {}],
    ["damaged", (path: string) => truncateSync(join(path, "state", "snapshot-000001.ndjson"), 60)],
  ])("a lost book is refused by one %s backup among others", async (_what, harm) => {
    const { dir, open, at } = importedFolder();
    await saveBackup(dir, { now: NOW });
    const book = await open();
    await book.commit([putWatch(watch("a"))]);
    await book.close();
    harm((await saveBackup(dir, { now: NOW + 60_000 })).path);
    for (const name of ["state", "instance.json", "book.seq"])
      rmSync(at(name), { recursive: true });
    const refused = {
      reason: "bad_file",
      message: expect.stringContaining("though the backup 2026-11-22T09-01-00Z is there"),
    };
    await expect(open()).rejects.toMatchObject(refused);
    await expect(readNow(dir)).rejects.toMatchObject(refused);
    await expect(saveBackup(dir, { now: NOW })).rejects.toMatchObject(refused);
  });
  it("whose book was lost later begins anew from its early copy, says so, and posts nothing twice", async () => {
    const { dir, open, at } = importedFolder();
    await saveBackup(dir, { now: NOW });
    const book = await open();
    await book.commit([putWatch(watch("a"))]);
    await book.close();
    const instance = JSON.parse(readFileSync(at("instance.json"), "utf8"));
    rmSync(at("state"), { recursive: true });
    await expect(open()).rejects.toMatchObject({ reason: "bad_file" });
    const said: string[] = [];
    await restoreBook(dir, { from: "latest", now: NOW, onNotice: (each) => said.push(each) });
    expect(said).toEqual([expect.stringContaining("holds no records")]);
    expect((await open()).list("watches")).toEqual([]);
    expect(JSON.parse(readFileSync(at("instance.json"), "utf8"))).toMatchObject({
      instance: instance.instance,
      epoch: 2,
    });
  });
  it("keeps what can be read of a damaged book: its early copy is not put in its place", async () => {
    const { dir, open, at } = importedFolder();
    await saveBackup(dir, { now: NOW });
    const book = await open();
    await book.commit([putWatch(watch("good"))]);
    await book.close();
    const odd = { table: "watches", key: "slack:T1|odd", version: 1, value: { odd: true } };
    appendFileSync(at("state", "journal-000002.ndjson"), checkedLine({ seq: 2, changes: [odd] }));
    await expect(restoreBook(dir, { from: "latest", now: NOW })).rejects.toMatchObject({
      reason: "bad_file",
      right: expect.stringContaining("--from present"),
    });
    await restoreBook(dir, { from: "present", now: NOW, setAside: true });
    await restoreBook(dir, { from: "latest", now: NOW + 1_000 });
    expect((await open()).list("watches")).toHaveLength(1);
  });
});

describe("the doctor", () => {
  it("finds nothing bad in a running bot's folder, and says who runs", async () => {
    const { dir, open } = bookFolder();
    const book = await open();
    await book.commit([putWatch(watch("a"))]);
    const findings = await examine(dir);
    expect(findings.filter(({ state }) => state === "bad")).toEqual([]);
    expect(findings.find(({ about }) => about === "lock")?.says).toContain(`pid ${process.pid}`);
    expect(findings.map(({ says }) => says)).toContain("reads: watches 1");
  });
  it("names the damaged file and the byte", async () => {
    const { dir, open, at } = bookFolder();
    const book = await open();
    for (const name of ["a", "b", "c"]) await book.commit([putWatch(watch(name))]);
    await book.close();
    truncateSync(at("state", "snapshot-000002.ndjson"), 250);
    truncateSync(at("state", "journal-000001.ndjson"), 250);
    const bad = (await examine(dir))
      .filter(({ state }) => state === "bad")
      .map(({ about }) => about);
    expect(bad).toEqual(["snapshot-000002.ndjson", "journal-000001.ndjson", "book"]);
  });
  it("says that a folder is not there yet, and makes none", async () => {
    const { dir } = bookFolder();
    expect(await examine(dir)).toEqual([expect.objectContaining({ state: "note" })]);
    expect(existsSync(dir)).toBe(false);
  });
});
