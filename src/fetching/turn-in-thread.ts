import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { Log } from "../log.ts";
import type { SourceSettings } from "./chosen.ts";

/** Asked to stop, a thread has so long to end by itself; what it was writing is whole or not there. */
const STOP_MS = 3_000;
const SAID = z.object({
  level: z.enum(["warn", "error"]),
  about: z.record(z.string(), z.unknown()),
  text: z.string().optional(),
});

export interface TurnInThread {
  readonly dir: string;
  readonly settings: SourceSettings;
  readonly catalogue: URL;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Asks the sources that are due in a thread of its own: reading the facts, matching a hundred thousand rows and writing them
 * take seconds that no answer should wait for. Rejects when the thread breaks.
 */
export function turnInThread({
  dir,
  settings,
  catalogue,
  log,
  signal,
}: TurnInThread): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./turn-worker.ts", import.meta.url), {
      workerData: { dir, settings, catalogue: catalogue.href },
    });
    let late: NodeJS.Timeout | undefined;
    const stop = (): void => {
      worker.postMessage("stop");
      late = setTimeout(() => void worker.terminate(), STOP_MS);
    };
    signal.addEventListener("abort", stop, { once: true });
    worker.on("message", (message: unknown) => {
      const { level, about, text } = SAID.parse(message);
      log[level](about, text);
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      clearTimeout(late);
      signal.removeEventListener("abort", stop);
      resolve();
    });
  });
}
