import { Fault } from "../fault.ts";
import type { Change } from "./book.ts";
import { sealedChange } from "./sealed.ts";
import { draftOver, type Shelf, type Written } from "./shelf.ts";

export interface CommitQueue {
  commit(changes: readonly Change[]): Promise<"done" | "conflict">;
  /** Takes no more commits; resolves when those given are answered. */
  close(): Promise<void>;
}

interface Disk {
  /** Puts commits on disk together, in order; all or none of them. */
  write(commits: readonly (readonly Written[])[]): Promise<void>;
  /** A moment between two writes; never rejects. */
  rest(): Promise<void>;
}

interface Waiting {
  readonly changes: readonly Change[];
  readonly resolve: (outcome: "done" | "conflict") => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits in the order they were given. Those that arrive while the disk is busy are written together by the next call,
 * so that many share one sync, and each is answered only when its own write has ended.
 */
export function commitQueue(shelf: Shelf, disk: Disk): CommitQueue {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  async function run(): Promise<void> {
    // Commits given in one turn of the event loop belong to one batch.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await settle(batch);
      await disk.rest();
    }
    running = undefined;
  }

  async function settle(batch: readonly Waiting[]): Promise<void> {
    const draft = draftOver(shelf);
    const taken = batch.map(({ changes }) => draft.take(changes));
    const writing = taken
      .filter((written) => written !== undefined)
      .filter(({ length }) => length > 0);
    try {
      if (writing.length > 0) await disk.write(writing);
    } catch (error) {
      // Also those in conflict: they were judged by commits before them that now never were.
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const written of writing) shelf.put(written);
    for (const [index, { resolve }] of batch.entries())
      resolve(taken[index] === undefined ? "conflict" : "done");
  }

  return {
    async commit(changes) {
      if (closed) throw new Fault("store_readonly", "The book is closed. Nothing was changed.");
      const sealed = changes.map(sealedChange);
      return new Promise((resolve, reject) => {
        waiting.push({ changes: sealed, resolve, reject });
        running ??= run();
      });
    },
    async close() {
      closed = true;
      await running;
    },
  };
}
