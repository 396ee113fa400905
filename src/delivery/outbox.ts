import type { Book } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { REASON } from "./post.ts";

/** What became of a post, in the words people read. */
export const OUTBOX_WORDS = [
  "queued",
  "held",
  "sent",
  "edited",
  "ambiguous",
  "failed",
  "skipped",
] as const;
export type OutboxWord = (typeof OUTBOX_WORDS)[number];

/** One post as the log shows it. */
export interface OutboxLine {
  readonly at: number;
  readonly word: OutboxWord;
  /** Why it is held, failed or skipped. */
  readonly why: string | null;
  readonly title: string;
  readonly kind: Post["kind"];
  readonly tenant: string;
  readonly target: string;
  readonly link: string | null;
  readonly attempts: number;
  readonly postKey: string;
}

/** Whether what became of a post can be undone: it failed, and the operator may have it tried anew or drop it. */
export function isRetryable({ word }: Pick<OutboxLine, "word">): boolean {
  return word === "failed";
}

/** Every post the book still has, the newest first; of one tenant when told. */
export function outboxLines(book: Book, now: number, tenant?: string): OutboxLine[] {
  return book
    .list("posts", tenant === undefined ? "" : `${tenant}|`)
    .map(({ value }) => outboxLine(value, now))
    .toSorted((one, other) => other.at - one.at);
}

export function outboxLine(post: Post, now: number): OutboxLine {
  const { target } = post;
  return {
    at: post.settledAt ?? post.createdAt,
    ...wordOf(post, now),
    title: post.reply.title,
    kind: post.kind,
    tenant: post.tenant,
    target: target.kind === "dm" ? `@${target.id}` : `#${target.id}`,
    link: post.receipt?.link ?? null,
    attempts: post.attempts,
    postKey: post.postKey,
  };
}

function wordOf(
  { status, reason, notBefore }: Post,
  now: number,
): Pick<OutboxLine, "word" | "why"> {
  switch (status) {
    case "planned":
      return reason === "quiet" && notBefore > now
        ? { word: "held", why: "quiet" }
        : { word: "queued", why: reason === "quiet" ? null : reason };
    case "sending":
      return { word: "queued", why: null };
    case "waiting":
      return { word: "queued", why: reason };
    case "looking":
      return { word: "ambiguous", why: "looking" };
    case "held":
      return reason === REASON.ambiguous
        ? { word: "ambiguous", why: null }
        : { word: "held", why: reason };
    case "shown":
      return {
        word: reason === REASON.edited ? "edited" : "sent",
        why: reason === REASON.mayRepeat ? reason : null,
      };
    case "expired":
    case "skipped":
      return { word: "skipped", why: reason };
    case "dead":
      return { word: "failed", why: reason };
  }
}
