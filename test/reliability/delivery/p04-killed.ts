import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isOpen } from "../../../src/delivery/post.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { HOUR, plan, titleOf } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Stage } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import type { Orders } from "./child.ts";
import { BAD_DAY, badDay } from "./mishaps.ts";
import type { Figure } from "./promise.ts";
import { copiesOf, seeded } from "./promise.ts";

export interface KilledForReal {
  readonly mode: "slack-history" | "discord";
  readonly posts: number;
  readonly seed: number;
}

const CHANNELS = 16;
/** A minute of grace is 0.6 s. */
const SPEED = 100;
const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

/** P4 with processes of their own, a book on disk, and `kill -9` 40 to 300 ms into each life. */
export async function p04Killed({ mode, posts, seed }: KilledForReal): Promise<Figure> {
  const chance = seeded(seed);
  const time = movedTime();
  const start = { at: time.clock(), realAt: Date.now() };
  const dir = mkdtempSync(join(tmpdir(), "market-pulse-p04-"));
  const stage = await openStage(mode, time, () => badDay(chance()));
  const ticking = setInterval(() => {
    time.to(start.at + (Date.now() - start.realAt) * SPEED);
    while (time.next(time.clock()));
  }, 2);
  try {
    const keys = Array.from({ length: posts }, (_, at) => `alert:p${at}:x:1:opened`);
    await planned(dir, stage, keys, start.at);
    const orders: Orders = {
      dir,
      platform: mode === "discord" ? "discord" : "slack",
      apiUrl: `${stage.network.origin}/api${mode === "discord" ? "" : "/"}`,
      token: (stage.slack?.settings.botToken ?? stage.discord?.settings.token)!,
      ...start,
      speed: SPEED,
    };
    let kills = 0;
    while ((await openPosts(dir)) > 0) {
      const child = spawn(process.execPath, [CHILD, JSON.stringify(orders)], {
        stdio: ["ignore", "pipe", "inherit"],
        detached: true,
      });
      const ended = once(child, "exit");
      await Promise.race([once(child.stdout, "data"), ended]);
      await pause(40 + Math.floor(chance() * 260));
      // One that has nothing left to do ends by itself.
      if (child.exitCode === null) {
        process.kill(-child.pid!, "SIGKILL");
        kills += 1;
      }
      await ended;
    }
    const texts = stage.visible().map(({ text }) => text);
    const copies = copiesOf(keys.map(titleOf), texts);
    const never = copies.filter((count) => count === 0).length;
    const twice = copies.filter((count) => count > 1).length;
    return {
      id: "P4",
      promise: "A due post is shown exactly once when the process is killed",
      injected: `${kills} × kill -9; ${BAD_DAY}`,
      count: posts,
      violations: never + twice,
      detail: { mode, seed, kills, never, twice, requests: stage.asked.length },
    };
  } finally {
    clearInterval(ticking);
    await stage.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function planned(
  dir: string,
  stage: Stage,
  keys: readonly string[],
  now: number,
): Promise<void> {
  const channels = Array.from({ length: CHANNELS }, (_, at) => stage.channel(`c${at}`));
  const book = await openJsonBook(dir);
  for (const [at, postKey] of keys.entries())
    await plan(book, {
      postKey,
      target: channels[at % CHANNELS]!,
      now: now + at,
      expiresAt: now + 10_000 * HOUR,
    });
  await book.close();
}

async function openPosts(dir: string): Promise<number> {
  const book = await openJsonBook(dir, { readOnly: true });
  return book.list("posts").filter(({ value }) => isOpen(value)).length;
}
