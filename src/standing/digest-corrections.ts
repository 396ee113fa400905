import { quietUntil } from "../alerts/quiet.ts";
import { dayOf } from "../clock.ts";
import { newPost, plannedChange } from "../delivery/post.ts";
import { postKeys } from "../delivery/post-key.ts";
import { correctionReply, isMoved } from "../digests/correction.ts";
import { countsOf } from "../digests/counts.ts";
import { digestScope } from "../digests/words.ts";
import type { Log } from "../log.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { Book, Change } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Digest, DigestCounts, DigestTold, Post } from "../stores/records.ts";
import { quietOf } from "./alert-posts.ts";

const DAY_MS = 86_400_000;
/** For so long after it was shown a digest is corrected. */
const CORRECTED_FOR_MS = 14 * DAY_MS;
/** A tracker that is read many times a day must not fill a thread: what moves meanwhile is said together. */
const APART_MS = DAY_MS;

/**
 * Looks at every digest shown in the last 14 days whether its figures still read as they were last told, and writes
 * down one correction for its thread where they do not. What was told stands in the posts themselves, so that the
 * correction is state and message at once and no restart says it twice. Silent for digests that are paused, muted or
 * deleted, in quiet hours, and for a day after a correction.
 *
 * @returns how many messages were planned
 */
export async function planCorrections({
  book,
  market,
  now,
  log,
}: {
  readonly book: Book;
  readonly market: Market;
  readonly now: number;
  readonly log: Log;
}): Promise<number> {
  const today = dayOf(now);
  let planned = 0;
  for (const shown of shownDigests(book, now)) {
    try {
      const change = correctionOf(shown, { book, market, now, today });
      if (change !== undefined && (await book.commit([change])) === "done") planned += 1;
    } catch (error) {
      // One digest that cannot be looked at must not keep the others from being corrected.
      log.error(
        {
          event: "digest.failed",
          digest: shown.digest.id,
          error: error instanceof Error ? error.message : "unknown",
        },
        "a digest could not be corrected",
      );
    }
  }
  return planned;
}

/** A digest on show that may still be corrected. */
interface Shown {
  readonly digest: Digest;
  readonly post: Post;
  readonly told: DigestTold;
  readonly corrections: readonly Post[];
}

function shownDigests(book: Book, now: number): readonly Shown[] {
  const posts = book.list("posts").map(({ value }) => value);
  const corrections = Map.groupBy(
    posts.filter(({ kind, told }) => kind === "correction" && told !== undefined),
    ({ tenant, inReplyTo }) => keyOf(tenant, inReplyTo ?? ""),
  );
  return posts.flatMap((post) => {
    const { kind, status, told, settledAt, tenant, postKey, subscription } = post;
    if (kind !== "digest" || status !== "shown" || told === undefined) return [];
    if (settledAt === null || now - settledAt > CORRECTED_FOR_MS) return [];
    const digest = book.get("digests", keyOf(tenant, subscription ?? ""))?.value;
    if (digest === undefined || digest.paused !== null || (digest.mutedUntil ?? 0) > now) return [];
    const said = (corrections.get(keyOf(tenant, postKey)) ?? []).toSorted(
      (one, other) => one.createdAt - other.createdAt,
    );
    return [{ digest, post, told, corrections: said }];
  });
}

function correctionOf(
  { digest, post, told, corrections }: Shown,
  { book, market, now, today }: { book: Book; market: Market; now: number; today: Day },
): Change | undefined {
  const newest = corrections.at(-1);
  if (newest !== undefined && now - newest.createdAt < APART_MS) return undefined;
  const last = newest?.told ?? told;
  const counts = countsNow(market, told, today);
  if (counts === null || !isMoved(last, counts)) return undefined;
  const quiet = quietOf(post.target, book);
  if (quiet !== null && quietUntil(quiet, now) !== null) return undefined;
  const reply = correctionReply({
    market,
    ...digestScope(told.filter, market, today),
    first: told,
    last,
    now: counts,
    asof: today,
    id: digest.id,
  });
  return plannedChange(
    newPost({
      postKey: postKeys.corrected(post.postKey, corrections.length + 1),
      target: post.target,
      kind: "correction",
      reply,
      subscription: digest.id,
      now,
      inReplyTo: post.postKey,
      repeat: "at-most-once",
      told: { ...told, said: counts, seen: { people: counts.people, events: counts.events } },
    }),
  );
}

/** What each market says of the days of a digest, for as long as the market is the newest: only new facts are counted. */
const known = new WeakMap<Market, Map<string, DigestCounts | null>>();

function countsNow(market: Market, { from, to, filter }: DigestTold, today: Day) {
  const answers = known.get(market) ?? new Map<string, DigestCounts | null>();
  known.set(market, answers);
  const key = JSON.stringify([today, from, to, filter]);
  const answer = answers.has(key)
    ? (answers.get(key) ?? null)
    : countsOf(market, digestScope(filter, market, today).filter, { from, to }, today);
  answers.set(key, answer);
  return answer;
}
