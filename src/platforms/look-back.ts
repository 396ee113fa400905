import type { Post } from "./sender.ts";

/** Clocks differ; a look begins this much before our first try. */
const EARLIER_MS = 5_000;
const PAGES_MOST = 5;

/** From when on a post may stand in its channel, as milliseconds since 1970 UTC. */
export function lookSince({ firstTryAt, createdAt }: Post): number {
  return Math.max(0, (firstTryAt ?? createdAt) - EARLIER_MS);
}

/** One page of a channel's history: our message if it is there, and where the next page begins, if there is one. */
export interface Page {
  readonly ours: string | undefined;
  readonly next: string | undefined;
}

/**
 * Reads on from page to page until our message is found or all is read; "too-far" when more was said since than we read.
 * Rejects with what `read` rejects with.
 */
export async function lookedFor(
  first: string,
  read: (from: string) => Promise<Page>,
): Promise<string | undefined> {
  let from: string | undefined = first;
  for (let page = 0; page < PAGES_MOST && from !== undefined; page += 1) {
    const { ours, next }: Page = await read(from);
    if (ours !== undefined) return ours;
    from = next;
  }
  return from === undefined ? undefined : TOO_FAR;
}

/** No id of any platform's. */
export const TOO_FAR = "too-far";
