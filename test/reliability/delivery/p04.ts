import { REASON } from "../../../src/delivery/post.ts";
import { keyOf } from "../../../src/stores/book.ts";
import type { KilledRun } from "./killed.ts";
import { killedRun } from "./killed.ts";
import { BAD_DAY } from "./mishaps.ts";
import type { Figure } from "./promise.ts";

/**
 * A due post is shown exactly once, wherever the process dies and whatever the network does meanwhile. Where the
 * history may not be read, two tries of which nobody knows are the end: what then was not shown must have been said.
 */
export async function p04(run: KilledRun): Promise<Figure> {
  const { kills, requests, copies, book } = await killedRun(run);
  const tenantOf = (postKey: string) =>
    book.list("posts").find(({ value }) => value.postKey === postKey)?.value;
  const isUnsaid = (at: number): boolean => {
    const post = tenantOf(`alert:p${at}:x:1:opened`);
    if (post?.reason !== REASON.ambiguous) return true;
    return book.get("posts", keyOf(post.tenant, `lost:${post.postKey}`))?.value.status !== "shown";
  };
  const absent = copies.flatMap((count, at) => (count === 0 ? [at] : []));
  const never = absent.filter(isUnsaid).length;
  const twice = copies.filter((count) => count > 1).length;
  return {
    id: "P4",
    promise: "A due post is shown exactly once when the process dies anywhere",
    injected: `${kills} kills; ${BAD_DAY}`,
    count: run.posts,
    violations: never + twice,
    detail: {
      mode: run.mode,
      seed: run.seed,
      kills,
      never,
      twice,
      "said to be unsure": absent.length - never,
      requests,
    },
  };
}
