import { bareText } from "../reply/reply.ts";
import type { Inline, Reply } from "../reply/reply.ts";
import type { Post } from "../stores/records.ts";
import { REASON } from "./post.ts";

const NAMES = { slack: "Slack", discord: "Discord", local: "the terminal" } as const;

/** The words to send: those of the post, and on a second copy that it may be one. */
export function wordsOf({ reply, reason, target }: Post): Reply {
  if (reason !== REASON.mayRepeat) return reply;
  return withFirst(reply, [`(may repeat: ${NAMES[target.platform]} did not confirm the first)`]);
}

/**
 * The words of a message after its corrections: as they were, under a line that says what changed since. Each correction
 * of a digest stands for those before it.
 */
export function correctedWords(
  { reply, kind }: Pick<Post, "reply" | "kind">,
  corrections: readonly Reply[],
): Reply {
  return (kind === "digest" ? corrections.slice(-1) : corrections).reduce(
    (words, { title }) =>
      withFirst(words, [{ bold: "Corrected:" }, ` ${bareText(title)} (more in the thread)`]),
    reply,
  );
}

function withFirst(reply: Reply, words: readonly Inline[]): Reply {
  return { ...reply, blocks: [{ kind: "text", words }, ...reply.blocks] };
}
