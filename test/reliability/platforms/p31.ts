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
import type { Happened } from "./crowd.ts";
import { openDiscordCrowd } from "./discord-crowd.ts";
import { openSlackCrowd } from "./slack-crowd.ts";

export interface Crowded {
  readonly platform: "slack" | "discord";
  /** How many of each kind at once. */
  readonly each: number;
  /** Which time; each has chances of its own. */
  readonly round: number;
  /** Every other answer, and one sync of the disk in fifty, takes up to so long; a picture nearly as long. */
  readonly slowestMs: number;
  readonly seed: number;
}

const LIMIT_MS = 3_000;
const TICK_MS = 20;
const LOOK_MS = 500;
/** How many of the disk's syncs take long. */
const STALLS = 0.02;
/**
 * All kinds begin within 12 s; then a slow answer and a slow picture, 18 s, or a slow answer and two stalls of the disk,
 * which all who save share, 30 s; and what a busy machine adds.
 */
const PATIENCE_MS = 60_000;

/**
 * P31: whatever a person does is responded to within three seconds, however long the answer takes, and answered in the end.
 * The seconds are real ones, because a busy event loop is one of the things that break the promise.
 */
export function runP31(crowded: Crowded): Promise<Figure> {
  return inScratch((dir) => played(crowded, dir));
}

async function played(
  { platform, each, round, slowestMs, seed }: Crowded,
  dir: string,
): Promise<Figure> {
  const chance = seeded(seed + round);
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
  const answers = new Map<Happened, string>();
  let all: readonly Happened[] = [];
  let firstMs = 0;
  let answerMs = 0;
  let from = performance.now();
  const moveClock = (): void => {
    const passed = Math.floor(performance.now() - from);
    crowd.advance(passed);
    from += passed;
  };
  const clock = setInterval(moveClock, TICK_MS);
  try {
    await connected.start();
    const happen = await crowd.ready(each);
    isSlow = true;
    lag.enable();
    const began = performance.now();
    // One kind after the other, while those before are still being answered.
    for (const kind of happen) {
      moveClock();
      const from = performance.now();
      let untaken = kind();
      all = [...all, ...untaken];
      while (performance.now() - from < LIMIT_MS) {
        await wait(TICK_MS);
        const left = untaken.filter((one) => !one.isTaken());
        if (left.length < untaken.length) firstMs = Math.max(firstMs, performance.now() - from);
        untaken = left;
      }
      late.push(...untaken.map((one) => `late ${one.kind}`));
    }
    lag.disable();
    // Looking at every screen costs the process what it has to share, so it is done at last, and seldom.
    while (answers.size < all.length && performance.now() - began < PATIENCE_MS) {
      await wait(LOOK_MS);
      for (const one of all.filter((each) => !answers.has(each))) {
        const said = one.said();
        if (said !== undefined) answers.set(one, said);
      }
      answerMs = performance.now() - began;
    }
  } finally {
    lag.disable();
    clearInterval(clock);
    await connected.stop();
    await crowd.close();
    await book.close();
  }
  const silent = all.filter((one) => !answers.has(one)).map(({ kind }) => `silent ${kind}`);
  const unkept = [...answers]
    .filter(([, said]) => UNKEPT.test(said))
    .map(([{ kind }, said]) => `${kind}: ${said.slice(0, 80)}`);
  const complaints = [...crowd.complaints(), ...real.broken.map(String)];
  const wrong = [late, silent, unkept, complaints].flat();
  return {
    id: "P31",
    promise: "Every interaction is responded to within 3 s, and answered",
    injected: `${each} of each kind at once; answers take up to ${slowestMs / 1_000} s, pictures ${(slowestMs * 0.8) / 1_000} s, the disk stalls (${platform})`,
    count: all.length,
    violations: wrong.length,
    detail: {
      late: late.length,
      silent: silent.length,
      unkept: unkept.length,
      complaints: complaints.length,
      "first response ms": Math.round(firstMs),
      "answer ms": Math.round(answerMs),
      "loop lag ms": Math.round(lag.max / 1e6),
      ...(wrong.length > 0 && { first: [...new Set(wrong)].slice(0, 5).join("; ") }),
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
