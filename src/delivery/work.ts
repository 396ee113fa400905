import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { awayChange } from "./away.ts";
import type { Chance } from "./backoff.ts";
import { waitMs } from "./backoff.ts";
import type { Gates } from "./gate.ts";
import type { Queued } from "./lane.ts";
import type { Claim } from "./moves.ts";
import {
  buried,
  claimed,
  editClaimed,
  edited,
  expired,
  heldBack,
  leftAsItIs,
  lookClaimed,
  looked,
  settled,
  skipped,
} from "./moves.ts";
import { deadNotice, subscriptionOf } from "./pause.ts";
import { keyOfPost, postChange, REASON } from "./post.ts";
import type { Attempt, Found, Sender, SendOutcome } from "./sender.ts";
import { refused } from "./sender.ts";
import type { OnPaused, Paused } from "./settle.ts";
import { settlement } from "./settle.ts";
import { correctedWords, wordsOf } from "./words.ts";

export interface WorkParts {
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly onPaused?: OnPaused;
  readonly chance: Chance;
  /** Whose leases these are. */
  readonly token: string;
  readonly gates: Gates;
  /** Tenants, and platforms, whose token is lost. */
  readonly silenced: Set<string>;
}

/** Longer than any try can take: pictures, an upload and the post itself, each with its own timeout. */
const LEASE_MS = 30_000;

