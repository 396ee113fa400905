import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { systemClock } from "../clock.ts";
import { Fault } from "../fault.ts";
import type { Log } from "../log.ts";
import { openSources } from "./open-sources.ts";

const GIVEN = z.object({
  dir: z.string(),
  settings: z.object({
    wanted: z.array(z.string()),
    contact: z.string().nullable(),
    own: z.record(z.string(), z.string()),
    proxy: z
      .object({ url: z.string(), except: z.array(z.string()) })
      .nullable()
      .default(null),
  }),
  catalogue: z.string(),
});

/** A thread that asks the sources which are due, says what is to be logged, and ends; any message asks it to stop soon. */
async function turn(): Promise<void> {
  const { catalogue, ...given } = GIVEN.parse(workerData);
  const say =
    (level: "warn" | "error") =>
    (about: unknown, text?: unknown): void =>
      parentPort?.postMessage({ level, about, text });
  const log: Log = { info() {}, debug() {}, warn: say("warn"), error: say("error") };
  const sources = await openSources({
    ...given,
    clock: systemClock,
    log,
    catalogue: new URL(catalogue),
  });
  parentPort?.once("message", () => void sources.close());
  try {
    await sources.refresh();
  } catch (error) {
    // Another process at the same work is no trouble.
    if (!(error instanceof Fault && error.reason === "busy")) throw error;
  } finally {
    await sources.close();
    parentPort?.close();
  }
}

await turn();
