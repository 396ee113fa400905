import type { Book, Change, Stored } from "../stores/book.ts";
import type { Pause, Post } from "../stores/records.ts";
import type { Subscription } from "./pause.ts";
import {
  lostNotice,
  pauseChanges,
  pausedChange,
  subscriptionOf,
  subscriptionsUnder,
} from "./pause.ts";
import { parentOf } from "./parent.ts";
import { postChange, REASON } from "./post.ts";
import { isProbe } from "./post-key.ts";
import { probeChanges, resumedBy } from "./probe.ts";
import type { Found, SendOutcome, Ways } from "./sender.ts";

/** A subscription that a platform's refusal paused. */
export interface Paused {
  readonly tenant: string;
  readonly subscription: string;
  readonly reason: Pause["reason"];
}
export type OnPaused = (paused: Paused) => void;

/** What an answer changes besides its post, written in the same commit: pauses with a word to each owner, or their end. */
export interface Consequences {
  readonly changes: readonly Change[];
  readonly paused: readonly Paused[];
  /** What goes on by itself, because its channel took a message again. */
  readonly resumed: readonly Subscription[];
}

/** The next state of a post with everything that follows from it. */
export function settlement(
  book: Book,
  stored: Stored<Post>,
  next: Post,
  outcome: SendOutcome | Found,
  ways: Ways,
  now: number,
): Consequences {
  const own = postChange(stored, next);
  const subscription = subscriptionOf(book, next);
  if (next.status === "dead" || next.reason === REASON.ambiguous)
    return { ...only(own), changes: [own, ...lostNotice(subscription, next, now)] };
  if (next.status === "shown" && isProbe(next)) {
    const resumed = resumedBy(book, next);
    return {
      ...only(own),
      changes: [own, ...resumed.map((each) => pausedChange(each, null))],
      resumed,
    };
  }
  if (outcome.status === "shown" && stored.value.reason === REASON.editDue)
    return { ...only(own), changes: [own, ...editedParent(book, next)] };
  if (outcome.status !== "refused") return only(own);
  const { pauses } = outcome;
  if (next.status !== "held" || pauses === null) return only(own);
  const touched = (
    pauses === "token-revoked"
      ? subscriptionsUnder(
          book,
          ways.token === "app" ? `${next.target.platform}:` : `${next.tenant}|`,
        )
      : [subscription ?? []].flat()
  ).filter(({ stored: { value } }) => value.paused === null);
  return {
    ...only(own),
    changes: [
      own,
      ...touched.flatMap((each) => [
        ...pauseChanges(each, pauses, now),
        ...probeChanges(each, next.target, pauses, now),
      ]),
    ],
    paused: touched.map(({ stored: { value } }) => ({
      tenant: value.tenant,
      subscription: value.id,
      reason: pauses,
    })),
  };
}

function only(own: Change): Consequences {
  return { changes: [own], paused: [], resumed: [] };
}

/** The parent of a correction now says so itself. */
function editedParent(book: Book, post: Post): Change[] {
  const parent = parentOf(book, post);
  // One that still has to grow is changed once more anyway.
  return parent === undefined || parent.value.reason === REASON.editDue
    ? []
    : [postChange(parent, { ...parent.value, reason: REASON.edited })];
}
