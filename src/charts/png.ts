import { createHash } from "node:crypto";
import { Tinypool } from "tinypool";
import type { Chart, Draw, Theme } from "./chart.ts";
import { byteCache } from "./byte-cache.ts";
import type { drawPng } from "./worker.ts";

export interface Pictures {
  /**
   * A chart as PNG, 1600 pixels wide. Rejects with a PictureError when it takes too long, when the
   * drawing failed, or after `close`. The bytes are shared: do not write into them.
   */
  readonly draw: Draw;
  /** Ends the worker; drawings under way are rejected. Safe to call twice. */
  close(): Promise<void>;
}

export type PictureReason = "too-slow" | "failed" | "closed";

/** Why there is no picture; whoever asked still has the chart's figures and its alt text. */
export class PictureError extends Error {
  readonly reason: PictureReason;
  constructor(reason: PictureReason, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = "PictureError";
    this.reason = reason;
  }
}

export interface PictureOptions {
  /** From the request to the picture, waiting included. */
  readonly limitMs?: number;
  readonly cacheBytesMax?: number;
  /** The file that draws; it exports `drawPng`. */
  readonly worker?: URL;
}

/** A pool whose worker exports `drawPng`; to tinypool anything may go in and come out. */
interface DrawPool extends Pick<Tinypool, "destroy"> {
  run(
    task: Parameters<typeof drawPng>[0],
    options: { readonly name: "drawPng"; readonly signal: AbortSignal },
  ): ReturnType<typeof drawPng>;
}

/** A worker nobody needs for this long ends and gives its memory back. */
const IDLE_MS = 60_000;

/**
 * Draws charts in one worker thread, so that no answer waits for a picture on the main thread.
 * Equal charts are drawn once and remembered by their content. A worker that dies or hangs is
 * replaced at the next drawing; nothing is loaded before the first.
 */
export function openPictures({
  limitMs = 10_000,
  cacheBytesMax = 32 * 1024 * 1024,
  worker = new URL("./worker.ts", import.meta.url),
}: PictureOptions = {}): Pictures {
  const cache = byteCache(cacheBytesMax);
  const underWay = new Map<string, Promise<Uint8Array>>();
  const closing = new AbortController();
  let pool: DrawPool | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function drawnInTurn(chart: Chart, theme: Theme): Promise<Uint8Array> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), limitMs);
    // One at a time, since the pool forgets what waits in its queue when a worker dies.
    const mine = turn.then(async (): Promise<Uint8Array> => {
      const signal = AbortSignal.any([late.signal, closing.signal]);
      signal.throwIfAborted();
      pool ??= new Tinypool({
        filename: worker.href,
        minThreads: 0,
        maxThreads: 1,
        idleTimeout: IDLE_MS,
      });
      return await pool.run({ chart, theme }, { name: "drawPng", signal });
    });
    turn = mine.catch(() => {});
    try {
      return await mine;
    } catch (error) {
      if (closing.signal.aborted) throw closed();
      if (late.signal.aborted)
        throw new PictureError("too-slow", `The picture took longer than ${limitMs / 1000} s.`);
      throw new PictureError("failed", "The picture could not be drawn.", error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async draw(chart, theme) {
      if (closing.signal.aborted) throw closed();
      const key = contentKey(chart, theme);
      const kept = cache.find(key);
      if (kept !== undefined) return kept;
      const started = underWay.get(key);
      if (started !== undefined) return await started;
      const drawing = drawnInTurn(chart, theme).finally(() => underWay.delete(key));
      underWay.set(key, drawing);
      const png = await drawing;
      cache.keep(key, png);
      return png;
    },
    async close() {
      closing.abort();
      await turn;
      await pool?.destroy();
    },
  };
}

/** contentKey = SHA-256 of theme and chart. */
function contentKey(chart: Chart, theme: Theme): string {
  return createHash("sha256")
    .update(JSON.stringify([theme, chart]))
    .digest("base64url");
}

function closed(): PictureError {
  return new PictureError("closed", "Pictures are closed: the process is stopping.");
}
