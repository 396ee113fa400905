import { Worker } from "node:worker_threads";
import { Fault } from "./fault.ts";
import type { Built, MarketOutcome, MarketTask } from "./market-worker.ts";

/** Reads and builds one market after the other in a thread. */
export interface Building {
  /**
   * Writes down what was said, reads the folder and keeps its market as the snapshot; not to be called before the last one is
   * settled. Rejects with the Fault of damaged or busy facts. A process may end meanwhile, unless something was said.
   */
  build(task: MarketTask): Promise<Built>;
}

/** A thread nobody needs for this long ends and gives its memory back. */
const IDLE_MS = 30_000;

export function openBuilding(): Building {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let waiting: PromiseWithResolvers<Built> | undefined;

  function started(): Worker {
    const mine = new Worker(new URL("./market-worker.ts", import.meta.url));
    const gone = (error: unknown) => {
      if (thread !== mine) return;
      thread = undefined;
      waiting?.reject(
        error instanceof Error ? error : new Error("the thread that reads the facts ended"),
      );
    };
    return mine
      .on("error", gone)
      .on("exit", gone)
      .on("message", (outcome: MarketOutcome) => {
        mine.unref();
        idle = setTimeout(() => {
          thread = undefined;
          void mine.terminate();
        }, IDLE_MS).unref();
        if ("built" in outcome) return waiting?.resolve(outcome.built);
        const { reason, message, right } = outcome.fault;
        waiting?.reject(new Fault(reason, message, right));
      });
  }

  return {
    build(task) {
      clearTimeout(idle);
      thread ??= started();
      if (task.said === undefined) thread.unref();
      else thread.ref();
      waiting = Promise.withResolvers<Built>();
      thread.postMessage(task);
      return waiting.promise;
    },
  };
}
