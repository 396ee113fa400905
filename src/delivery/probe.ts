import { reply } from "../reply/reply.ts";
import type { Book, Change } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Pause, Post, Target } from "../stores/records.ts";
import { DAY, HOUR } from "./backoff.ts";
import { laneKey } from "./lane.ts";
import type { Subscription } from "./pause.ts";
import { subscriptionsUnder } from "./pause.ts";
import { newPost, plannedChange, postChange } from "./post.ts";
import { PROBE, postKeys } from "./post-key.ts";

/** Pauses that end without anybody telling us: we are invited, the channel is brought back. */
const PROBED: ReadonlySet<Pause["reason"]> = new Set(["not-in-channel", "channel-gone"]);
const PROBES_MOST = 7;
/** Somebody who talks to us in a channel may have let us in, or not: not asked more often than this. */
const WELCOME_MS = 10 * 60_000;

/** Whether a pause for this is tried out once a day. */
export function isProbed(paused: Pause | null | undefined): boolean {
  return paused !== null && paused !== undefined && PROBED.has(paused.reason);
}

/**
 * A line that is tried in the channel once a day for a week, the first time a day after the refusal: once it can be shown,
 * the subscription goes on. Nothing for other pauses and for direct messages.
 */
export function probeChanges(
  { stored: { value } }: Subscription,
  target: Target,
  reason: Pause["reason"],
  now: number,
): Change[] {
  if (!PROBED.has(reason) || target.kind !== "channel") return [];
  const probe = newPost({
    postKey: postKeys.probe(value.id, now),
    target,
    kind: "notice",
    subscription: value.id,
    now,
    notBefore: now + DAY,
    expiresAt: now + PROBES_MOST * DAY + HOUR,
    reply: reply("I may write here again", {
      blocks: [{ kind: "text", words: ["What was paused here goes on, with what it missed."] }],
      audience: "everyone",
    }),
  });
  return [plannedChange(probe)];
}

/** What goes on once this probe was shown: its own subscription, and whatever else waits for the same channel. */
export function resumedBy(book: Book, { tenant, target, subscription }: Post): Subscription[] {
  const lane = laneKey(target);
  const waiting = book
    .list("posts", keyOf(tenant, ""))
    .filter(({ value }) => value.status === "held" && laneKey(value.target) === lane)
    .map(({ value }) => value.subscription);
  const ids = new Set([subscription, ...waiting]);
  return subscriptionsUnder(book, keyOf(tenant, "")).filter(
    ({ stored: { value } }) => ids.has(value.id) && isProbed(value.paused),
  );
}

/** Probes of a channel that are worth trying now, since somebody talked to us there. */
export function welcomedChanges(
  book: Book,
  tenant: string,
  channel: string,
  now: number,
): Change[] {
  return book
    .list("posts", keyOf(tenant, PROBE))
    .filter(
      ({ value }) =>
        value.status === "planned" &&
        value.target.id === channel &&
        value.notBefore > now &&
        (value.lastTryAt ?? 0) + WELCOME_MS <= now,
    )
    .map((stored) => postChange(stored, { ...stored.value, notBefore: now }));
}
