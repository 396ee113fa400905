import { Fault } from "../fault.ts";
import type { Change, ChangePlan } from "./book.ts";
import { sealedChange } from "./sealed.ts";
import { drafted, type Lay, type Shelf, type Written } from "./shelf.ts";

export interface CommitQueue {
  commit(changes: readonly Change[] | ChangePlan): Promise<"done" | "conflict">;
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
  readonly plan: ChangePlan;
  readonly resolve: (outcome: "done" | "conflict") => void;
  readonly reject: (error: unknown) => void;
}

/** What becomes of one commit of a batch: what it writes, or why it writes nothing. */
type Taken = { readonly written: readonly Written[] | undefined } | { readonly error: unknown };

/**
 * Commits in the order they were given. Those that arrive while the disk is busy are written together by the next call,
 * so that many share one sync, and each is answered only when its own write has ended. A plan is made in its turn, upon
 * those before it, so that it takes what is free and no more than there is room for, however many come at once.
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
    const taken = drafted(shelf, (lay) => batch.map(({ plan }) => takenOf(plan, lay)));
    const writing = taken
      .map((each) => ("written" in each ? (each.written ?? []) : []))
      .filter(({ length }) => length > 0);
    try {
      if (writing.length > 0) await disk.write(writing);
    } catch (error) {
      // Also those that write nothing: they were judged by commits before them that now never were.
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const written of writing) shelf.put(written);
    for (const [index, { resolve, reject }] of batch.entries()) {
      const each = taken[index]!;
      if ("error" in each) reject(each.error);
      else resolve(each.written === undefined ? "conflict" : "done");
    }
  }

  return {
    async commit(given) {
      if (closed) throw new Fault("store_readonly", "The book is closed. Nothing was changed.");
      const plan = planOf(given);
      return new Promise((resolve, reject) => {
        waiting.push({ plan, resolve, reject });
        running ??= run();
      });
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

/** Changes that are known already are sealed at once, since their giver may go on to change them. */
function planOf(given: readonly Change[] | ChangePlan): ChangePlan {
  if (typeof given === "function") return () => given().map(sealedChange);
  const sealed = given.map(sealedChange);
  return () => sealed;
}

function takenOf(plan: ChangePlan, lay: Lay): Taken {
  try {
    return { written: lay(plan()) };
  } catch (error) {
    return { error };
  }
}
