import type { Book } from "./book.ts";

const SUBSCRIPTIONS_MOST = 10_000;
const SNAPSHOT_BYTES_MOST = 16 << 20;

/**
 * A sentence for the operator when the book in files is larger than it is made for, else null. It goes on working: what
 * grows is the time of a start and of a snapshot.
 */
export function outgrown(
  book: Pick<Book, "list"> & { readonly snapshotBytes?: number },
): string | null {
  const subscriptions = book.list("rules").length + book.list("digests").length;
  const bytes = book.snapshotBytes ?? 0;
  const reasons = [
    ...(subscriptions >= SUBSCRIPTIONS_MOST
      ? [`${subscriptions.toLocaleString("en-US")} alerts and digests`]
      : []),
    ...(bytes > SNAPSHOT_BYTES_MOST ? [`a snapshot of ${Math.round(bytes / (1 << 20))} MB`] : []),
  ];
  if (reasons.length === 0) return null;
  return `The book holds ${reasons.join(" and ")}, more than files are made for: nothing is lost, but starting takes seconds, every 4 MB of changes rewrites all of it, and planning looks through every subscription each minute.`;
}
