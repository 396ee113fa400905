import type { Reply } from "../reply/reply.ts";
import { plural } from "../reply/words.ts";

/** A message that nobody answered for so long, in the words for the next place. */
export function escalationReply(opened: Reply, afterMinutes: number): Reply {
  return {
    ...opened,
    title: `Nobody answered for ${lastingWords(afterMinutes)}: ${opened.title}`,
    figures: { ...opened.figures, reason: "escalated", afterMinutes },
  };
}

/** "2 hours", "90 minutes", "3 days". */
export function lastingWords(minutes: number): string {
  if (minutes % (24 * 60) === 0) return plural(minutes / (24 * 60), "day");
  return minutes % 60 === 0 ? plural(minutes / 60, "hour") : plural(minutes, "minute");
}
