import type { Digest, Pause, Post, Rule } from "../stores/records.ts";
import { isDoubtful, isOpen, REASON } from "./post.ts";
import { isProbe } from "./post-key.ts";
import { isProbed } from "./probe.ts";
import type { Ways } from "./sender.ts";

/** What is to be done about a post now. Everything is read from the record, so a restart asks the same question. */
export type Step =
  | { readonly do: "send" | "look" | "edit" }
  | Decided
  /** Nothing before then; Infinity when something else has to happen first. */
  | { readonly do: "wait"; readonly until: number }
  | { readonly do: "nothing" };

/** What the platform is not asked about. */
export type Decided =
  | { readonly do: "hold" | "skip"; readonly reason: string }
  /** Too old, or it took the process down too often: the post itself (`bury`), or changing its parent (`leave`). */
  | { readonly do: "expire" | "bury" | "leave" };

/** What a post depends on. */
export interface Around {
  readonly now: number;
  readonly ways: Ways;
  /** Undefined when it was deleted; null when the post belongs to none. */
  readonly subscription: Pick<Rule | Digest, "paused"> | undefined | null;
  /** The post it answers; undefined when there is none (any more). */
  readonly parent: Post | undefined;
  /** The tenant's token is lost: nothing may be said or asked until it is back. */
  readonly isSilenced: boolean;
}

/** How long after a try the platform may still show it: our timeout and the slowest apply, with room. */
export const GRACE_MS = 60_000;
/** So often in a row may a process die while it dresses a post; those that die of something else begin the row anew. */
export const CRASHES_MOST = 5;

export function stepOf(post: Post, around: Around): Step {
  const { now } = around;
  if (!isOpen(post)) return { do: "nothing" };
  if (post.lease !== null && post.lease.until > now) return { do: "wait", until: post.lease.until };
  if (post.crashes >= CRASHES_MOST)
    return post.status === "shown" ? { do: "leave" } : { do: "bury" };
  if (around.isSilenced) return NEVER;
  if (post.status === "shown") return soon(post.notBefore, now) ?? { do: "edit" };
  if (post.status === "held" && pauseOf(post, around) !== undefined) return NEVER;
  return isDoubtful(post) ? stepInDoubt(post, around) : stepOfUnsent(post, around);
}

/** Something may stand there already: it is sent again only under a key that shows it once, else looked for. */
function stepInDoubt(post: Post, { now, ways }: Around): Step {
  const firstTryAt = post.firstTryAt ?? now;
  const lookAt = Math.max(post.notBefore, (post.lastTryAt ?? now) + GRACE_MS);
  const isRepeatable =
    post.status !== "held" && Math.max(now, post.notBefore) < firstTryAt + ways.repeatableMs;
  return isRepeatable
    ? (soon(post.notBefore, now) ?? { do: "send" })
    : (soon(lookAt, now) ?? { do: "look" });
}

function stepOfUnsent(post: Post, around: Around): Step {
  const { now, subscription, parent } = around;
  if (subscription === undefined && post.kind !== "notice")
    return { do: "skip", reason: REASON.unsubscribed };
  if (isProbe(post) && !isProbed(subscription?.paused))
    return { do: "skip", reason: REASON.notNeeded };
  const pause = pauseOf(post, around);
  if (pause !== undefined) return { do: "hold", reason: pause };
  const awaitsParent =
    post.inReplyTo !== null && parent !== undefined && parent.status !== "shown" && isOpen(parent);
  // A correction or a part of a digest says nothing by itself, an alert's words do: so it ends as its parent does.
  if (isPartOfThread(post) && parent?.status !== "shown") {
    if (!awaitsParent) return { do: "skip", reason: REASON.parentNotShown };
    if (post.expiresAt <= now) return NEVER;
  }
  if (post.expiresAt <= now) return { do: "expire" };
  if (awaitsParent) return { do: "wait", until: post.expiresAt };
  return soon(Math.min(post.notBefore, post.expiresAt), now) ?? { do: "send" };
}

function isPartOfThread({ inReplyTo, kind }: Post): boolean {
  return inReplyTo !== null && (kind === "correction" || kind === "digest");
}

const NEVER: Step = { do: "wait", until: Infinity };

/** Why the post waits for its subscription. Words about a pause do not wait for its end. */
function pauseOf({ kind }: Post, { subscription }: Around): Pause["reason"] | undefined {
  return kind === "notice" ? undefined : subscription?.paused?.reason;
}

function soon(at: number, now: number): Step | undefined {
  return at > now ? { do: "wait", until: at } : undefined;
}
