import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { realDisk } from "../../../src/stores/disk.ts";
import type { Disk } from "../../../src/stores/disk.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import type { JsonBook } from "../../../src/stores/json-book.ts";
import { TODAY, testBot } from "../../bot.ts";
import { seeded } from "../delivery/promise.ts";
import type { Figure } from "../program.ts";
import { inScratch } from "../store/scratch.ts";
import { openDiscordCrowd } from "./discord-crowd.ts";
import { openSlackCrowd } from "./slack-crowd.ts";

export interface Crowded {
  readonly platform: "slack" | "discord";
  /** How many of each kind at once. */
  readonly each: number;
  readonly waves: number;
  /** Every other answer, and one sync of the disk in fifty, takes up to so long; a picture nearly as long. */
  readonly slowestMs: number;
  readonly seed: number;
}

const LIMIT_MS = 3_000;
const TICK_MS = 20;
const LOOK_MS = 500;
/** How many of the disk's syncs take long. */
const STALLS = 0.02;
/** Beyond the slowest answer, its picture and a stalling disk. */
const GRACE_MS = 20_000;

/**
 * P31: whatever a person does is responded to within three seconds, however long the answer takes, and answered in the end.
 * The seconds are real ones, because a busy event loop is one of the things that break the promise.
 */
export function runP31(crowded: Crowded): Promise<Figure> {
  return inScratch((dir) => played(crowded, dir));
}

async function played(
  { platform, each, waves, slowestMs, seed }: Crowded,
  dir: string,
): Promise<Figure> {
  const chance = seeded(seed);
  let isSlow = false;
  const slowness = async (ms: number): Promise<void> => {
    if (isSlow) await wait(ms);
  };
  const crowd = platform === "slack" ? await openSlackCrowd(slowestMs) : await openDiscordCrowd();
  const book = await stallingBook(dir, () =>
    slowness(chance() < STALLS ? chance() * slowestMs : chance() * 10),
  );
  const real = await testBot({
    clock: () => TODAY + Math.round(performance.now()),
    book,
    draw: async () => {
      await slowness(slowestMs * 0.8);
      return PIXEL;
    },
  });
  const connected = crowd.connect({
    ...real.bot,
    answer: async (invocation) => {
      await slowness(chance() < 0.5 ? 0 : chance() * slowestMs);
      return real.bot.answer(invocation);
    },
  });
  const lag = monitorEventLoopDelay({ resolution: 10 });
  const late: string[] = [];
  const silent: string[] = [];
  const unkept: string[] = [];
  let count = 0;
  let firstMs = 0;
  let answerMs = 0;
  let from = performance.now();
  const clock = setInterval(() => {
    const passed = Math.floor(performance.now() - from);
    crowd.advance(passed);
    from += passed;
  }, TICK_MS);
  try {
    await connected.start();
    for (let wave = 0; wave < waves; wave += 1) {
      isSlow = false;
      const happen = await crowd.ready(each);
      isSlow = true;
      lag.enable();
      const began = performance.now();
      const all = happen();
      count += all.length;
      let untaken = all;
      let unanswered = all;
      const isOver = (): boolean => performance.now() - began > 2 * slowestMs + GRACE_MS;
      while (unanswered.length > 0 && !isOver()) {
        await wait(TICK_MS);
        const passed = performance.now() - began;
        const taken = untaken.filter((one) => one.isTaken());
        if (taken.length > 0) firstMs = Math.max(firstMs, passed);
        // What is seen now may have been so since the last look.
        if (passed > LIMIT_MS + TICK_MS) late.push(...taken.map(({ kind }) => `late ${kind}`));
        untaken = untaken.filter((one) => !taken.includes(one));
        // Looking costs the process what it has to share, so that people are asked after only when all is taken.
        if (untaken.length > 0 && passed < 2 * LIMIT_MS) continue;
        await wait(LOOK_MS);
        unanswered = unanswered.filter((one) => one.said() === undefined);
        answerMs = Math.max(answerMs, performance.now() - began);
      }
      lag.disable();
      late.push(...untaken.map(({ kind }) => `untaken ${kind}`));
      silent.push(...unanswered.map(({ kind }) => `silent ${kind}`));
      for (const { kind, said } of all)
        if (UNKEPT.test(said() ?? "")) unkept.push(`${kind}: ${said()?.slice(0, 80)}`);
    }
  } finally {
    clearInterval(clock);
    await connected.stop();
    await crowd.close();
    await book.close();
  }
  const complaints = [...crowd.complaints(), ...real.broken.map(String)];
  const wrong = [late, silent, unkept, complaints].flat();
  return {
    id: "P31",
    promise: "Every interaction is responded to within 3 s, and answered",
    injected: `${each} of each kind at once; answers take up to ${slowestMs / 1_000} s, pictures ${(slowestMs * 0.8) / 1_000} s, the disk stalls (${platform})`,
    count,
    violations: wrong.length,
    detail: {
      late: late.length,
      silent: silent.length,
      unkept: unkept.length,
      complaints: complaints.length,
      "first response ms": Math.round(firstMs),
      "answer ms": Math.round(answerMs),
      "loop lag ms": Math.round(lag.max / 1e6),
      ...(wrong.length > 0 && {
        first: [...Map.groupBy(wrong, (w) => w.slice(0, 160).replace(/\d{6,}/g, "N"))]
          .map(([k, v]) => `${v.length}× ${k}`)
          .slice(0, 12)
          .join("\n"),
      }),
    },
  };
}

/** Words that answer nobody: everything asked here can be done. */
const UNKEPT = /Something broke|Somebody else changed|could not be sent/;

/** A book in files on a disk that stalls now and then. */
function stallingBook(dir: string, stall: () => Promise<void>): Promise<JsonBook> {
  const open: Disk["open"] = async (...given) => {
    const file = await realDisk.open(...given);
    const sync = file.datasync.bind(file);
    file.datasync = async () => {
      await stall();
      return sync();
    };
    return file;
  };
  return openJsonBook(dir, { disk: { ...realDisk, open } });
}

/** One white pixel: a picture is a picture. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=",
  "base64",
);
