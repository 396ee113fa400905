import { auditChange } from "../authority/audit.ts";
import { redriven, skipped } from "../delivery/moves.ts";
import { outboxLine } from "../delivery/outbox.ts";
import { postChange, REASON } from "../delivery/post.ts";
import { cite, Fault } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import { clip, oneLine } from "../reply/fit.ts";
import type { Book, Stored } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";

/** What the operator can do about a message that failed. */
export const ACTS = ["retry", "drop"] as const;
export type OutboxAct = (typeof ACTS)[number];

const LIST = "npm run -s outbox -- --status failed";
/** Who it was, in the log of changes: whoever sits at the machine. */
const ACTOR = "operator";

/**
 * The failed message with this key: its own, or where several workspaces have it, the workspace and the key with `|`
 * between. Throws a Fault (`not_found`, `ambiguous`, `bad_argument`) that says what can be typed instead.
 */
export function failedPost(book: Book, act: OutboxAct, key: string): Stored<Post> {
  const all = book.list("posts");
  const [found, other] = all.filter(({ key: whole, value }) =>
    [whole, value.postKey].includes(key),
  );
  if (found === undefined) {
    const failed = all
      .filter(({ value }) => value.status === "dead")
      .map(({ value }) => value.postKey);
    const [close] = nearest(key, failed);
    throw new Fault(
      "not_found",
      `No message has the key ${cite(key)}.`,
      failed.length === 0 ? "No message failed." : "",
      [close === undefined ? LIST : `npm run -s outbox -- ${act} '${close}'`],
    );
  }
  if (other !== undefined)
    throw new Fault("ambiguous", `Two workspaces have a message ${cite(key)}.`, "Name one.", [
      `npm run -s outbox -- ${act} '${found.key}'`,
    ]);
  const { value } = found;
  if (value.status !== "dead") {
    const { word } = outboxLine(value, value.createdAt);
    throw new Fault(
      "bad_argument",
      `That message did not fail: it is ${word}. Nothing was changed.`,
      "Only what failed can be tried again or dropped.",
      [LIST],
    );
  }
  return found;
}

/**
 * Has a failed message tried anew, or gives it up, with a line in the log of changes in the same commit. Gives the
 * sentence for the operator; throws what `failedPost` throws.
 */
export async function acted(book: Book, act: OutboxAct, key: string, now: number): Promise<string> {
  const stored = failedPost(book, act, key);
  const post = stored.value;
  const next = act === "retry" ? redriven(post, now) : skipped(post, REASON.dropped, now);
  await book.commit([
    postChange(stored, next),
    auditChange(book, {
      at: now,
      tenant: post.tenant,
      actor: ACTOR,
      act: `${act}-message`,
      object: post.postKey,
      before: `failed (${post.reason ?? "unknown"})`,
      after: act === "retry" ? "queued" : "skipped",
      outcome: "done",
    }),
  ]);
  const title = `“${clip(oneLine(post.reply.title), 60)}” (${post.tenant})`;
  return act === "retry"
    ? `Queued again, as plain text: ${title}. It is sent once the bot runs: npm start`
    : `Dropped: ${title}. It is not sent any more.`;
}
