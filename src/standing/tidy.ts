import { dayOf } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Book } from "../stores/book.ts";
import { expired } from "../stores/expired.ts";
import { outgrown } from "../stores/outgrown.ts";

/**
 * Clears away what is old, once a UTC day, and tells the operator when the book is larger than files are made for.
 * What fails is tried again at the next beat.
 *
 * @param lastDay - the UTC day it was last done, "" if never since the start
 * @returns the UTC day it is now done for
 */
export async function tidy(
  { book, now, log }: { readonly book: Book; readonly now: number; readonly log: Log },
  lastDay: string,
): Promise<string> {
  const today = dayOf(now);
  if (today === lastDay) return today;
  const old = expired(
    { posts: book.list("posts"), slots: book.list("slots"), audit: book.list("audit") },
    now,
  );
  if (old.length > 0 && (await book.commit(old)) !== "done") return lastDay;
  const sentence = outgrown(book);
  if (sentence !== null) log.warn({ event: "book.outgrown" }, sentence);
  return today;
}
