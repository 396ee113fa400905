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

/** The words of a message after its corrections: as they were, under a line that says what changed since. */
export function correctedWords(parent: Reply, corrections: readonly Reply[]): Reply {
  return corrections.reduce(
    (words, { title }) =>
      withFirst(words, [{ bold: "Corrected:" }, ` ${bareText(title)} (more in the thread)`]),
    parent,
  );
}

function withFirst(reply: Reply, words: readonly Inline[]): Reply {
  return { ...reply, blocks: [{ kind: "text", words }, ...reply.blocks] };
}
