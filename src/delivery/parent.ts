import type { Reply } from "../reply/reply.ts";
import type { Book, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { keyOfPost, REASON } from "./post.ts";

/**
 * The post in whose thread this one stands; undefined when it stands alone, or its parent is not known any more. What was
 * said in one message with others has its thread there.
 */
export function parentOf(
  book: Book,
  { tenant, inReplyTo }: Pick<Post, "tenant" | "inReplyTo">,
): Stored<Post> | undefined {
  if (inReplyTo === null) return undefined;
  const parent = book.get("posts", keyOfPost({ tenant, postKey: inReplyTo }));
  return parent?.value.reason === REASON.folded ? parentOf(book, parent.value) : parent;
}

/** Everything that was corrected in the thread of a post so far, oldest first. */
export function correctionsOf(book: Book, { tenant, postKey, folds = [] }: Post): Reply[] {
  const parents = new Set([postKey, ...folds]);
  return book
    .list("posts", keyOf(tenant, ""))
    .map(({ value }) => value)
    .filter(
      ({ inReplyTo, kind, status }) =>
        inReplyTo !== null && parents.has(inReplyTo) && kind === "correction" && status === "shown",
    )
    .toSorted((one, other) => one.createdAt - other.createdAt)
    .map(({ reply }) => reply);
}
