import { digestWords } from "../digests/words.ts";
import { keysOf } from "../stores/tenant.ts";
import { dayOf } from "../clock.ts";
import { digestExpiry, newPost, plannedChange } from "../delivery/post.ts";
import { postKeys } from "../delivery/post-key.ts";
import type { Log } from "../log.ts";
import type { Market } from "../market/market.ts";
import { parseSchedule } from "../schedule/parse.ts";
import { planDue } from "../schedule/plan.ts";
import type { Planned } from "../schedule/plan.ts";
import { nextRuns } from "../schedule/slots.ts";
import type { Book, Change } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Slot } from "../stores/records.ts";

/**
 * Writes down every digest that is due: the slot and its message in one commit, so that neither is there without the
 * other and no slot can be planned twice. What is due is worked out from the slots already settled.
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
  const words = rememberedWords(market, now);
  let planned = 0;
  for (const one of due) {
    try {
      const posts =
        one.slot.status === "posted" ? [plannedChange(postOf(one, words(one), now))] : [];
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
  return planned;
}

/** The same words serve every channel that wants the same: they are written once. */
function rememberedWords(
  market: Market,
  now: number,
): (one: Planned) => ReturnType<typeof digestWords> {
  const written = new Map<string, ReturnType<typeof digestWords>>();
  return ({ digest, covers, lateBy, missed }) => {
    const { density, sections, filter, id } = digest;
    const key = JSON.stringify([
      density,
      sections,
      filter,
      covers,
      Math.floor(lateBy / 3_600_000),
      missed.map(({ period }) => period),
    ]);
    const known = written.get(key);
    const said =
      known ??
      digestWords({
        digest,
        window: covers,
        market,
        today: dayOf(now),
        lateBy,
        missed,
        id: "{id}",
      });
    written.set(key, said);
    return {
      ...said,
      actions: said.actions.map((action) =>
        "run" in action ? { ...action, run: action.run.replaceAll("{id}", id) } : action,
      ),
    };
  };
}

function postOf({ digest, slot }: Planned, reply: ReturnType<typeof digestWords>, now: number) {
  const next = nextRuns(parseSchedule(digest.schedule, "UTC"), now, 1)[0]?.dueAt ?? now;
  return newPost({
    postKey: postKeys.digest(digest.id, digest.revision, slot.period),
    target: digest.target,
    kind: "digest",
    reply,
    subscription: digest.id,
    now,
    expiresAt: digestExpiry(now, next),
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
