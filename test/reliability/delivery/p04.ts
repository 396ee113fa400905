import { isOpen } from "../../../src/delivery/post.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { HOUR, plan, titleOf } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Mode } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import type { Fault } from "../../delivery/unreliable.ts";
import { live } from "./life.ts";
import type { Figure } from "./promise.ts";
import { copiesOf, seeded } from "./promise.ts";

export interface P04 {
  readonly mode: Mode;
  readonly posts: number;
  readonly seed: number;
  /** A life ends after at most so many points at which it can be killed. */
  readonly longestLife: number;
}

const CHANNELS = 8;

/** A due post is shown exactly once, wherever the process dies and whatever the network does meanwhile. */
export async function p04({ mode, posts, seed, longestLife }: P04): Promise<Figure> {
  const chance = seeded(seed);
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time, () => mishap(chance()));
  try {
    const book = memoryBook();
    const channels = Array.from({ length: CHANNELS }, (_, at) => stage.channel(`c${at}`));
    const keys = Array.from({ length: posts }, (_, at) => `alert:p${at}:x:1:opened`);
    for (const [at, postKey] of keys.entries())
      await plan(book, {
        postKey,
        target: channels[at % CHANNELS]!,
        kind: at % 3 === 0 ? "digest" : "alert",
        // Where there is no looking, only a post that may be repeated can be promised at all.
        repeat: "at-least-once",
        now: time.clock() + at,
        expiresAt: time.clock() + 100 * HOUR,
      });
    let kills = 0;
    const latest = time.clock() + 72 * HOUR;
    const isLeft = (): boolean => book.list("posts").some(({ value }) => isOpen(value));
    for (let life = 0; isLeft() && life < posts * 20; life += 1) {
      const killAt = 1 + Math.floor(chance() * longestLife);
      if (await live({ book, sender: stage.sender(), time, chance, killAt }, latest)) kills += 1;
      if (time.clock() >= latest) break;
    }
    const texts = stage.visible().map(({ text }) => text);
    const copies = copiesOf(keys.map(titleOf), texts);
    const never = copies.filter((count) => count === 0).length;
    const twice = copies.filter((count) => count > 1).length;
    return {
      id: "P4",
      promise: "A due post is shown exactly once when the process dies anywhere",
      injected: `${kills} kills; 5 % lost answers, 3 % 502, 10 % applied up to 0.3 s late (${mode})`,
      count: posts,
      violations: never + twice,
      detail: { mode, seed, kills, never, twice, requests: stage.asked.length },
    };
  } finally {
    time.release();
    await stage.close();
  }
}

function mishap(roll: number): Fault | undefined {
  if (roll < 0.05) return "lose";
  if (roll < 0.065) return "broken";
  if (roll < 0.08) return "broken-done";
  if (roll < 0.18) return { late: 1 + Math.floor(((roll - 0.08) / 0.1) * 300) };
  return undefined;
}
