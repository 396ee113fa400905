import { REASON } from "../../../src/delivery/post.ts";
import { titleOf } from "../../delivery/crew.ts";
import type { KilledRun } from "./killed.ts";
import { killedRun } from "./killed.ts";
import { BAD_DAY } from "./mishaps.ts";
import type { Figure } from "./promise.ts";

/** Where Slack gives us no way to look, there is at most one extra copy, and it says so. */
export async function p05(run: Omit<KilledRun, "mode">): Promise<Figure> {
  const { kills, copies, seen, book } = await killedRun({ ...run, mode: "slack-blind" });
  const statusOf = new Map(book.list("posts").map(({ value }) => [value.postKey, value]));
  const stories = copies.map((count, at) => {
    const postKey = `alert:p${at}:x:1:opened`;
    const title = titleOf(postKey);
    const texts = seen.map(({ text }) => text).filter((text) => text.includes(title));
    const unmarked = texts.filter((text) => !text.includes("may repeat")).length;
    const isSaid = statusOf.get(postKey)?.reason === REASON.ambiguous;
    return { count: texts.length, unmarked, isLost: count === 0 && !isSaid };
  });
  const lost = stories.filter(({ isLost }) => isLost).length;
  const third = stories.filter(({ count }) => count > 2).length;
  const unmarked = stories.filter(({ unmarked }) => unmarked > 1).length;
  const repeated = stories.filter(({ count }) => count === 2).length;
  return {
    id: "P5",
    promise: "Where Slack gives us no way to look, at most one extra copy, and it says so",
    injected: `${kills} kills; ${BAD_DAY}; no history, no client_msg_id`,
    count: run.posts,
    violations: lost + third + unmarked,
    detail: { seed: run.seed, lost, third, unmarked, repeated },
  };
}
