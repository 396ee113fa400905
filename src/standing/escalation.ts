import { isHushed, LEVEL, stateIn } from "../alerts/kept-rule.ts";
import { escalationReply } from "../alerts/say-escalation.ts";
import { parentOf } from "../delivery/parent.ts";
import { postKeys } from "../delivery/post-key.ts";
import { REASON } from "../delivery/post.ts";
import type { Book, Change } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { alertPost, targetFor } from "./alert-posts.ts";
import type { Moment } from "./alerts.ts";
import type { Kept } from "./kept-rules.ts";

const MINUTE_MS = 60_000;
/** An escalation that was missed for longer is no use any more. */
const LATE_MOST_MS = 24 * 60 * MINUTE_MS;

/**
 * `escalate after 2h to @me`: what nobody answered for so long, by snoozing or muting the rule, is told once to one more
 * place while it still holds. The time runs from when the message was shown. The escalation's own key keeps it from being
 * told twice.
 *
 * @returns for each that is due what is to be written: worked out one after the other, since each may join the one before
 */
export function dueEscalations(
  { stored, rule: spec }: Kept,
  { book, now }: Moment,
): readonly (() => readonly Change[])[] {
  const { escalate, digestOnly } = spec.options;
  if (escalate === null || digestOnly) return [];
  const rule = stored.value;
  const target = targetFor(escalate.to, rule);
  const due = now - escalate.afterMinutes * MINUTE_MS;
  const found = new Map<string, () => readonly Change[]>();
  for (const { value: post } of book.list("posts", keyOf(rule.tenant, postKeys.alerts(rule.id)))) {
    const opening = openingOf(post);
    const shownAt = shownAtOf(post, book);
    if (opening === undefined || shownAt === null) continue;
    if (shownAt > due || shownAt <= due - LATE_MOST_MS) continue;
    const { subject, episode } = opening;
    const state = stateIn(book.get("marks", keyOf(rule.tenant, rule.id, subject))?.value);
    const holds = state?.phase === "firing" && (subject !== LEVEL || state.episode === episode);
    if (!holds || isHushed(rule, now, state)) continue;
    const postKey = postKeys.alert(rule.id, `${subject}@${target.id}`, episode, "escalated");
    if (book.get("posts", keyOf(rule.tenant, postKey)) !== undefined) continue;
    found.set(postKey, () =>
      alertPost(target, {
        rule,
        options: spec.options,
        subject,
        notice: { reason: "escalated", step: "escalated", episode, inThread: false },
        reply: escalationReply(post.reply, escalate.afterMinutes),
        opened: { subject, step: "opened" },
        book,
        now,
      }),
    );
  }
  return [...found.values()];
}

/** The subject and episode that a message opened; undefined for any other message. */
function openingOf({ postKey, subscription }: Post) {
  const [, subject, episode] =
    /^(.+)@[^@]*:(\d+):opened$/.exec(postKey.slice(postKeys.alerts(subscription ?? "").length)) ??
    [];
  return subject === undefined ? undefined : { subject, episode: Number(episode) };
}

/** When people saw it, by itself or in one message with others; null while they did not. */
function shownAtOf(post: Post, book: Book): number | null {
  const seen = post.reason === REASON.folded ? parentOf(book, post)?.value : post;
  return seen?.status === "shown" ? seen.settledAt : null;
}
