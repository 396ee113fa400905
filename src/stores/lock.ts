import { randomBytes } from "node:crypto";
import { fstatSync, futimesSync } from "node:fs";
import { link, lstat, readFile, readdir, rename, stat, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { Fault } from "../fault.ts";
import { createFile, isFull, readonlyFault, realDisk, writeAll, type Disk } from "./disk.ts";
import { errorCode } from "./facts-read.ts";
import { ownProcess, processId, processStanding } from "./process-id.ts";
import { spendReserve } from "./reserve.ts";

export const LOCK_FILE = "lock";

export interface LockTimes {
  /** How often the holder touches the lock. */
  readonly beatMs: number;
  /** A holder we cannot see is taken for dead when it has not touched the lock for so long. */
  readonly watchMs: number;
}
const TIMES: LockTimes = { beatMs: 3_000, watchMs: 13_000 };
/** A name bound by a killed process is free some 50 ms later. */
const SOCKET_WAIT_MS = 2_000;

/** The right to write in one folder. */
export interface FolderLock {
  /** True when its last holder never released it. */
  readonly takenOver: boolean;
  /** False from the moment another process has the folder. Asked between a write and its answer, it fences late writers off. */
  held(): boolean;
  release(): Promise<void>;
}

const HOLDER = z.strictObject({ token: z.string(), since: z.string(), process: processId });
export type Holder = z.infer<typeof HOLDER>;

/**
 * Takes the folder for this process alone. Throws a Fault (`running`) naming the holder when there is one. On one Linux
 * host a bound name decides at once; a file that its holder keeps touching decides between containers and hosts, which
 * see neither each other's names nor processes. Watching it needs no clock to agree with another. On a full disk the
 * folder's reserve makes room; without one it throws `store_readonly`.
 */
export async function takeLock(
  dir: string,
  {
    since,
    times = TIMES,
    disk = realDisk,
  }: { readonly since: number; readonly times?: LockTimes; readonly disk?: Disk },
): Promise<FolderLock> {
  const path = join(dir, LOCK_FILE);
  const bound = await bindName(dir, path);
  try {
    const holder: Holder = {
      token: randomBytes(12).toString("base64url"),
      since: new Date(since).toISOString(),
      process: ownProcess(),
    };
    for (;;) {
      const draft = `${path}.${holder.token}.tmp`;
      try {
        const file = await writeDraft(disk, draft, holder);
        const takenOver = await claim(dir, path, draft, times).catch(async (error: unknown) => {
          await file.close();
          throw error;
        });
        return heldLock(path, file, bound, { takenOver, beatMs: times.beatMs });
      } catch (error) {
        await unlink(draft).catch(() => undefined);
        if (!isFull(error) || !(await spendReserve(disk, dir))) throw error;
      }
    }
  } catch (error) {
    bound?.close();
    throw isFull(error) ? noRoomFault(path) : readonlyFault(`${path} cannot be written`, error);
  }
}

/** Who holds the folder, or undefined; for a look from outside. */
export async function lockHolder(dir: string): Promise<Holder | undefined> {
  const text = await readFile(join(dir, LOCK_FILE), "utf8").catch(() => "");
  return parseHolder(text);
}

async function writeDraft(disk: Disk, draft: string, holder: Holder): Promise<FileHandle> {
  const file = await createFile(disk, draft);
  try {
    await writeAll(file, Buffer.from(`${JSON.stringify(holder)}\n`), 0);
    // An empty lock, as a power cut would leave it, tells nobody whether its holder lives.
    await file.sync();
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function heldLock(
  path: string,
  file: FileHandle,
  bound: Server | undefined,
  { takenOver, beatMs }: { readonly takenOver: boolean; readonly beatMs: number },
): FolderLock {
  let open = true;
  // While our file has its name nobody has put another in its place.
  const held = () => {
    try {
      return open && fstatSync(file.fd).nlink > 0;
    } catch {
      return false;
    }
  };
  const beat = setInterval(() => {
    const now = new Date();
    if (held()) futimesSync(file.fd, now, now);
  }, beatMs);
  beat.unref();
  return {
    takenOver,
    held,
    async release() {
      if (!open) return;
      clearInterval(beat);
      if (held()) await unlink(path).catch(() => undefined);
      open = false;
      await file.close();
      bound?.close();
    },
  };
}

/** Puts the draft in the lock's place; true when a dead holder's lock stood there. */
async function claim(dir: string, path: string, draft: string, times: LockTimes): Promise<boolean> {
  for (;;) {
    try {
      // Unlike a rename, a link never replaces: of two who try, one gets EEXIST.
      await link(draft, path);
      await unlink(draft);
      return false;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    if ((await lstat(path)).isSymbolicLink())
      throw new Fault("bad_file", `${path} is a symbolic link.`, "Take it away, then start again.");
    const text = await readFile(path, "utf8").catch(() => "");
    const holder = parseHolder(text);
    const standing = holder === undefined ? "unknown" : processStanding(holder.process);
    if (standing === "alive") throw runningFault(dir, holder);
    if (standing === "unknown") await watchUntilDead(dir, path, holder, times);
    if ((await readFile(path, "utf8").catch(() => "")) !== text) continue;
    await rename(draft, path);
    await sweepDrafts(dir, path);
    return true;
  }
}

/** Resolves when the lock was not touched for the whole time, or is gone; a touch is a sign of life. */
async function watchUntilDead(
  dir: string,
  path: string,
  holder: Holder | undefined,
  { beatMs, watchMs }: LockTimes,
): Promise<void> {
  const before = await touchOf(path);
  const until = performance.now() + watchMs;
  while (performance.now() < until) {
    await pause(Math.min(beatMs / 8, until - performance.now() + 1));
    const now = await touchOf(path);
    if (now === undefined) return;
    if (now !== before) throw runningFault(dir, holder);
  }
}

async function touchOf(path: string): Promise<string | undefined> {
  return stat(path, { bigint: true }).then(
    ({ ino, mtimeNs }) => `${ino} ${mtimeNs}`,
    () => undefined,
  );
}

/** Drafts left by processes that died while taking the lock. */
async function sweepDrafts(dir: string, path: string): Promise<void> {
  const { mtimeMs } = await stat(path);
  for (const name of await readdir(dir)) {
    if (!/^lock\..+\.tmp$/.test(name)) continue;
    const draft = join(dir, name);
    const age =
      mtimeMs -
      (await stat(draft).then(
        (found) => found.mtimeMs,
        () => mtimeMs,
      ));
    if (age > 60_000) await unlink(draft).catch(() => undefined);
  }
}

/** Binds a name of the folder's own in Linux' abstract space: it needs no file and is freed by the kernel at death. */
async function bindName(dir: string, path: string): Promise<Server | undefined> {
  if (process.platform !== "linux") return undefined;
  const { dev, ino } = await stat(dir, { bigint: true });
  const until = performance.now() + SOCKET_WAIT_MS;
  for (;;) {
    const bound = await tryBind(`\0market-pulse-book-${dev}-${ino}`);
    if (bound !== "taken") return bound;
    const holder = parseHolder(await readFile(path, "utf8").catch(() => ""));
    const alive = holder !== undefined && processStanding(holder.process) === "alive";
    if (alive || performance.now() > until) throw runningFault(dir, holder);
    await pause(25);
  }
}

function tryBind(name: string): Promise<Server | "taken" | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    // Where no such socket may be made, the file alone decides.
    server.once("error", (error) =>
      resolve(errorCode(error) === "EADDRINUSE" ? "taken" : undefined),
    );
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}

function parseHolder(text: string): Holder | undefined {
  try {
    return HOLDER.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Saving would go on by itself; a start that found no room has to be made again. */
function noRoomFault(path: string): Fault {
  return new Fault(
    "store_readonly",
    `${path} cannot be written: the disk is full. Nothing was changed.`,
    "Free some space, then start again.",
  );
}

function runningFault(dir: string, holder: Holder | undefined): Fault {
  const who =
    holder === undefined
      ? ""
      : ` (pid ${holder.process.pid}, since ${holder.since}, on ${holder.process.host})`;
  return new Fault(
    "running",
    `The bot is already running on ${dir}${who}.`,
    "Stop it first; a folder has one writer.",
  );
}
