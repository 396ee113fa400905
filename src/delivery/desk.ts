import type { Log } from "../log.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { postChange } from "./post.ts";

/** Thrown where somebody else wrote our post meanwhile: it is theirs, and we do nothing more about it. */
class Overtaken extends Error {}

/** Writes posts so that one worker has one at a time. Everything rejects with a Fault when the book cannot be written. */
export interface Desk {
  /** Writes the claim and does the work with the post as it then stands; nothing when anyone else was quicker. */
  withClaim(
    stored: Stored<Post>,
    next: Post,
    act: (held: Stored<Post>) => Promise<void>,
  ): Promise<void>;
  /** Writes the next state of what is ours, before going on. */
  still(held: Stored<Post>, next: Post): Promise<Stored<Post>>;
  /**
   * Writes what came of a post with all that follows from it. When only something around it changed meanwhile (its
   * owner edited the rule), what follows is worked out anew.
   */
  write(held: Stored<Post>, changes: () => readonly Change[]): Promise<void>;
}

export function openDesk(book: Book, log: Log): Desk {
  const written = async (held: Stored<Post>, next: Post): Promise<Stored<Post>> => {
    const done = await book.commit([postChange(held, next)]);
    const stored = book.get("posts", held.key);
    if (done === "conflict" || stored?.version !== held.version + 1) throw new Overtaken();
    return stored;
  };
  const unlessOvertaken = async (held: Stored<Post>, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      log.warn(
        { event: "delivery.overtaken", post: held.value.postKey },
        "somebody else wrote this post",
      );
    }
  };
  return {
    withClaim: (stored, next, act) =>
      unlessOvertaken(stored, async () => act(await written(stored, next))),
    still: written,
    write: (held, changes) =>
      unlessOvertaken(held, async () => {
        while ((await book.commit(changes())) === "conflict")
          if (book.get("posts", held.key)?.version !== held.version) throw new Overtaken();
      }),
  };
}
