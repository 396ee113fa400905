import type { Post, PostStatus } from "../stores/records.ts";
import type { Chance } from "./backoff.ts";
import { backoffMs, DAY, waitMs } from "./backoff.ts";
import { LIFETIME_MS, REASON } from "./post.ts";
import { isProbe, providerKey } from "./post-key.ts";
import type { Found, Receipt, Refused, SendOutcome, Wait } from "./sender.ts";

/** Which state may follow which. Shown, expired and skipped are ends; a dead post may be tried anew, or dropped, by hand. */
export const MOVES: Readonly<Record<PostStatus, readonly PostStatus[]>> = {
  planned: ["sending", "held", "expired", "skipped", "dead"],
  sending: ["sending", "looking", "shown", "waiting", "planned", "held", "dead"],
  looking: ["looking", "sending", "shown", "planned", "held", "dead"],
  waiting: ["sending", "held", "expired", "skipped", "dead"],
  held: ["sending", "looking", "expired", "skipped", "dead"],
  shown: ["shown"],
  expired: [],
  skipped: [],
  dead: ["planned", "skipped"],
};

/** The one place a status changes; a move that is not in the table is a fault of ours. */
export function moved(post: Post, status: PostStatus, rest: Partial<Post> = {}): Post {
  if (!MOVES[post.status].includes(status))
    throw new Error(`A post ${post.status} never becomes ${status}.`);
  return { ...post, ...rest, status };
}

export interface Claim {
  readonly now: number;
  readonly token: string;
  readonly leaseMs: number;
}

/**
 * Somebody works on it. Written before anything of the post is dressed: what takes the process down is counted. A
 * suspect is not tried again soon, so that whoever kills processes in a row does not meet the same post each time.
 */
export function claimed(post: Post, { now, token, leaseMs }: Claim): Post {
  const { crashes, notBefore } = post;
  return {
    ...post,
    lease: { token, until: now + leaseMs },
    crashes: crashes + 1,
    notBefore: crashes === 0 ? notBefore : now + FIRST_CAUTION_MS * 2 ** crashes,
  };
}

/** Doubled with each crash before: a minute for the first suspicion, eight for the last. */
const FIRST_CAUTION_MS = 30_000;

/**
 * Whether a process died after the post was dressed, while it was sent or looked for: no words did that, since nothing
 * else is under way while a suspect is dressed.
 */
export function diedInFlight({ status, lease }: Post): boolean {
  return lease !== null && (status === "sending" || status === "looking");
}

/** A suspect again at the beginning: processes here die of something else too. */
export function pardoned(post: Post): Post {
  return { ...post, crashes: Math.min(1, post.crashes) };
}

/** Written before the first byte leaves. The words were dressed and we live, so they are no poison. */
export function begun(post: Post, now: number): Post {
  return moved(post, "sending", {
    crashes: 0,
    notBefore: Math.min(post.notBefore, now),
    reason: keptMark(post, null),
    attempts: post.attempts + 1,
    firstTryAt: post.firstTryAt ?? now,
    // A later try is later, however still the clock stands: the two tell whether there was an earlier one.
    lastTryAt: post.firstTryAt === null ? now : Math.max(now, post.firstTryAt + 1),
  });
}

/** Written before we look whether an earlier try arrived. */
export function lookClaimed(post: Post, { now, token, leaseMs }: Claim): Post {
  return moved(post, "looking", { lease: { token, until: now + leaseMs } });
}

/** What became of a try to send. */
export function settled(post: Post, outcome: SendOutcome, now: number, chance: Chance): Post {
  switch (outcome.status) {
    case "shown":
      return shown(post, outcome.receipt, now);
    case "wait":
      return waiting(post, outcome, now, chance);
    case "unknown":
      return moved(post, "looking", {
        ...FREE,
        reason: keptMark(post, outcome.reason),
        notBefore: now + backoffMs(post.attempts, chance),
      });
    case "refused":
      return afterRefusal(post, outcome, now);
  }
}

/** What a look showed. Absent, nothing of us stands there and it is sent as if for the first time. */
export function looked(post: Post, found: Found, now: number, chance: Chance): Post {
  switch (found.status) {
    case "found":
      return shown(post, found.receipt, now);
    case "wait":
      return moved(post, "looking", {
        ...FREE,
        notBefore: now + lookAgainMs(found, post.attempts, chance),
      });
    case "refused":
      // A repeat of which nobody knows is the last of its post, whatever comes back later.
      if (post.reason === REASON.mayRepeat) return unsure(post, now);
      return comesBack(post, found)
        ? moved(post, "held", { ...FREE, reason: found.reason })
        : buried(post, found.reason, now);
    case "absent":
      return moved(post, "planned", {
        ...FREE,
        reason: null,
        firstTryAt: null,
        notBefore: now,
      });
    case "cannot-look":
      return post.repeat === "at-least-once" && post.reason !== REASON.mayRepeat
        ? moved(post, "planned", {
            ...FREE,
            reason: REASON.mayRepeat,
            notBefore: now,
          })
        : unsure(post, now);
  }
}

/** Nobody can say whether it was shown, and it is not sent again. */
function unsure(post: Post, now: number): Post {
  return moved(post, "held", { ...FREE, reason: REASON.ambiguous, settledAt: now });
}

/** A platform that is away is asked again soon, so that the oldest doubt is settled first once it is back. */
function lookAgainMs(wait: Wait, attempts: number, chance: Chance): number {
  const ms = waitMs(wait, attempts, chance);
  return wait.reason === "unreachable" ? Math.min(30_000, ms) : ms;
}

