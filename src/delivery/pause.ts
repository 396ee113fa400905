import type { Inline } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Digest, Pause, Post, Rule, Target } from "../stores/records.ts";
import { keyOfPost, newPost, plannedChange } from "./post.ts";
import { lifeOf } from "./moves.ts";
import { postKeys } from "./post-key.ts";

/** A rule or digest with the table it stands in. */
export type Subscription =
  | { readonly table: "rules"; readonly stored: Stored<Rule> }
  | { readonly table: "digests"; readonly stored: Stored<Digest> };

/**
 * The rule or digest a post belongs to; null when it belongs to none, undefined when it was deleted. A message that stands for
 * those of several rules belongs to the first that is still there, one that runs before one that is paused.
 */
export function subscriptionOf(
  book: Book,
  { tenant, subscription, folds }: Post,
): Subscription | undefined | null {
  if (folds === undefined)
    return subscription === null ? null : subscriptionNamed(book, tenant, subscription);
  const rules = new Set(
    folds.flatMap(
      (postKey) => book.get("posts", keyOfPost({ tenant, postKey }))?.value.subscription ?? [],
    ),
  );
  const found = [...rules].flatMap((id) => subscriptionNamed(book, tenant, id) ?? []);
  return found.find(({ stored }) => stored.value.paused === null) ?? found[0];
}

function subscriptionNamed(book: Book, tenant: string, id: string): Subscription | undefined {
  const key = keyOf(tenant, id);
  const rule = book.get("rules", key);
  if (rule !== undefined) return { table: "rules", stored: rule };
  const digest = book.get("digests", key);
  return digest === undefined ? undefined : { table: "digests", stored: digest };
}

/** Every rule and digest whose tenant begins so: one tenant's, or a whole platform's. */
export function subscriptionsUnder(book: Book, prefix: string): Subscription[] {
  return [
    ...book.list("rules", prefix).map((stored) => ({ table: "rules" as const, stored })),
    ...book.list("digests", prefix).map((stored) => ({ table: "digests" as const, stored })),
  ];
}

/**
 * Pauses a subscription and writes its owner a word, in one commit with whatever the caller adds. Nothing when it is
 * paused already: the owner was told then.
 */
export function pauseChanges(
  subscription: Subscription,
  reason: Pause["reason"],
  now: number,
): Change[] {
  const { stored } = subscription;
  if (stored.value.paused !== null) return [];
  const notice = noticeTo(subscription, {
    now,
    postKey: postKeys.paused(stored.value.id, now),
    title: `Paused: ${kindOf(subscription)} ${stored.value.id}`,
    words: [...PAUSE_WORDS[reason], " What it missed waits with it."],
    isDmClosed: reason === "dm-closed",
    resume: true,
  });
  return [
    pausedChange(subscription, { reason, since: now, by: null }),
    ...(notice === null ? [] : [plannedChange(notice)]),
  ];
}

/** Writes a subscription's pause, or (null) its end; refused as a conflict when anyone wrote it meanwhile. */
export function pausedChange({ table, stored }: Subscription, paused: Pause | null): Change {
  const { key, version } = stored;
  return table === "rules"
    ? { table, key, value: { ...stored.value, paused }, expect: { version } }
    : { table, key, value: { ...stored.value, paused }, expect: { version } };
}

/** A word to the owner of a post that will not be shown, or of which nobody can say whether it was. */
export function lostNotice(
  subscription: Subscription | undefined | null,
  post: Post,
  now: number,
): Change[] {
  if (subscription === null || subscription === undefined || post.kind === "notice") return [];
  const whose = `${kindOf(subscription)} ${subscription.stored.value.id}`;
  const isDead = post.status === "dead";
  const notice = noticeTo(subscription, {
    now,
    postKey: postKeys.lost(post.postKey, lifeOf(post)),
    title: isDead ? `Not shown: a message of ${whose}` : `Perhaps not shown: a message of ${whose}`,
    words: [
      `“${post.reply.title}” ${isDead ? "could not be shown" : "was sent, and nobody can say whether it arrived"} (`,
      { code: post.reason ?? "unknown" },
      "). Later ones are tried as usual.",
    ],
    isDmClosed: false,
    resume: false,
  });
  return notice === null ? [] : [plannedChange(notice)];
}

const PAUSE_WORDS: Readonly<Record<Pause["reason"], readonly Inline[]>> = {
  "by-owner": ["It was paused by hand."],
  "channel-gone": [
    "Its channel is gone or archived. Choose another one, or bring it back: I try again once a day for a week, and when somebody asks me something there.",
  ],
  "not-in-channel": [
    "I may not write in its channel. Invite me there (on Slack: ",
    { code: "/invite @market-pulse" },
    "): I try again once a day for a week, and when somebody asks me something there.",
  ],
  "token-revoked": [
    "I was cut off: the app was removed or its token or permissions were taken away. It goes on by itself once I am connected again.",
  ],
  "dm-closed": ["Direct messages from me are not taken. Allow them, then resume."],
  quota: ["There are too many of its kind."],
  broken: ["It failed too often."],
};

interface Notice {
  readonly now: number;
  readonly postKey: string;
  readonly title: string;
  readonly words: readonly Inline[];
  readonly isDmClosed: boolean;
  readonly resume: boolean;
}

function noticeTo(subscription: Subscription, notice: Notice): Post | null {
  const { id, tenant } = subscription.stored.value;
  const target = whereToTell(subscription, notice.isDmClosed);
  if (target === null) return null;
  const run = `/${kindOf(subscription)}`;
  return newPost({
    postKey: notice.postKey,
    target: { ...target, tenant },
    kind: "notice",
    subscription: id,
    now: notice.now,
    reply: reply(notice.title, {
      blocks: [{ kind: "text", words: notice.words }],
      actions: [
        ...(notice.resume
          ? [{ label: "Resume", run: `${run} resume ${id}`, style: "primary" as const }]
          : []),
        { label: "Show", run: `${run} show ${id}` },
      ],
    }),
  });
}

/** To the owner directly; when direct messages are closed, where the rule was made, unless that is the same place. */
function whereToTell({ table, stored }: Subscription, isDmClosed: boolean): Target | null {
  const made = table === "rules" ? stored.value.home : stored.value.target;
  if (!isDmClosed) return { ...made, kind: "dm", id: stored.value.owner };
  return made.kind === "channel" ? made : null;
}

function kindOf({ table }: Subscription): "alert" | "digest" {
  return table === "rules" ? "alert" : "digest";
}
