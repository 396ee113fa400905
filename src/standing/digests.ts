import { dayOf } from "../clock.ts";
import { firedAlerts } from "../delivery/fired.ts";
import { digestExpiry, digestPosts, plannedChange } from "../delivery/post.ts";
import { postKeys } from "../delivery/post-key.ts";
import { digestSent } from "../digests/words.ts";
import type { DigestSent } from "../digests/words.ts";
import type { Log } from "../log.ts";
import type { Market } from "../market/market.ts";
import type { Reply } from "../reply/reply.ts";
import { parseSchedule } from "../schedule/parse.ts";
import { clockIsBehind, planDue } from "../schedule/plan.ts";
import type { Planned } from "../schedule/plan.ts";
import { nextRuns } from "../schedule/slots.ts";
import type { Book, Change } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post, Slot } from "../stores/records.ts";
import { sharedReply, sharedTold } from "../stores/sealed.ts";
import { keysOf } from "../stores/tenant.ts";
import { planCorrections } from "./digest-corrections.ts";

/** So many digests are written down together, and share what the disk costs. */
const TOGETHER = 16;

/**
 * Writes down every digest that is due: the slot and its message in one commit, so that neither is there without the
 * other and no slot can be planned twice. What is due is worked out from the slots already settled. Digests whose figures
 * moved since they were shown get their corrections.
 *
 * @param lastBeatMs the newest instant anything was written down, 0 when nothing was
 * @returns how many messages were planned
 */
export async function planDigests({
  book,
  market,
  now,
  lastBeatMs,
  log,
}: {
  readonly book: Book;
  readonly market: Market;
  readonly now: number;
  readonly lastBeatMs: number;
  readonly log: Log;
}): Promise<number> {
  const due = planDue(
    book.list("digests").map(({ value }) => ({
      digest: value,
      slots: book.list("slots", keysOf(value.tenant, value.id)).map((slot) => slot.value),
    })),
    now,
    lastBeatMs,
  );
  const words = rememberedWords(market, now, firedAlerts(book));
  let planned = 0;
  let writing: Promise<void>[] = [];
  for (const one of due) {
    const before = words.written;
    writing.push(write(one));
    // New words take long, and whoever asks meanwhile must be heard.
    if (words.written === before && writing.length < TOGETHER) continue;
    await Promise.all(writing);
    writing = [];
  }
  await Promise.all(writing);
  if (clockIsBehind(now, lastBeatMs)) return planned;
  return planned + (await planCorrections({ book, market, now, log }));

  async function write(one: Planned): Promise<void> {
    try {
      const posts =
        one.slot.status === "posted" ? postsOf(one, words.of(one), now).map(plannedChange) : [];
      const outcome = await book.commit([slotChange(one.slot), ...posts]);
      if (outcome === "done") planned += posts.length;
    } catch (error) {
      // One digest that cannot be written must not keep the others from coming.
      log.error(
        {
          event: "digest.failed",
          digest: one.digest.id,
          error: error instanceof Error ? error.message : "unknown",
        },
        "a digest could not be planned",
      );
    }
  }
}

/** The same words serve every channel that wants the same, and where the same alerts fired: they are written once. */
function rememberedWords(
  market: Market,
  now: number,
  firedIn: ReturnType<typeof firedAlerts>,
): { readonly written: number; of(one: Planned): DigestSent } {
  const written = new Map<string, DigestSent>();
  return {
    get written() {
      return written.size;
    },
    of,
  };

  function of({ digest, covers, lateBy, missed }: Planned): DigestSent {
    const { density, sections, filter, id, target } = digest;
    const fired = firedIn(target, covers);
    const key = JSON.stringify([
      density,
      sections,
      filter,
      covers,
      Math.floor(lateBy / 3_600_000),
      missed.map(({ period }) => period),
      fired,
    ]);
    const order = {
      digest,
      window: covers,
      market,
      today: dayOf(now),
      lateBy,
      missed,
      fired,
      id: "{id}",
    };
    const said = written.get(key) ?? sealedWords(digestSent(order));
    written.set(key, said);
    return { ...said, head: withId(said.head, id) };
  }
}

function sealedWords({ head, parts, told }: DigestSent): DigestSent {
  return { head: sharedReply(head), parts: parts.map(sharedReply), told: sharedTold(told) };
}

/** The buttons of shared words, made those of one digest. */
function withId(reply: Reply, id: string): Reply {
  return {
    ...reply,
    actions: reply.actions.map((action) =>
      "run" in action ? { ...action, run: action.run.replaceAll("{id}", id) } : action,
    ),
  };
}

function postsOf(
  { digest, slot }: Planned,
  { head, parts, told }: DigestSent,
  now: number,
): Post[] {
  const next = nextRuns(parseSchedule(digest.schedule, "UTC"), now, 1)[0]?.dueAt ?? now;
  return digestPosts({
    postKey: postKeys.digest(digest.id, digest.revision, slot.period),
    target: digest.target,
    reply: head,
    parts,
    subscription: digest.id,
    now,
    expiresAt: digestExpiry(now, next),
    told,
  });
}

function slotChange(slot: Slot): Change {
  return {
    table: "slots",
    key: keyOf(slot.tenant, slot.digest, slot.period),
    value: slot,
    expect: "absent",
  };
}