/** What became of a change of words. The thread already says it, so a refusal, or a day without success, ends the matter. */
export function edited(post: Post, outcome: SendOutcome, now: number, chance: Chance): Post {
  if (outcome.status === "shown") return moved(post, "shown", { ...FREE, reason: null });
  if (outcome.status === "refused" || now >= post.expiresAt) return leftAsItIs(post);
  const asked = outcome.status === "wait" ? waitMs(outcome, post.attempts, chance) : 0;
  return moved(post, "shown", {
    ...FREE,
    attempts: post.attempts + 1,
    notBefore: now + Math.max(asked, backoffMs(post.attempts, chance)),
  });
}

/** A change of words that took the process down too often is let be. */
export function leftAsItIs(post: Post): Post {
  return moved(post, "shown", { ...FREE, reason: REASON.editRefused });
}

/** A lease given back by a process that stops. What was being sent may have arrived. */
export function released(post: Post): Post {
  const free = { ...post, lease: null, crashes: Math.max(0, post.crashes - 1) };
  return post.status === "sending" ? moved(free, "looking") : free;
}

export function buried(post: Post, reason: string, now: number): Post {
  return moved(post, "dead", { ...FREE, reason, settledAt: now });
}

export function heldBack(post: Post, reason: string): Post {
  return moved(post, "held", { ...FREE, reason });
}

export function skipped(post: Post, reason: string, now: number): Post {
  return moved(post, "skipped", { ...FREE, reason, settledAt: now });
}

export function expired(post: Post, now: number): Post {
  return moved(post, "expired", { ...FREE, reason: REASON.tooOld, settledAt: now });
}

/**
 * A dead post tried anew because somebody asked for it: a new life with a new key, as plain text. Where an earlier try
 * than its last may have been shown, its words say so.
 */
export function redriven(post: Post, now: number): Post {
  const generation = Math.max(FORMS, post.generation) + 1;
  const isSure = post.firstTryAt === null || post.firstTryAt === post.lastTryAt;
  return moved(post, "planned", {
    ...FREE,
    reason: isSure ? keptMark(post, null) : REASON.mayRepeat,
    attempts: 0,
    firstTryAt: null,
    notBefore: now,
    expiresAt: now + LIFETIME_MS[post.kind],
    generation,
    providerKey: providerKey({ ...post, generation }),
    settledAt: null,
  });
}

/** The generations of a first life: full dress, then plain. */
const FORMS = 2;

/** Which life of a post this is: 1, and one more for each time it was tried anew by hand. */
export function lifeOf({ generation }: Pick<Post, "generation">): number {
  return Math.max(1, generation - FORMS + 1);
}

/** The work ended in one piece, whatever came of it. */
const FREE = { lease: null, crashes: 0 } as const;

function shown(post: Post, receipt: Receipt, now: number): Post {
  const corrects = post.kind === "correction" && post.inReplyTo !== null;
  return moved(post, "shown", {
    ...FREE,
    receipt,
    reason: corrects ? REASON.editDue : keptMark(post, null),
    notBefore: now,
    settledAt: now,
  });
}

/**
 * Provably not sent. An earlier try of which nobody knows stays unknown, though, and a platform that asks for
 * patience uses up none of ours.
 */
function waiting(post: Post, wait: Wait, now: number, chance: Chance): Post {
  const isRepeat = post.reason === REASON.mayRepeat;
  const isDoubtful = !isRepeat && post.firstTryAt !== post.lastTryAt;
  return moved(post, isDoubtful ? "looking" : "waiting", {
    ...FREE,
    reason: keptMark(post, wait.reason),
    attempts: wait.reason === "rate_limited" ? post.attempts - 1 : post.attempts,
    firstTryAt: isRepeat || isDoubtful ? post.firstTryAt : null,
    notBefore: now + waitMs(wait, post.attempts, chance),
  });
}

function afterRefusal(post: Post, refusal: Refused, now: number): Post {
  const { reason } = refusal;
  if (reason === "bad-form" && post.generation === 1) {
    // The platform named the form as the fault, so nothing of it stands there: the plain one may have a new key. Of a
    // marked repeat that is not so sure: the first had a word less.
    return moved(post, "planned", {
      ...FREE,
      generation: 2,
      providerKey: providerKey({ ...post, generation: 2 }),
      firstTryAt: post.reason === REASON.mayRepeat ? post.firstTryAt : null,
      reason: keptMark(post, null),
      notBefore: now,
    });
  }
  const wasFirst = post.firstTryAt === post.lastTryAt;
  if (isProbe(post) && (reason === "not-in-channel" || reason === "channel-gone"))
    return moved(post, "planned", {
      ...FREE,
      reason,
      firstTryAt: wasFirst ? null : post.firstTryAt,
      notBefore: now + DAY,
    });
  if (!comesBack(post, refusal)) return buried(post, reason, now);
  return moved(post, "held", { ...FREE, reason, firstTryAt: wasFirst ? null : post.firstTryAt });
}

/** A post comes back when its subscription or the whole tenant does. */
function comesBack({ subscription, kind }: Post, { pauses }: Refused): boolean {
  return (
    pauses === "token-revoked" || (pauses !== null && subscription !== null && kind !== "notice")
  );
}

/** The mark of a repeat outlives everything else that could be said: it is what forbids a third copy. */
function keptMark(post: Post, reason: string | null): string | null {
  return post.reason === REASON.mayRepeat ? post.reason : reason;
}
