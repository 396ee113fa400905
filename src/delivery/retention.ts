import type { Book, Change } from "../stores/book.ts";
import { DAY } from "./backoff.ts";
import { isOpen } from "./post.ts";

const KEPT_MS = 90 * DAY;

/** Deletes what was settled more than 90 days ago, however it ended. */
export function outdatedPosts(book: Book, now: number): Change[] {
  return book
    .list("posts")
    .filter(({ value }) => !isOpen(value) && (value.settledAt ?? value.createdAt) < now - KEPT_MS)
    .map(({ key, version }) => ({ table: "posts", key, value: null, expect: { version } }));
}
