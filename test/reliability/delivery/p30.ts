import { isOpen } from "../../../src/delivery/post.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { HOUR, openCrew, plan, runUntil, titleOf } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Mode } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import type { Figure } from "./promise.ts";
import { copiesOf, seeded } from "./promise.ts";

export interface Stops {
  readonly mode: Mode;
  readonly posts: number;
  readonly stops: number;
  readonly seed: number;
}

/** A process asked to stop at any moment leaves nothing half done that the next one could lose or repeat. */
export async function p30({ mode, posts, stops, seed }: Stops): Promise<Figure> {
  const chance = seeded(seed);
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time);
  try {
    const book = memoryBook();
    const channels = Array.from({ length: 6 }, (_, at) => stage.channel(`c${at}`));
    const keys = Array.from({ length: posts }, (_, at) => `alert:p${at}:x:1:opened`);
    for (const [at, postKey] of keys.entries())
      await plan(book, {
        postKey,
        target: channels[at % channels.length]!,
        now: time.clock() + at,
      });
    let stopped = 0;
    let slowest = 0;
    let leased = 0;
    while (stopped < stops && book.list("posts").some(({ value }) => isOpen(value))) {
      const { delivery } = openCrew(book, [stage.sender()], time, chance);
      // Somewhere in the middle of whatever is going on.
      const turns = Math.floor(chance() * 8);
      for (let turn = 0; turn < turns; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      const asked = performance.now();
      await delivery.close();
      slowest = Math.max(slowest, performance.now() - asked);
      leased += book.list("posts").filter(({ value }) => value.lease !== null).length;
      stopped += 1;
      time.to(time.clock() + 1_000);
    }
    const { delivery } = openCrew(book, [stage.sender()], time, chance);
    await runUntil(delivery, time, time.clock() + 2 * HOUR);
    await delivery.close();
    const copies = copiesOf(
      keys.map(titleOf),
      stage.visible().map(({ text }) => text),
    );
    const lost = copies.filter((count) => count === 0).length;
    const doubled = copies.filter((count) => count > 1).length;
    return {
      id: "P30",
      promise: "A process asked to stop loses and doubles nothing, and stops soon",
      injected: `${stopped} stops at random moments (${mode})`,
      count: posts,
      violations: lost + doubled + leased + (slowest > 10_000 ? 1 : 0),
      detail: { lost, doubled, leased, "slowest ms": Math.round(slowest) },
    };
  } finally {
    time.release();
    await stage.close();
  }
}
