import { isOpen } from "../../../src/delivery/post.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import type { Book } from "../../../src/stores/book.ts";
import { addRule, HOUR, plan, titleOf } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Mode, Visible } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import { live } from "./life.ts";
import { badDay } from "./mishaps.ts";
import { copiesOf, seeded } from "./promise.ts";

export interface KilledRun {
  readonly mode: Mode;
  readonly posts: number;
  readonly seed: number;
  /** A life ends after at most so many points at which it can be killed. */
  readonly longestLife: number;
}

export interface KilledStory {
  readonly kills: number;
  readonly requests: number;
  /** How often each post is seen. */
  readonly copies: readonly number[];
  readonly seen: readonly Visible[];
  readonly book: Book;
}

const CHANNELS = 8;

/** Posts delivered on a bad day by processes that are killed again and again; judged by what people see. */
export async function killedRun({
  mode,
  posts,
  seed,
  longestLife,
}: KilledRun): Promise<KilledStory> {
  const chance = seeded(seed);
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time, () => badDay(chance()));
  try {
    const book = memoryBook();
    const owner = stage.dm("owner").id;
    const channels = Array.from({ length: CHANNELS }, (_, at) => stage.channel(`c${at}`));
    await addRule(book, channels[0]!, { id: "r1", owner });
    const keys = Array.from({ length: posts }, (_, at) => `alert:p${at}:x:1:opened`);
    for (const [at, postKey] of keys.entries())
      await plan(book, {
        postKey,
        target: channels[at % CHANNELS]!,
        kind: at % 3 === 0 ? "digest" : "alert",
        subscription: "r1",
        repeat: "at-least-once",
        now: time.clock() + at,
        expiresAt: time.clock() + 100 * HOUR,
      });
    let kills = 0;
    const latest = time.clock() + 72 * HOUR;
    const isLeft = (): boolean => book.list("posts").some(({ value }) => isOpen(value));
    while (isLeft() && time.clock() < latest) {
      const killAt = 1 + Math.floor(chance() * longestLife);
      if (await live({ book, sender: stage.sender(), time, chance, killAt }, latest)) kills += 1;
    }
    // What we write to the owner about a post is not the post.
    const places = new Set(channels.map(({ id }) => id));
    const seen = stage.visible().filter(({ channel }) => places.has(channel));
    const copies = copiesOf(
      keys.map(titleOf),
      seen.map(({ text }) => text),
    );
    return { kills, requests: stage.asked.length, copies, seen, book };
  } finally {
    time.release();
    await stage.close();
  }
}