/** Does the one step that is due for a post: claims it in the book, asks the platform, writes down what came of it. */
export function openWork({
  book,
  clock,
  log,
  onPaused,
  chance,
  token,
  gates,
  silenced,
}: WorkParts) {
  return {
    owns: ({ lease }: Post): boolean => lease?.token === token,
    /** Rejects when the book cannot be written; whatever is in doubt then is looked for later. */
    async run({ stored, step }: Queued, sender: Sender): Promise<void> {
      const now = clock();
      const post = stored.value;
      switch (step.do) {
        case "send":
          return withClaim(stored, claimed(post, claim()), (held) => send(held, sender));
        case "look":
          return withClaim(stored, lookClaimed(post, claim()), (held) => look(held, sender));
        case "edit":
          return withClaim(stored, editClaimed(post, claim()), (held) => edit(held, sender));
        case "hold":
          return write(stored, () => [postChange(stored, heldBack(post, step.reason))]);
        case "skip":
          return write(stored, () => [postChange(stored, skipped(post, step.reason, now))]);
        case "leave":
          return write(stored, () => [postChange(stored, leftAsItIs(post))]);
        case "bury": {
          const dead = buried(post, step.reason, now);
          log.error(
            { event: "delivery.dead", post: post.postKey, reason: step.reason },
            "a post broke us and is left alone",
          );
          return write(stored, () => [
            postChange(stored, dead),
            ...deadNotice(subscriptionOf(book, dead), dead, now),
          ]);
        }
        case "expire": {
          const isOwnLine = post.kind === "notice";
          return write(stored, () => [
            postChange(stored, expired(post, now)),
            ...(isOwnLine ? [] : [awayChange(book, post, now)]),
          ]);
        }
        case "wait":
        case "nothing":
      }
    },
  };

  function claim(): Claim {
    return { now: clock(), token, leaseMs: LEASE_MS };
  }

  /** Written down before it is done; when anyone else was quicker, it is theirs. */
  async function withClaim(
    stored: Stored<Post>,
    next: Post,
    act: (held: Stored<Post>) => Promise<void>,
  ): Promise<void> {
    if ((await book.commit([postChange(stored, next)])) === "conflict") return;
    const held = book.get("posts", stored.key);
    if (held?.value.lease?.token === token) await act(held);
  }

  async function send(held: Stored<Post>, sender: Sender): Promise<void> {
    const post = held.value;
    const outcome = await sender.send(post, wordsOf(post), attemptOf(post));
    await settle(held, sender, outcome, settled(post, outcome, clock(), chance));
  }

  async function look(held: Stored<Post>, sender: Sender): Promise<void> {
    const post = held.value;
    const found = await sender.find(post, attemptOf(post));
    await settle(held, sender, found, looked(post, found, clock(), chance));
  }

  /** Writes the next state of a post with everything that follows from it, in one commit. */
  async function settle(
    held: Stored<Post>,
    sender: Sender,
    outcome: SendOutcome | Found,
    next: Post,
  ): Promise<void> {
    noticed(sender, held.value, outcome);
    let paused: readonly Paused[] = [];
    await write(held, () => {
      const all = settlement(book, held, next, outcome, sender.ways, clock());
      paused = all.paused;
      return all.changes;
    });
    for (const each of paused) onPaused?.(each);
    const { postKey, status, reason, attempts } = next;
    log.info({ event: `delivery.${outcome.status}`, post: postKey, status, reason, attempts });
  }

  async function edit(held: Stored<Post>, sender: Sender): Promise<void> {
    const post = held.value;
    const parent = parentOf(post)?.value;
    const outcome: SendOutcome =
      parent === undefined || parent.receipt === null
        ? refused("not-editable")
        : await sender.edit(parent.receipt, correctedWords(parent.reply, correctionsOf(parent)));
    noticed(sender, post, outcome);
    const next = edited(post, outcome, clock(), chance);
    await write(held, () => [
      postChange(held, next),
      ...(outcome.status === "shown" ? markedEdited(post) : []),
    ]);
  }

  /** What an answer says about the platform as a whole. */
  function noticed(sender: Sender, post: Post, outcome: SendOutcome | Found): void {
    const now = clock();
    const breaker = gates.breaker(sender.platform);
    const isSilent =
      outcome.status === "unknown" ||
      (outcome.status === "wait" && outcome.reason === "unreachable");
    if (isSilent) breaker.failed(now);
    else breaker.answered(now);
    if (outcome.status === "wait" && outcome.scope === "app" && outcome.reason === "rate_limited")
      gates.rest(sender.platform, now + waitMs(outcome, 0, chance));
    if (outcome.status === "refused" && outcome.pauses === "token-revoked")
      silenced.add(sender.ways.token === "app" ? sender.platform : post.tenant);
    if (isSilent || outcome.status === "refused")
      log.warn({
        event: "delivery.trouble",
        post: post.postKey,
        status: outcome.status,
        reason: outcome.reason,
      });
  }

  function attemptOf(post: Post): Attempt {
    const parent = parentOf(post)?.value;
    return { form: post.generation === 1 ? "full" : "plain", under: parent?.receipt ?? null };
  }

  function parentOf({ tenant, inReplyTo }: Post): Stored<Post> | undefined {
    return inReplyTo === null
      ? undefined
      : book.get("posts", keyOfPost({ tenant, postKey: inReplyTo }));
  }

  function markedEdited(post: Post): Change[] {
    const parent = parentOf(post);
    return parent === undefined
      ? []
      : [postChange(parent, { ...parent.value, reason: REASON.edited })];
  }

  /** Everything that was corrected in the thread of a post so far, oldest first. */
  function correctionsOf({ tenant, postKey }: Post) {
    return book
      .list("posts", keyOf(tenant, ""))
      .map(({ value }) => value)
      .filter(
        ({ inReplyTo, kind, status }) =>
          inReplyTo === postKey && kind === "correction" && status === "shown",
      )
      .toSorted((one, other) => one.createdAt - other.createdAt)
      .map(({ reply }) => reply);
  }

  /**
   * Writes what came of a post with all that follows from it. When only something around it changed meanwhile (its
   * owner edited the rule), what follows is worked out anew; when the post itself did, somebody else has it now.
   */
  async function write(stored: Stored<Post>, changes: () => readonly Change[]): Promise<void> {
    while ((await book.commit(changes())) === "conflict") {
      if (book.get("posts", stored.key)?.version === stored.version) continue;
      log.warn(
        { event: "delivery.overtaken", post: stored.value.postKey },
        "somebody else wrote this post",
      );
      return;
    }
  }
}
