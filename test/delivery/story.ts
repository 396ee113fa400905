import { memoryBook } from "../../src/stores/memory-book.ts";
import { HOUR, openCrew, runUntil } from "./crew.ts";
import { movedTime } from "./moved-time.ts";
import type { Mode } from "./stage.ts";
import { openStage } from "./stage.ts";

/** A book, a platform and a delivery between them, under a clock that a test moves. */
export async function openStory(mode: Mode) {
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time);
  const book = memoryBook();
  const start = () => openCrew(book, [stage.sender()], time);
  let crew = start();
  return {
    time,
    stage,
    book,
    get paused() {
      return crew.paused;
    },
    get logged() {
      return crew.logged;
    },
    get delivery() {
      return crew.delivery;
    },
    /** Lets so much time pass, and everything happen that is due in it. */
    async pass(ms = HOUR): Promise<void> {
      crew.delivery.poke();
      await runUntil(crew.delivery, time, time.clock() + ms);
    },
    /** A new process over the same book. */
    async restart(): Promise<void> {
      await crew.delivery.close();
      crew = start();
    },
    /** What people see in this channel, in order. */
    seen: (channel: string) => stage.visible().filter((message) => message.channel === channel),
    async close(): Promise<void> {
      await crew.delivery.close();
      time.release();
      await stage.close();
    },
  };
}

export type Story = Awaited<ReturnType<typeof openStory>>;
