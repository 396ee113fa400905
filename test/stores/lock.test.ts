import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { lockHolder, takeLock, type FolderLock, type Holder } from "../../src/stores/lock.ts";
import { ownProcess, processStanding } from "../../src/stores/process-id.ts";
import { putWatch, watch } from "../contracts/book-records.ts";
import { bookFolder } from "./book-folder.ts";

const QUICK = { beatMs: 20, watchMs: 120 };

function lockFolder() {
  const { dir, at } = bookFolder();
  mkdirSync(dir);
  const taken: FolderLock[] = [];
  onTestFinished(async () => {
    for (const lock of taken) await lock.release();
  });
  return {
    path: at("lock"),
    take: async () => {
      const lock = await takeLock(dir, { since: Date.UTC(2026, 2, 8), times: QUICK });
      taken.push(lock);
      return lock;
    },
    /** Writes the lock of somebody else. */
    leave: (process: Partial<Holder["process"]>) => {
      const holder: Holder = {
        token: "other",
        since: "2026-03-08T09:00:00.000Z",
        process: { ...ownProcess(), ...process },
      };
      writeFileSync(at("lock"), JSON.stringify(holder));
    },
    dir,
  };
}

describe("one writer a folder", () => {
  it("the second is refused and told who holds it", async () => {
    const { take, dir } = lockFolder();
    const lock = await take();
    expect(lock).toMatchObject({ takenOver: false });
    await expect(take()).rejects.toMatchObject({
      reason: "running",
      message: expect.stringContaining(
        `already running on ${dir} (pid ${process.pid}, since 2026-03-08T00:00:00.000Z`,
      ),
    });
    expect(await lockHolder(dir)).toMatchObject({ process: { pid: process.pid } });
    await lock.release();
    expect(await lockHolder(dir)).toBeUndefined();
    expect((await take()).takenOver).toBe(false);
  });

  it("the lock of a dead process is taken over at once", async () => {
    const { take, leave } = lockFolder();
    leave({ pid: 4_194_300 });
    expect((await take()).takenOver).toBe(true);
  });

  it.skipIf(process.platform !== "linux")(
    "a living process that got the dead one's number does not hold the folder",
    async () => {
      const { take, leave } = lockFolder();
      leave({ pid: process.ppid, started: "1" });
      expect((await take()).takenOver).toBe(true);
    },
  );

  it("a living process is never taken over from, however old its last touch", async () => {
    const { take, leave, path } = lockFolder();
    leave({});
    utimesSync(path, 1, 1);
    await expect(take()).rejects.toMatchObject({ reason: "running" });
  });

  it.each([
    ["another container's", { namespace: "pid:[1]" }],
    ["another host's", { host: "elsewhere", boot: "other" }],
  ])(
    "%s lock that is touched holds; untouched for the whole watch, it is taken",
    async (_, who) => {
      const { take, leave, path } = lockFolder();
      leave(who);
      const touching = setInterval(() => utimesSync(path, new Date(), new Date()), 10);
      try {
        await expect(take()).rejects.toMatchObject({ reason: "running" });
      } finally {
        clearInterval(touching);
      }
      const began = performance.now();
      expect((await take()).takenOver).toBe(true);
      expect(performance.now() - began).toBeGreaterThan(QUICK.watchMs - 5);
    },
  );

  it("a lock nobody can read is watched, then taken", async () => {
    const { take, path } = lockFolder();
    writeFileSync(path, "");
    expect((await take()).takenOver).toBe(true);
  });

  it("its holder touches it as long as it holds it", async () => {
    const { take, path } = lockFolder();
    const lock = await take();
    utimesSync(path, 1, 1);
    await pause(QUICK.beatMs * 4);
    expect(statSync(path).mtimeMs).toBeGreaterThan(1_000_000);
    await lock.release();
  });

  it("whoever was taken over from knows it at once", async () => {
    const { take, path } = lockFolder();
    const lock = await take();
    expect(lock.held()).toBe(true);
    writeFileSync(`${path}.other`, "{}");
    renameSync(`${path}.other`, path);
    expect(lock.held()).toBe(false);
    await lock.release();
    expect(readFileSync(path, "utf8")).toBe("{}");
  });
});

describe("a book whose folder was taken over", () => {
  it("answers no more commits, and what it still writes is not read", async () => {
    const folder = bookFolder();
    const book = await folder.open();
    await book.commit([putWatch(watch("a"))]);
    rmSync(folder.at("lock"));
    writeFileSync(folder.at("lock"), "{}");
    await expect(book.commit([putWatch(watch("b"))])).rejects.toMatchObject({
      reason: "conflict",
      message: expect.stringContaining("taken over"),
    });
    expect(book.list("watches")).toHaveLength(1);
    await book.close();
    const beside = await folder.open({ readOnly: true });
    expect(beside.list("watches")).toHaveLength(1);
    expect(readFileSync(folder.at("lock"), "utf8")).toBe("{}");
  });
});

describe("a process", () => {
  it("is alive as itself, and dead as any that began at another time", () => {
    expect(processStanding(ownProcess())).toBe(process.platform === "linux" ? "alive" : "unknown");
    expect(processStanding({ ...ownProcess(), pid: 4_194_300 })).toBe("dead");
  });
  it("in another container or on another host cannot be judged", () => {
    expect(processStanding({ ...ownProcess(), namespace: "pid:[1]" })).toBe("unknown");
    expect(processStanding({ ...ownProcess(), boot: "other" })).toBe("unknown");
  });
});
