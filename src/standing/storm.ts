import { stormReply } from "../alerts/say-storm.ts";
import { laneKey } from "../delivery/lane.ts";
import { freePostKey, newPost, plannedChange, postChange, REASON } from "../delivery/post.ts";
import { postKeys } from "../delivery/post-key.ts";
import type { Book, Change } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { keysOf } from "../stores/tenant.ts";

/** More than so many hits, or messages, for one place within this time are one message. */
const WITHIN_MS = 10 * 60_000;
const HITS_MOST = 20;
const MESSAGES_MOST = 10;

/**
 * How a new alert is written down. Where too many come for one place at once it is folded, with those that did not leave
 * yet, into one message that names each; as long as that is young, what follows makes it grow. What is folded keeps its
 * record, so that the log shows it and its corrections find their thread.
 */
export function gathered(post: Post, book: Book, now: number): readonly Change[] {
  const near = book
    .list("posts", keysOf(post.tenant))
    .filter(({ value }) => isNear(value, post) && isSamePlace(value, post));
  const open = near.findLast(({ value }) => value.folds !== undefined && mayGrow(value));
  const alone = near.filter(({ value }) => value.folds === undefined && isAlert(value));
  if (open !== undefined) {
    const { tenant, folds = [], postKey, status } = open.value;
    const before = folds.flatMap((key) => book.get("posts", keyOf(tenant, key))?.value ?? []);
    const grown = { ...open.value, ...wordsFor([...before, post]) };
    return [
      plannedChange(joining(post, postKey, now)),
      postChange(
        open,
        status === "shown" ? { ...grown, reason: REASON.editDue, notBefore: now } : grown,
      ),
    ];
  }
  const hits = alone.reduce((sum, { value }) => sum + hitsOf(value), hitsOf(post));
  const isStorm = alone.length >= MESSAGES_MOST || (alone.length > 0 && hits > HITS_MOST);
  if (!isStorm) return [plannedChange(post)];
  const unsent = alone.filter(({ value }) => isUnsent(value));
  const stormKey = freePostKey(book, post.tenant, post.notBefore, (at) =>
    postKeys.storm(post.target, at),
  );
  const storm = stormOf(post, stormKey, now);
  return [
    plannedChange({ ...storm, ...wordsFor([...unsent.map(({ value }) => value), post]) }),
    plannedChange(joining(post, stormKey, now)),
    ...unsent.map((one) => postChange(one, joining(one.value, stormKey, now))),
  ];
}

/** A message for many, in the place and at the time of one of them. */
function stormOf(post: Post, postKey: string, now: number): Post {
  return newPost({
    postKey,
    target: post.target,
    kind: "alert",
    reply: post.reply,
    subscription: post.subscription,
    now,
    notBefore: post.notBefore,
    ...(post.reason === "quiet" && { reason: "quiet" }),
    ...(post.silent && { silent: true }),
  });
}

function wordsFor(parts: readonly Post[]): Required<Pick<Post, "reply" | "folds">> {
  return {
    reply: stormReply(
      parts.map(({ reply, subscription }) => ({ rule: subscription ?? "", said: reply })),
    ),
    folds: parts.map(({ postKey }) => postKey),
  };
}

function joining(post: Post, stormKey: string, now: number): Post {
  return {
    ...post,
    status: "skipped",
    reason: REASON.folded,
    inReplyTo: stormKey,
    settledAt: now,
  };
}

function isSamePlace({ target }: Post, post: Post): boolean {
  return laneKey(target) === laneKey(post.target);
}

function isNear(other: Post, post: Post): boolean {
  const at = other.status === "shown" ? (other.settledAt ?? other.notBefore) : other.notBefore;
  return Math.abs(post.notBefore - at) < WITHIN_MS;
}

/** A message of its own, or one that was folded: both were hits. */
function isAlert({ kind, inReplyTo, reason, status }: Post): boolean {
  if (kind !== "alert") return false;
  return reason === REASON.folded || (inReplyTo === null && status !== "skipped");
}

function isUnsent({ status, lease, firstTryAt }: Post): boolean {
  return (status === "planned" || status === "waiting") && lease === null && firstTryAt === null;
}

/** Nobody is at work on it, and what stands of it is known. */
function mayGrow(post: Post): boolean {
  return isUnsent(post) || (post.status === "shown" && post.lease === null);
}

/** How many events it tells; a figure's alert is one. */
function hitsOf({ reply: { figures } }: Post): number {
  return typeof figures.events === "number" ? figures.events : 1;
}
