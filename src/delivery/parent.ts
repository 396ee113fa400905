import type { Reply } from "../reply/reply.ts";
import type { Book, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { keyOfPost } from "./post.ts";

/** The post in whose thread this one stands; undefined when it stands alone, or its parent is not known any more. */
export function parentOf(
  book: Book,
  { tenant, inReplyTo }: Pick<Post, "tenant" | "inReplyTo">,
): Stored<Post> | undefined {
  return inReplyTo === null
    ? undefined
    : book.get("posts", keyOfPost({ tenant, postKey: inReplyTo }));
}

/** Everything that was corrected in the thread of a post so far, oldest first. */
export function correctionsOf(book: Book, { tenant, postKey }: Post): Reply[] {
  return book
    .list("posts", keyOf(tenant, ""))
    .map(({ value }) => value)
    .filter(
      ({ inReplyTo, kind, status }) =>
        inReplyTo === postKey && kind === "correction" && status === "shown",
    )
    .toSorted((one, other) => one.createdAt - other.createdAt)
    .map(({ reply }) => reply);
}
