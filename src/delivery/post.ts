import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { DigestTold, Post, Target } from "../stores/records.ts";
import type { Reply } from "../reply/reply.ts";
import { DAY, HOUR } from "./backoff.ts";
import { postKeys, providerKey } from "./post-key.ts";

/** What a post is made from; the rest follows. */
export interface Plan {
  /** One of `postKeys`: names the fact that is told. */
  readonly postKey: string;
  readonly target: Target;
  readonly kind: Post["kind"];
  readonly reply: Reply;
  /** The id of the rule or digest it belongs to; null for words of our own. */
  readonly subscription: string | null;
  readonly now: number;
  /** Held until then, for example by quiet hours; at once unless told. */
  readonly notBefore?: number;
  readonly reason?: "quiet";
  /** After this it is only mentioned. By kind unless told; for a digest give its next slot. */
  readonly expiresAt?: number;
  /** The key of the post whose thread it belongs to. */
  readonly inReplyTo?: string;
  readonly repeat?: Post["repeat"];
  /** It must not ring, where the platform knows that. */
  readonly silent?: boolean;
  /** What a digest counted, so that it can be corrected later. */
  readonly told?: DigestTold;
}

/** How long a post is worth showing late. */
export const LIFETIME_MS: Readonly<Record<Post["kind"], number>> = {
  alert: DAY,
  correction: DAY,
  digest: DAY,
  notice: 7 * DAY,
};

/** A digest shown shortly before the next one would only confuse. */
const BEFORE_NEXT_SLOT_MS = HOUR;

/** A post as it is first written down. */
export function newPost(plan: Plan): Post {
  const { postKey, target, kind, now } = plan;
  const notBefore = Math.max(now, plan.notBefore ?? now);
  const tenant = target.tenant;
  return {
    postKey,
    tenant,
    target,
    kind,
    reply: plan.reply,
    status: "planned",
    reason: plan.reason ?? null,
    attempts: 0,
    crashes: 0,
    notBefore,
    expiresAt: plan.expiresAt ?? notBefore + LIFETIME_MS[kind],
    lease: null,
    firstTryAt: null,
    lastTryAt: null,
    providerKey: providerKey({ tenant, postKey, target, generation: 1 }),
    generation: 1,
    receipt: null,
    inReplyTo: plan.inReplyTo ?? null,
    repeat: plan.repeat ?? (kind === "digest" ? "at-most-once" : "at-least-once"),
    subscription: plan.subscription,
    ...(plan.silent === true && { silent: true }),
    ...(plan.told !== undefined && { told: plan.told }),
    createdAt: now,
    settledAt: null,
  };
}

/** A digest as it is first written down, and its parts in its thread: they come in order and go out of date with it. */
export function digestPosts(
  plan: Omit<Plan, "kind"> & { readonly parts: readonly Reply[] },
): Post[] {
  const { parts, told, postKey, ...rest } = plan;
  return [
    newPost({ ...rest, postKey, kind: "digest", ...(told !== undefined && { told }) }),
    ...parts.map((reply, at) =>
      newPost({
        ...rest,
        kind: "digest",
        reply,
        postKey: postKeys.part(postKey, at + 1),
        inReplyTo: postKey,
      }),
    ),
  ];
}

/** Until when a digest is worth showing: an hour before its next one is due. */
export function digestExpiry(now: number, nextSlotAt: number): number {
  return Math.max(now + HOUR, nextSlotAt - BEFORE_NEXT_SLOT_MS);
}

/** Writes a new post down; refused as a conflict when the same fact was planned before. */
export function plannedChange(post: Post): Change {
  return { table: "posts", key: keyOfPost(post), value: post, expect: "absent" };
}

/** Writes the next state of a post; refused as a conflict when anyone else wrote it meanwhile. */
export function postChange({ key, version }: Stored<Post>, next: Post): Change {
  return { table: "posts", key, value: next, expect: { version } };
}

export function keyOfPost({ tenant, postKey }: Pick<Post, "tenant" | "postKey">): string {
  return keyOf(tenant, postKey);
}

/** The first key not yet taken, among those that a name gives from an instant on. */
export function freePostKey(
  book: Book,
  tenant: string,
  from: number,
  nameOf: (at: number) => string,
): string {
  let at = from;
  while (book.get("posts", keyOf(tenant, nameOf(at))) !== undefined) at += 1;
  return nameOf(at);
}

/** Reasons of our own, beside those of refusals and pauses. */
export const REASON = {
  /** A marked repeat is under way or done: there is never a third. */
  mayRepeat: "may-repeat",
  /** Nobody can say whether it was shown, and it may not be shown twice. */
  ambiguous: "ambiguous",
  poison: "poison",
  /** Shown; the message it corrects is still to be changed. */
  editDue: "edit-due",
  /** Shown; the message it corrects could not be changed. */
  editRefused: "edit-refused",
  edited: "edited",
  /** The operator gave it up. */
  dropped: "dropped",
  /** A probe of a channel whose subscription was resumed, changed or deleted meanwhile. */
  notNeeded: "not-needed",
  unsubscribed: "unsubscribed",
  parentNotShown: "parent-not-shown",
  /** The rule speaks in digests only. */
  digestOnly: "digest-only",
  /** Too many for one place at once: `inReplyTo` is the one message that says it with the others. */
  folded: "folded",
  tooOld: "too-old",
} as const;

/** Whether anything is still to be done about a post. */
export function isOpen({ status, reason }: Post): boolean {
  if (status === "shown") return reason === REASON.editDue;
  if (status === "held") return reason !== REASON.ambiguous;
  return status !== "expired" && status !== "skipped" && status !== "dead";
}

/** A try may have reached the platform, and nobody looked yet. */
export function isDoubtful({ status, firstTryAt, reason }: Post): boolean {
  if (status === "shown") return false;
  if (status === "sending" || status === "looking") return true;
  return firstTryAt !== null && reason !== REASON.mayRepeat;
}
