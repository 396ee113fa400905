import { DAY_MS } from "../market/calendar.ts";
import { reply } from "../reply/reply.ts";
import type { Change, Stored } from "./book.ts";
import type { Audit, Post, Slot } from "./records.ts";

/** How long things are kept, in days: settings of privacy, said in docs/operate-store.md. */
export const KEPT_DAYS = { postWords: 30, settledPost: 400, slot: 400, audit: 400 } as const;

export interface Ageing {
  readonly posts: readonly Stored<Post>[];
  readonly slots: readonly Stored<Slot>[];
  readonly audit: readonly Stored<Audit>[];
}

/**
 * What is old enough to go at an instant (ms since 1970 UTC): the words of settled posts after 30 days, settled
 * posts, slots and audit lines after 400. What is not settled stays, however old, and so does the newest audit line of a
 * tenant, since the next one is counted and chained from it. Each change expects the version it was worked out on, so
 * that committing it late harms nothing; done once, it gives nothing more.
 */
export function expired({ posts, slots, audit }: Ageing, now: number): Change[] {
  const olderThan = (days: number, instant: number) => now - instant >= days * DAY_MS;
  const changes: Change[] = [];
  for (const { key, version, value } of posts) {
    const { settledAt } = value;
    if (settledAt === null) continue;
    const expect = { version };
    if (olderThan(KEPT_DAYS.settledPost, settledAt))
      changes.push({ table: "posts", key, value: null, expect });
    else if (olderThan(KEPT_DAYS.postWords, settledAt) && hasWords(value))
      changes.push({ table: "posts", key, value: emptied(value), expect });
  }
  for (const { key, version, value } of slots)
    if (olderThan(KEPT_DAYS.slot, value.at))
      changes.push({ table: "slots", key, value: null, expect: { version } });
  const newest = new Map(audit.map(({ key, value }) => [value.tenant, key]));
  for (const { key, version, value } of audit)
    if (olderThan(KEPT_DAYS.audit, value.at) && newest.get(value.tenant) !== key)
      changes.push({ table: "audit", key, value: null, expect: { version } });
  return changes;
}

/** A post without its words, and without the counts of a digest, which nobody corrects any more. */
function emptied(post: Post): Post {
  const { told } = post;
  return {
    ...post,
    reply: reply(""),
    ...(told !== undefined && { told: { ...told, said: null } }),
  };
}

/** False for a post whose reply was emptied before. */
function hasWords({ reply: { title, blocks, notes, files } }: Post): boolean {
  return title !== "" || blocks.length + notes.length + files.length > 0;
}
