import type { Reply } from "../reply/reply.ts";
import type { Pause, Post, Target } from "../stores/records.ts";

/** Where a message stands: the channel and the message's id there. */
export type Receipt = NonNullable<Post["receipt"]>;

/** How a platform shows a post; each one dresses the words, says what became of them, and can look for them later. */
export interface Sender {
  readonly platform: Target["platform"];
  readonly ways: Ways;
  /**
   * Milliseconds to leave between one request and the next, all channels together, because the platform may soon bar us
   * altogether; 0, or left out, while there is nothing to fear.
   */
  readonly cautionMs?: () => number;
  /**
   * One try and no more: whether to try again is decided where it is known what a repeat would do. Rejects with
   * nothing but what `attempt.begin` rejects with.
   */
  send(post: Post, reply: Reply, attempt: Attempt): Promise<SendOutcome>;
  /** Whether an earlier try did arrive. Asked only after the platform had time to show it. Never rejects. */
  find(post: Post, under: Receipt | null): Promise<Found>;
  /** Changes the words of a message on show; doing it twice is doing it once. Rejects as `send` does. */
  edit(receipt: Receipt, reply: Reply, begin: Begin): Promise<SendOutcome>;
}

/** What a platform allows, in its own numbers. */
export interface Ways {
  /** For so long after a first try the same provider key may be sent again and shows nothing new; 0 where it may not. */
  readonly repeatableMs: number;
  /** Whether one token speaks for every tenant: then its loss silences them all. */
  readonly token: "tenant" | "app";
  readonly pace: { readonly channel: Pace; readonly tenant: Pace; readonly app: Pace };
}

/** One message every so often, after a burst of so many at once. */
export interface Pace {
  readonly everyMs: number;
  readonly burst: number;
}

export interface Attempt {
  /** `plain`: as text and nothing else, after the platform refused the full dress. */
  readonly form: "full" | "plain";
  /** The message to answer below. */
  readonly under: Receipt | null;
  readonly begin: Begin;
}

/**
 * Called once the words are dressed, before the first byte leaves that could show them: by then it is written down
 * that they may have been. Rejects when that was not possible; then nothing may be sent.
 */
export type Begin = () => Promise<void>;

export type SendOutcome =
  | { readonly status: "shown"; readonly receipt: Receipt }
  | Wait
  | Refused
  /** Nobody knows whether it arrived: a cut connection, a timeout, a fault of the platform's own. */
  | { readonly status: "unknown"; readonly reason: string };

/** Provably not done, and worth doing later. Without a number the back-off decides. */
export interface Wait {
  readonly status: "wait";
  readonly reason: "rate_limited" | "unreachable";
  readonly retryAfterMs: number | null;
  /** What has to wait: this channel, or everything this platform would be sent. */
  readonly scope: "channel" | "app";
}

/** Not done, and not to be done by trying again as it is. */
export interface Refused {
  readonly status: "refused";
  readonly reason: Refusal;
  readonly pauses: Pause["reason"] | null;
}

/** Anything but shown. */
export type Failure = Exclude<SendOutcome, { readonly status: "shown" }>;

export type Found =
  | { readonly status: "found"; readonly receipt: Receipt }
  | { readonly status: "absent" }
  | { readonly status: "cannot-look" }
  | Wait
  | Refused;

/** Why a platform will not take a post however often it is tried. */
export const REFUSALS = [
  "channel-gone",
  "not-in-channel",
  "token-revoked",
  "access-withheld",
  "missing-scope",
  "dm-closed",
  /** This form of the message is not taken; a plainer one may be. */
  "bad-form",
  /** The message to change is gone or too old to be changed. */
  "not-editable",
  /** A filter of the workspace or server stopped it. */
  "blocked",
  /** A code nobody listed: kept apart, so that it is noticed. */
  "unlisted",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What a refusal stops besides the post itself: the subscription (or, for a lost token, everything under it). */
export const PAUSES: Readonly<Record<Refusal, Pause["reason"] | null>> = {
  "channel-gone": "channel-gone",
  "not-in-channel": "not-in-channel",
  "token-revoked": "token-revoked",
  "access-withheld": "token-revoked",
  "missing-scope": "token-revoked",
  "dm-closed": "dm-closed",
  "bad-form": null,
  "not-editable": null,
  blocked: null,
  unlisted: null,
};

export function refused(reason: Refusal): Refused {
  return { status: "refused", reason, pauses: PAUSES[reason] };
}

/** What a failed request means that shows nothing by itself, such as a look: without an answer it is asked again later. */
export function unsentAfter(outcome: Failure): Wait | Refused {
  return outcome.status === "unknown"
    ? { status: "wait", reason: "unreachable", retryAfterMs: null, scope: "app" }
    : outcome;
}
