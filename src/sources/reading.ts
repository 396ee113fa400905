import { Tinypool } from "tinypool";
import { Fault } from "../fault.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { readInWorker, ReadOutcome, ReadTask } from "./read-answer.ts";
import type { ParseAbout, Parsed } from "./source.ts";

export interface Reading {
  /** Reads one answer of a source. Rejects with a Fault for what is none, or takes too much time or memory. */
  read(source: string, text: string, about: ParseAbout): Promise<Parsed>;
  /** Ends the worker. Safe to call twice. */
  close(): Promise<void>;
}

export interface ReadingOptions {
  readonly catalogue?: URL;
  /** For a text of no size; a second more for each megabyte. */
  readonly limitMs?: number;
  readonly memoryMb?: number;
}

/** A pool whose worker exports `readInWorker`; to tinypool anything may go in and come out. */
interface ReadPool extends Pick<Tinypool, "destroy"> {
  run(
    task: ReadTask,
    options: { readonly name: "readInWorker"; readonly signal: AbortSignal },
  ): ReturnType<typeof readInWorker>;
}

/** A worker nobody needs for this long ends and gives its memory back. */
const IDLE_MS = 30_000;

/**
 * Reads what strangers sent in a worker thread of little memory, killed when it takes too long: an answer made to harm stops
 * nothing but itself. One at a time; nothing is loaded before the first.
 */
export function openReading({
  catalogue = CATALOGUE,
  limitMs = 10_000,
  memoryMb = 256,
}: ReadingOptions = {}): Reading {
  const closing = new AbortController();
  let pool: ReadPool | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function openPool(): ReadPool {
    return new Tinypool({
      filename: new URL("./read-answer.ts", import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
  }

  async function inWorker(task: ReadTask): Promise<ReadOutcome> {
    closing.signal.throwIfAborted();
    pool ??= openPool();
    const mostMs = limitMs + Math.floor(task.text.length / (1 << 20)) * 1_000;
    const late = AbortSignal.timeout(mostMs);
    try {
      return await pool.run(task, {
        name: "readInWorker",
        signal: AbortSignal.any([late, closing.signal]),
      });
    } catch (error) {
      if (closing.signal.aborted)
        throw new Fault("busy", "The process is stopping.", "It is asked again after the start.");
      throw late.aborted ? tooSlow(mostMs) : brokeWorker(error, memoryMb);
    }
  }

  return {
    async read(source, text, about) {
      const mine = turn.then(() => inWorker({ catalogue: catalogue.href, source, text, about }));
      turn = mine.catch(() => {});
      const outcome = await mine;
      if ("parsed" in outcome) return outcome.parsed;
      throw new Fault(outcome.fault.reason, outcome.fault.message, outcome.fault.right);
    },
    async close() {
      closing.abort();
      await turn;
      await pool?.destroy();
    },
  };
}

function tooSlow(limitMs: number): Fault {
  return new Fault(
    "too_large",
    `Reading it took longer than ${limitMs / 1_000} s, so it was given up.`,
    "Nothing was changed.",
  );
}

function brokeWorker(error: unknown, memoryMb: number): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const { message } = error instanceof Error ? error : { message: String(error) };
  if (code === "ERR_WORKER_OUT_OF_MEMORY" || /out of memory|memory limit/i.test(message))
    return new Fault(
      "too_large",
      `Reading it took more than ${memoryMb} MB of memory, so it was given up.`,
      "Nothing was changed.",
    );
  return error instanceof Error ? error : new Error(message);
}
