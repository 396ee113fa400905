import type { Block } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { freePostKey, newPost, plannedChange, postChange } from "./post.ts";
import { awayPrefix, postKeys } from "./post-key.ts";

const TITLES_MOST = 20;

/**
 * A line for a post that became too old to be shown: added to the channel's "while I was away" message, which stands
 * in the outbox until it can be sent. One is begun when there is none to which a line can still be added.
 */
export function awayChange(book: Book, post: Post, now: number): Change {
  const open = book
    .list("posts", keyOf(post.tenant, awayPrefix(post.target)))
    .find(({ value }) => isStillOurs(value));
  if (open !== undefined) return postChange(open, { ...open.value, reply: awayReply(open, post) });
  return plannedChange({
    ...newPost({
      postKey: freePostKey(book, post.tenant, now, (at) => postKeys.away(post.target, at)),
      target: post.target,
      kind: "notice",
      subscription: null,
      now,
      reply: awayReply(undefined, post),
    }),
    // It stands for the oldest of what was missed, so it comes before all that is newer.
    createdAt: post.createdAt,
  });
}

/** Not yet on its way, so that its words may still grow. */
function isStillOurs({ status, firstTryAt }: Post): boolean {
  return (status === "planned" || status === "waiting") && firstTryAt === null;
}

function awayReply(open: Stored<Post> | undefined, post: Post) {
  const before = open?.value.reply;
  const missed = (typeof before?.figures.missed === "number" ? before.figures.missed : 0) + 1;
  const titles = [...(before?.blocks ?? []).flatMap(bulletsOf), post.reply.title].slice(
    0,
    TITLES_MOST,
  );
  const more = missed - titles.length;
  return reply(
    `While I was away: ${missed === 1 ? "1 message" : `${missed} messages`} not shown in time`,
    {
      blocks: [{ kind: "bullets", items: more > 0 ? [...titles, `and ${more} more`] : titles }],
      figures: { missed },
      notes: ["Too old to be shown one by one. The figures are in the answers as ever."],
      actions: [{ label: "Market pulse", run: "/pulse" }],
      audience: "everyone",
    },
  );
}

function bulletsOf(block: Block): string[] {
  if (block.kind !== "bullets") return [];
  return block.items
    .flatMap((item) => (typeof item === "string" ? [item] : []))
    .slice(0, TITLES_MOST);
}
